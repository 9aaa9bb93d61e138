//! The softmax of rows that a framework computes in float, between a DequantizeLinear and a QuantizeLinear, in integers.
//!
//! `y[i] = clamp(round(exp(s x[i]) / sum over k of exp(s x[k]) / s_y) + zero_y)`, by exponentials from a table with 24 bits behind the point, of which
//! products take 17, and a quotient of 18 bits a row ([softmax_float]). Of real numbers rounded once, a code differs by one at most, and seldom (tests in
//! `golden.rs`); so it does of a framework's float32.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::softmax_float;

use super::parts::{clamp, from_row, RowEngine, RowLayer};
use super::{Choice, Engine, Layer, NoEngine};
use crate::plan::Pipeline;
use crate::{Codes, DType};

/// Rows, and the scales of both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatSoftmax {
    /// Codes of a row.
    pub columns: u32,
    /// What one step of an operand's code is worth.
    pub scale: f64,
    /// What one step of a result's code is worth: not quite the scale, where a framework rounds its inverse.
    pub out_scale: f64,
    /// Of the result.
    pub to: Codes,
    /// Lowest and highest code.
    pub bounds: (i64, i64),
}

impl FloatSoftmax {
    fn block(&self, x: DType, lanes: u32) -> softmax_float::Config {
        softmax_float::Config {
            columns: self.columns,
            lanes,
            bits: x.bits(),
            signed: x.signed(),
            scale: self.scale,
            out_bits: self.to.dtype.bits(),
            out_signed: self.to.dtype.signed(),
            out_scale: self.out_scale,
            out_zero: self.to.zero,
            ..softmax_float::Config::default()
        }
    }
}

impl Layer for FloatSoftmax {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        from_row(x, element, self.columns)
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        super::parts::by_row(x[0], elements, self.columns)
    }
    fn is_near_float(&self) -> bool {
        true
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        RowEngine::of(Rows { layer: *self, x: operands[0] })
    }
}

/// Of operands of a type.
#[derive(Clone, Copy, Debug)]
struct Rows {
    layer: FloatSoftmax,
    x: DType,
}

impl RowLayer for Rows {
    type Block = softmax_float::Config;
    const ROLE: &'static str = "softmax";
    fn columns(&self) -> u32 {
        self.layer.columns
    }
    fn block(&self, lanes: u32) -> softmax_float::Config {
        self.layer.block(self.x, lanes)
    }
    fn row_cycles(block: &softmax_float::Config) -> u64 {
        block.row_cycles()
    }
    fn behind(&self, p: &mut Pipeline, _: &Choice) {
        clamp(p, self.layer.bounds, self.layer.to.dtype);
    }
}
