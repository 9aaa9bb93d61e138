//! LayerNorm and RMSNorm of rows that a framework computes in float, between a DequantizeLinear and a QuantizeLinear, in integers.
//!
//! `y[i] = clamp(round((x[i] - mu) / sqrt(mean of (x[k] - mu)^2 + eps) gamma[i] / s_y + beta[i] / s_y) + zero_y)`, `mu` the row's mean or, for RMSNorm,
//! zero. Distances have 17 bits, the inverse root 34, a norm 18, gains 18 ([norm_float]). Of real numbers rounded once, a code differs by one at most,
//! and seldom (tests in `golden.rs`); so it does of a framework's float32.

mod golden;
pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::blocks::norm_float;
pub use niello_gen::blocks::norm_float::Kind as NormKind;

use super::parts::{clamp, from_row, RowEngine, RowLayer};
use super::{Choice, Engine, Layer, NoEngine};
use crate::plan::Pipeline;
use crate::{Codes, DType};

/// Rows, and what their norms are multiplied by.
#[derive(Clone, Debug, PartialEq)]
pub struct FloatNorm {
    /// Around the mean, or around zero.
    pub kind: NormKind,
    /// Codes of a row.
    pub columns: u32,
    /// Of the operand.
    pub from: Codes,
    /// Of the result.
    pub to: Codes,
    /// Lowest and highest code.
    pub bounds: (i64, i64),
    /// Added to the mean of squares, in steps of a code squared.
    epsilon: f64,
    /// `gamma / s_y 2^(shift - f)`.
    gain: Vec<i64>,
    /// `(beta / s_y + zero_y) 2^shift`.
    offset: Vec<i64>,
    shift: u32,
}

/// What a framework multiplies and adds.
#[derive(Clone, Copy, Debug)]
pub struct Affine<'a> {
    /// One for each code of a row, or one.
    pub gamma: &'a [f32],
    /// The same.
    pub beta: &'a [f32],
    /// Added to the mean of squares.
    pub epsilon: f32,
}

/// Bits of a distance, before and behind the point.
const PRECISION: u32 = 17;
/// The most that a gain and an offset may be.
const MOST_GAIN: f64 = 131_071.0;
const MOST_OFFSET: f64 = 140_737_488_355_327.0;

impl FloatNorm {
    /// Rows of `columns`, with gains as fine as 18 bits hold. None: a scale is degenerate, or a number is not finite.
    pub fn new(kind: NormKind, columns: u32, [from, to]: [Codes; 2], affine: Affine) -> Option<FloatNorm> {
        let (s, s_y) = (f64::from(from.scale), f64::from(to.scale));
        let epsilon = f64::from(affine.epsilon) / (s * s);
        let gains: Vec<f64> = affine.gamma.iter().map(|g| f64::from(*g) / s_y).collect();
        let offsets: Vec<f64> = affine.beta.iter().map(|b| f64::from(*b) / s_y + to.zero as f64).collect();
        let largest = |list: &[f64]| list.iter().fold(0f64, |most, v| most.max(v.abs()));
        if !epsilon.is_finite() || epsilon < 0.0 || gains.iter().chain(&offsets).any(|v| !v.is_finite()) {
            return None;
        }
        let f = golden::norm_fraction(columns);
        let fits = |shift: &u32| {
            let up = 2f64.powi(*shift as i32);
            (largest(&gains) * up * 2f64.powi(-(f as i32))).round() <= MOST_GAIN
                && (largest(&offsets) * up).round() <= MOST_OFFSET
        };
        let shift = (0..=32).rev().find(fits)?;
        let up = 2f64.powi(shift as i32);
        let gain = gains.iter().map(|g| (g * up * 2f64.powi(-(f as i32))).round() as i64).collect();
        let offset = offsets.iter().map(|o| (o * up).round() as i64).collect();
        Some(FloatNorm { kind, columns, from, to, bounds: to.dtype.range(), epsilon, gain, offset, shift })
    }

    /// The same, clamped.
    pub fn within(self, bounds: (i64, i64)) -> FloatNorm {
        FloatNorm { bounds, ..self }
    }

    /// `epsilon` with the bits behind the point that squares have.
    fn epsilon(&self) -> i64 {
        (self.epsilon * 2f64.powi(2 * (PRECISION - self.from.dtype.bits()) as i32)).round() as i64
    }

    fn block(&self, lanes: u32) -> norm_float::Config {
        let (x, y) = (self.from.dtype, self.to.dtype);
        norm_float::Config {
            columns: self.columns,
            lanes,
            bits: x.bits(),
            signed: x.signed(),
            kind: self.kind,
            zero: if self.kind == NormKind::Rms { self.from.zero } else { 0 },
            epsilon: self.epsilon(),
            gain: self.gain.clone(),
            offset: self.offset.clone(),
            shift: self.shift,
            out_bits: y.bits(),
            out_signed: y.signed(),
            precision: PRECISION,
            ..norm_float::Config::default()
        }
    }
}

impl Layer for FloatNorm {
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
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        RowEngine::of((*self).clone())
    }
}

impl RowLayer for FloatNorm {
    type Block = norm_float::Config;
    const ROLE: &'static str = "norm";
    fn columns(&self) -> u32 {
        self.columns
    }
    fn block(&self, lanes: u32) -> norm_float::Config {
        FloatNorm::block(self, lanes)
    }
    fn row_cycles(block: &norm_float::Config) -> u64 {
        block.row_cycles()
    }
    fn behind(&self, p: &mut Pipeline, _: &Choice) {
        clamp(p, self.bounds, self.to.dtype);
    }
}
