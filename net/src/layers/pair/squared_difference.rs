//! Squared difference of quantized tensors: SQUARED_DIFFERENCE of TFLite's reference kernel, int8.
//!
//! With `t = 2 max(s1, s2)`, `M1 = q(s1 / t)`, `M2 = q(s2 / t)`, `Mo = q(t t / (2^14 s3))`, all in binary64:
//! `d = mbqm((a - z1) 2^7, M1) - mbqm((b - z2) 2^7, M2)`, `y = clamp(mbqm(d d, Mo) + z3)`.

use niello_gen::num::gemmlowp::{mbqm, quantize_multiplier};
use niello_gen::num::Scale;

use crate::{Codes, DType, Recode};

/// Bits that operands are shifted up by.
const LEFT: u32 = 7;

/// Zero points and multipliers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SquaredDifference {
    /// Of the operands.
    pub zeros: [i64; 2],
    /// Of the operands, with their shifts.
    pub multipliers: [(i32, i32); 2],
    /// Of the square.
    pub output: (i32, i32),
    /// Of the result.
    pub zero: i64,
    /// Lowest and highest code.
    pub bounds: (i64, i64),
}

impl SquaredDifference {
    /// From the scales. None where a ratio has no multiplier.
    pub fn new(a: Codes, b: Codes, y: Codes, bounds: (i64, i64)) -> Option<SquaredDifference> {
        let twice = 2.0 * f64::from(a.scale).max(f64::from(b.scale));
        let of = |s: f32| quantize_multiplier(f64::from(s) / twice);
        let output = quantize_multiplier(twice * twice / (f64::from(1 << (2 * LEFT)) * f64::from(y.scale)))?;
        let (zeros, multipliers) = ([a.zero, b.zero], [of(a.scale)?, of(b.scale)?]);
        Some(SquaredDifference { zeros, multipliers, output, zero: y.zero, bounds })
    }

    /// An operand's share of the difference for every code of its type, the lowest one first.
    pub fn table(&self, operand: usize, dtype: DType) -> Vec<i64> {
        let (lo, hi) = dtype.range();
        let (multiplier, shift) = self.multipliers[operand];
        let share = |code: i64| i64::from(mbqm(((code - self.zeros[operand]) << LEFT) as i32, multiplier, shift));
        (lo..=hi).map(|code| if operand == 1 { -share(code) } else { share(code) }).collect()
    }

    /// What becomes of the square.
    pub fn recode(&self) -> Recode {
        let (multiplier, shift) = self.output;
        let scales = vec![Scale::TfliteDouble { multiplier, shift }];
        Recode { scales, zero_point: self.zero, min: self.bounds.0, max: self.bounds.1 }
    }
}

pub fn run(p: &SquaredDifference, a: &[i64], b: &[i64]) -> Vec<i64> {
    let mut out = Vec::with_capacity(a.len());
    for (a, b) in a.iter().zip(b) {
        let x = mbqm(((a - p.zeros[0]) << LEFT) as i32, p.multipliers[0].0, p.multipliers[0].1);
        let y = mbqm(((b - p.zeros[1]) << LEFT) as i32, p.multipliers[1].0, p.multipliers[1].1);
        let code = mbqm((x - y) * (x - y), p.output.0, p.output.1);
        out.push((i64::from(code) + p.zero).clamp(p.bounds.0, p.bounds.1));
    }
    out
}
