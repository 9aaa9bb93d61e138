//! The blocks of a product.

use niello_gen::blocks::operand_buffer;

use super::Product;
use crate::layers::parts::operand;
use crate::layers::Choice;
use crate::plan::{Folding, Pipeline, Tip};
use crate::Elements;

/// Both operands on their lanes and in their buffers, the array, and what becomes of its sums.
pub fn add(product: &Product, f: &Folding, choice: &Choice, p: &mut Pipeline) {
    let (l, [a, b]) = (&product.layer, product.types);
    operand(p, 0, l.depth, f.simd);
    let a = match l.a_buffer(f, a) {
        Some(config) => buffer(p, "rows", l.depth, config),
        None => p.tip(),
    };
    let config = l.b_buffer(f, b);
    let [outer, inner] = l.sides();
    operand(p, 1, inner, config.lanes);
    let b = buffer(p, "matrix", outer * inner * l.held(), config);

    let Some(array) = p.check("array", l.array(f, product.types)) else { return };
    let (acc, acc_bits) = (array.derived().acc, array.derived().acc_bits);
    let sums = Elements { count: p.output().count, bits: acc_bits, signed: true };
    let products = l.all_rows() * u64::from(l.depth) * u64::from(l.columns);
    // A frame of the array is a row.
    (p.now.count, p.vector) = (sums.count, l.columns);
    p.stage("array", (sums, f.pe), products, array);
    p.inputs_from(&[a, b]);
    p.recode(Some(&l.recode), acc, choice);
}

/// A buffer of frames of so many elements; the pipeline stands behind it.
fn buffer(p: &mut Pipeline, role: &str, frame: u32, config: operand_buffer::Config) -> Tip {
    p.vector = frame;
    let beat = config.lanes * config.banks;
    p.add(role, (p.now, beat), config);
    p.tip()
}
