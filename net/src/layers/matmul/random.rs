//! Random products.

use super::{Lies, MatMul};
use crate::layers::conv::random::detour;
use crate::random::Maker;

/// Of a value and what convolutions make of it, or of a value and itself; rows and heads are what its elements divide into.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let other = if m.choices.chance(60) { detour(m, at)? } else { at };
    let [height, width, channels] = m.image(at);
    let pixels = height * width;
    let divisor = |m: &mut Maker, n: u32| {
        let divisors: Vec<u32> = (1..=n).filter(|d| n.is_multiple_of(*d)).collect();
        *m.choices.pick(&divisors)
    };
    let heads = if m.choices.chance(50) { divisor(m, pixels) } else { 1 };
    // Both operands have as many elements; the depth divides what a head has of them.
    let depth = if m.choices.chance(50) { channels } else { divisor(m, pixels / heads * channels) };
    let rows = pixels / heads * channels / depth;
    let rows_first = m.choices.chance(40);
    let lies = Lies { columns_last: m.choices.chance(50), heads_between: rows_first || m.choices.chance(40) };
    let mut inputs = vec![at, other];
    if m.choices.chance(30) {
        inputs.reverse();
    }
    let zeros = [0, 1].map(|k| m.dtype(inputs[k])).map(|t| m.zero(t));
    let reach = inputs.iter().map(|v| 2f64.powi(m.dtype(*v).bits() as i32 - 1)).product::<f64>();
    let dtype = m.result_type();
    let recode = m.recode(1, reach * f64::from(depth).sqrt(), dtype);
    let product = MatMul { heads, rows, depth, columns: rows, rows_first, lies, zeros, recode };
    m.layer(product, inputs, [heads, rows, rows], dtype)
}
