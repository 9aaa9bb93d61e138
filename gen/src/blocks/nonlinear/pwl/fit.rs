//! The segments of a function: one line each, fitted when the block is configured.

use super::Config;
use crate::num::range_of;

/// The lines, and how near they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Segments {
    /// Rise for a step of the code, in `2^-fraction`.
    pub slopes: Vec<i64>,
    /// At a segment's first code, half of a result's step included.
    pub bases: Vec<i64>,
    /// The least and the largest result before they saturate.
    pub reach: (i64, i64),
    /// The largest distance of a result from the function's real value, both saturated, in results' codes: over all codes.
    pub error: f64,
}

impl Config {
    /// The least and the most code of results.
    pub fn ends(&self) -> (i64, i64) {
        range_of(self.out_bits, self.out_signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64))
    }

    /// The lowest code.
    pub fn lowest(&self) -> i64 {
        if self.signed {
            -(1 << (self.bits - 1))
        } else {
            0
        }
    }

    /// Bits of a code within its segment.
    pub fn inner_bits(&self) -> u32 {
        self.bits - self.segment_bits
    }

    /// The function's value at the `n`th code, in results' codes, saturated.
    pub fn exact(&self, n: i64) -> f64 {
        let (lo, hi) = self.ends();
        let real = self.function.of((self.lowest() + n) as f64 * self.scale);
        (real / self.out_scale + self.out_zero as f64).clamp(lo as f64, hi as f64)
    }

    /// Each segment's chord, moved so that it is as far above the function as below.
    pub fn fit(&self) -> Segments {
        let inner = 1i64 << self.inner_bits();
        let one = f64::from(1u32 << self.fraction);
        let (lo, hi) = self.ends();
        let (mut slopes, mut bases, mut error, mut reach) = (Vec::new(), Vec::new(), 0f64, (i64::MAX, i64::MIN));
        for segment in 0..1i64 << self.segment_bits {
            let values: Vec<f64> = (0..inner).map(|d| self.exact(segment * inner + d)).collect();
            let rise = (values[values.len() - 1] - values[0]) / (inner - 1).max(1) as f64;
            let slope = (rise * one).round() as i64;
            let off = |(d, v): (usize, &f64)| v - slope as f64 * d as f64 / one;
            let (least, most) =
                values.iter().enumerate().map(off).fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
            let base = (((least + most) / 2.0 + 0.5) * one).floor() as i64;
            for (d, v) in values.iter().enumerate() {
                let y = (base + slope * d as i64) >> self.fraction;
                reach = (y.min(reach.0), y.max(reach.1));
                error = error.max((y.clamp(lo, hi) as f64 - v).abs());
            }
            slopes.push(slope);
            bases.push(base);
        }
        Segments { slopes, bases, reach, error }
    }
}
