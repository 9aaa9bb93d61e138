//! I-ViT's GELU of integers, bit for bit, and what becomes of it ([shiftgelu]).
//!
//! `y[i] = recode(x[i] (e(x[i] - m) floor(K / (e(x[i] - m) + e(-m))) >> (32 - sigmoid_bits)))`, `m` the row's maximum, `e` near `2^n exp(1.702 x S)`; `e`
//! and `K` are those of [`ShiftExp`], the sum is not above `2^31 - 1`.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::shiftgelu;
use niello_gen::num::Range;

use super::parts::{by_row, from_row, signed, RowEngine, RowLayer};
use super::{Choice, Engine, Layer, NoEngine};
use crate::plan::Pipeline;
use crate::{DType, Elements, Recode};

pub use super::parts::ShiftExp;
#[cfg(test)]
use super::parts::{Half, Numerator};

/// Rows, their exponentials, and how products become codes.
#[derive(Clone, Debug, PartialEq)]
pub struct ShiftGelu {
    /// Codes of a row.
    pub columns: u32,
    /// Exponentials.
    pub exp: ShiftExp,
    /// Bits of the sigmoid.
    pub sigmoid_bits: u32,
    /// Of products.
    pub recode: Recode,
}

impl Layer for ShiftGelu {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        golden::run(self, x[0])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        from_row(x, element, self.columns)
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        by_row(x[0], elements, self.columns)
    }
    fn recode(&self) -> Option<&Recode> {
        Some(&self.recode)
    }
    fn recode_mut(&mut self) -> Option<&mut Recode> {
        Some(&mut self.recode)
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        signed(operands)?;
        RowEngine::of(Rows { layer: (*self).clone(), bits: operands[0].bits() })
    }
}

/// Of operands of so many bits.
#[derive(Clone, Debug)]
struct Rows {
    layer: ShiftGelu,
    bits: u32,
}

impl RowLayer for Rows {
    type Block = shiftgelu::Config;
    const ROLE: &'static str = "shiftgelu";
    fn columns(&self) -> u32 {
        self.layer.columns
    }
    fn block(&self, lanes: u32) -> shiftgelu::Config {
        let ShiftGelu { columns, exp, sigmoid_bits, .. } = self.layer;
        let ShiftExp { inverse_scale, octaves, half, numerator } = exp;
        let absent = false;
        shiftgelu::Config {
            columns,
            lanes,
            bits: self.bits,
            absent,
            inverse_scale,
            octaves,
            numerator,
            half,
            sigmoid_bits,
        }
    }
    fn row_cycles(block: &shiftgelu::Config) -> u64 {
        block.row_cycles()
    }
    fn recode(&self) -> Option<&Recode> {
        Some(&self.layer.recode)
    }
    fn gives(&self, output: Elements) -> Elements {
        Elements { bits: self.bits + self.layer.sigmoid_bits, signed: true, ..output }
    }
    fn behind(&self, p: &mut Pipeline, choice: &Choice) {
        // A sigmoid is one at most, and that in units of `2^(1 - sigmoid_bits)`.
        let most = 1i128 << (self.bits + self.layer.sigmoid_bits - 2);
        p.recode(Some(&self.layer.recode), Range::new(-most, most), choice);
    }
}
