//! The softmax of rows that a framework computes in float, between a DequantizeLinear and a QuantizeLinear, in integers.
//!
//! `y[i] = clamp(round(exp(s x[i]) / sum over k of exp(s x[k]) / s_y) + zero_y)`, by exponentials from a table with 24 bits behind the point, of which
//! products take 17, and a quotient of 18 bits a row ([softmax_float]). Of real numbers rounded once, a code differs by one at most, and seldom (tests in
//! `golden.rs`); so it does of a framework's float32.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::softmax_float;

use super::parts::{clamp, from_operands, row_lanes, whole_rows, RowBlock};
use super::{At, Choice, Engine, Layer, NoEngine, Pace};
use crate::plan::{behind, Arrivals, Arrived, Pipeline};
use crate::{Codes, DType, Elements};

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
        from_operands(&[&x[0][whole_rows(element, self.columns)]], element % self.columns as usize)
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        super::parts::by_row(x[0], elements, self.columns)
    }
    fn is_near_float(&self) -> bool {
        true
    }
    fn engine(self: Arc<Self>, operands: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        let x = operands[0];
        RowBlock::checked(self.block(x, 1))?;
        Ok(Arc::new(Rows { layer: *self, x }))
    }
}

/// Its hardware, for operands of a type.
#[derive(Clone, Copy, Debug)]
struct Rows {
    layer: FloatSoftmax,
    x: DType,
}

impl Rows {
    fn rows(&self, output: Elements) -> u64 {
        u64::from(output.count / self.layer.columns)
    }
}

impl Engine for Rows {
    fn pace(&self, output: Elements) -> Pace {
        RowBlock::pace(self.layer.columns, self.rows(output), |lanes| self.layer.block(self.x, lanes).row_cycles())
    }
    fn choose(&self, at: &At) -> Option<Choice> {
        let rows = self.rows(at.output);
        let lanes =
            row_lanes(self.layer.columns, rows, at.target, |lanes| self.layer.block(self.x, lanes).row_cycles())?;
        let multipliers = RowBlock::checked(self.layer.block(self.x, lanes)).ok()?.multipliers;
        Some(Choice { lanes, multipliers, ..Choice::default() })
    }
    fn stages(&self, choice: &Choice, p: &mut Pipeline) {
        p.by_pixels(self.layer.columns);
        p.widen(choice.lanes, "row");
        p.add("softmax", (p.output(), choice.lanes), self.layer.block(self.x, choice.lanes));
        clamp(p, self.layer.bounds, self.layer.to.dtype);
    }
    fn arrivals(&self, a: &Arrivals) -> Arrived {
        let rows = self.rows(a.output);
        Arrived::at(behind(&a.come(0, rows), a.work(rows)))
    }
}
