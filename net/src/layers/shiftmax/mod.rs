//! I-ViT's softmax of rows of integers, bit for bit: exponentials by shifts and sums ([shiftmax]).
//!
//! `y[i] = e(x[i] - max x) floor(K / sum over k of e(x[k] - max x)) >> (32 - bits)`, in units of `2^(1 - bits)`; `e` and `K` are those of [`ShiftExp`].

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::shiftmax;

pub use super::parts::{Half, Numerator, ShiftExp};

use super::parts::{by_row, from_row, signed, RowEngine, RowLayer};
use super::{Engine, Layer, NoEngine};
use crate::DType;

/// Rows, and their exponentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shiftmax {
    /// Codes of a row.
    pub columns: u32,
    /// Exponentials.
    pub exp: ShiftExp,
    /// Bits of a result, which is not negative and at most `2^(bits - 1)`.
    pub bits: u32,
}

impl Layer for Shiftmax {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        from_row(x, element, self.columns)
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        by_row(x[0], elements, self.columns)
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        signed(operands)?;
        RowEngine::of(Rows { layer: *self, bits: operands[0].bits() })
    }
}

/// Of operands of so many bits.
#[derive(Clone, Copy, Debug)]
struct Rows {
    layer: Shiftmax,
    bits: u32,
}

impl RowLayer for Rows {
    type Block = shiftmax::Config;
    const ROLE: &'static str = "shiftmax";
    fn columns(&self) -> u32 {
        self.layer.columns
    }
    fn block(&self, lanes: u32) -> shiftmax::Config {
        let Shiftmax { columns, exp, bits } = self.layer;
        let ShiftExp { inverse_scale, octaves, half, numerator } = exp;
        let absent = false;
        shiftmax::Config {
            columns,
            lanes,
            bits: self.bits,
            absent,
            inverse_scale,
            octaves,
            numerator,
            half,
            out_bits: bits,
        }
    }
    fn row_cycles(block: &shiftmax::Config) -> u64 {
        block.row_cycles()
    }
}
