//! Requantization: an integer accumulator back to a small code, exactly as a framework does it.
//!
//! `y = clamp(scale(acc) + zero_point, min, max)`; [`Scale`] names the framework's rounding. Every form
//! is monotone in `acc`, so two of them are equal on a whole range when they are equal at the (at most
//! `max - min`) thresholds where the code changes: [`Requant::thresholds`] finds those by bisection.

use super::gemmlowp::mbqm;
use super::{round_shift, Range, RealRounding, Rounding};

/// The rounding and multiplication of one framework.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// `tflite-ref` convolutions and elementwise operators: `RDBPOT(SRDHM(acc << left, m), right)`, two roundings.
    TfliteDouble {
        /// Not negative; in `[2^30, 2^31)` where it comes from one real number.
        multiplier: i32,
        /// Positive: left shift before; negative: right shift after.
        shift: i32,
    },
    /// `tflite-ref` FULLY_CONNECTED: `round_half_away(f64(acc) * scale)` in binary64.
    RealHalfAway(f64),
    /// `ort-int`, `tflite-xnnpack`: `round_half_even(f32(f32(acc) * scale))` in binary32.
    Float32HalfEven(f32),
    /// `ort-int` QLinearMul: `round_half_even(f32(f32(f32(acc) * scale) + zero)) - zero` in binary32: the zero point, which is added
    /// back afterwards, takes part in the rounding.
    Float32ZeroInside {
        /// Of the product.
        scale: f32,
        /// The result's zero point.
        zero: i64,
    },
    /// `tflite-ref` average pooling: the quotient of a sum of `n` codes, half away from zero.
    MeanHalfAway(u32),
    /// `floor((acc * multiplier + 2^(shift-1)) / 2^shift)`.
    HalfUp {
        /// Non-negative multiplier.
        multiplier: i64,
        /// Right shift.
        shift: u32,
    },
    /// `round_half_even(acc * multiplier / 2^shift)`, exact: I-ViT's dyadic numbers (operators.md 1.5).
    HalfEven {
        /// Non-negative multiplier.
        multiplier: i64,
        /// Right shift.
        shift: u32,
    },
    /// `floor(acc * multiplier / 2^shift)`.
    Floor {
        /// Non-negative multiplier.
        multiplier: i64,
        /// Right shift.
        shift: u32,
    },
    /// `round(acc * gain + offset)` in binary64: sums whose offset is no multiple of their unit. Zero points stand in `offset`.
    Affine {
        /// Not negative.
        gain: f64,
        /// Added before the rounding.
        offset: f64,
        /// Which.
        rounding: RealRounding,
    },
    /// `round_half_even(f32(f32(f32(acc * scale) + offset) / to))` in binary32: what ONNX Runtime makes of a product of matrices, a float bias and a quantizer.
    Float32Sum {
        /// What an accumulator is worth.
        scale: f32,
        /// The bias.
        offset: f32,
        /// What a code is worth.
        to: f32,
    },
    /// `ort-int` QLinearAveragePool: `round_half_even(f32(f32(f32(acc 2^-fraction) / count) / scale) + zero) - zero` in binary32, of a
    /// sum that has 24 significant bits.
    Float32Mean {
        /// Bits behind the point of the sum.
        fraction: i32,
        /// Terms of the sum.
        count: u32,
        /// Of the result.
        scale: f32,
        /// Zero point of the result.
        zero: i64,
    },
}

impl Scale {
    /// The scaled accumulator, before the zero point. Floating results saturate far outside any code.
    pub fn apply(&self, acc: i64) -> i64 {
        match *self {
            Scale::TfliteDouble { multiplier, shift } => {
                let acc = acc.clamp(i32::MIN.into(), i32::MAX.into()) as i32;
                mbqm(acc, multiplier, shift).into()
            }
            Scale::RealHalfAway(m) => (acc as f64 * m).round() as i64,
            Scale::Float32HalfEven(m) => (acc as f32 * m).round_ties_even() as i64,
            Scale::Float32ZeroInside { scale, zero } => {
                ((acc as f32 * scale + zero as f32).round_ties_even() as i64).saturating_sub(zero)
            }
            Scale::MeanHalfAway(n) => {
                let half = i64::from(n / 2);
                (if acc > 0 { acc + half } else { acc - half }) / i64::from(n)
            }
            Scale::Affine { gain, offset, rounding } => rounding.apply(acc as f64 * gain + offset) as i64,
            Scale::Float32Sum { scale, offset, to } => ((acc as f32 * scale + offset) / to).round_ties_even() as i64,
            Scale::Float32Mean { fraction, count, scale, zero } => {
                let mean = acc as f32 * 2f32.powi(-fraction) / count as f32;
                ((mean / scale + zero as f32).round_ties_even() as i64).saturating_sub(zero)
            }
            Scale::HalfUp { multiplier, shift } => shifted(acc, multiplier, shift, Rounding::HalfUp),
            Scale::HalfEven { multiplier, shift } => shifted(acc, multiplier, shift, Rounding::HalfEven),
            Scale::Floor { multiplier, shift } => shifted(acc, multiplier, shift, Rounding::Floor),
        }
    }

    /// True if the parameters are legal: scales finite and positive, multipliers not negative, shifts at most 62.
    pub fn is_legal(&self) -> bool {
        match *self {
            Scale::TfliteDouble { multiplier, shift } => multiplier >= 0 && (-31..=30).contains(&shift),
            Scale::RealHalfAway(m) => m.is_finite() && m > 0.0,
            Scale::MeanHalfAway(n) => (1..=1 << 24).contains(&n),
            Scale::Float32HalfEven(m) => m.is_finite() && m > 0.0,
            Scale::Float32ZeroInside { scale, zero } => {
                scale.is_finite() && scale > 0.0 && (-65536..=65535).contains(&zero)
            }
            Scale::Affine { gain, offset, .. } => gain.is_finite() && gain >= 0.0 && offset.is_finite(),
            Scale::Float32Sum { scale, offset, to } => {
                offset.is_finite() && [scale, to].iter().all(|s| s.is_normal() && *s > 0.0)
            }
            Scale::Float32Mean { fraction, count, scale, zero } => {
                (-60..=120).contains(&fraction)
                    && (1..=1 << 24).contains(&count)
                    && scale.is_normal()
                    && scale > 0.0
                    && (-65536..=65535).contains(&zero)
            }
            Scale::HalfUp { multiplier, shift }
            | Scale::HalfEven { multiplier, shift }
            | Scale::Floor { multiplier, shift } => multiplier >= 0 && shift <= 62,
        }
    }

    /// The name used in headers, reports and settings.
    pub fn name(&self) -> &'static str {
        match self {
            Scale::TfliteDouble { .. } => "tflite-double",
            Scale::RealHalfAway(_) => "real-half-away",
            Scale::MeanHalfAway(_) => "mean-half-away",
            Scale::Float32HalfEven(_) => "float32-half-even",
            Scale::Float32ZeroInside { .. } => "float32-zero-inside",
            Scale::Affine { .. } => "affine",
            Scale::Float32Sum { .. } => "float32-sum",
            Scale::Float32Mean { .. } => "float32-mean",
            Scale::HalfUp { .. } => "half-up",
            Scale::HalfEven { .. } => "half-even",
            Scale::Floor { .. } => "floor",
        }
    }
}

fn shifted(acc: i64, multiplier: i64, shift: u32, rounding: Rounding) -> i64 {
    let y = round_shift(i128::from(acc) * i128::from(multiplier), shift, rounding);
    y.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

/// One channel's requantizer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Requant {
    /// The framework's scaling.
    pub scale: Scale,
    /// Added after the rounding.
    pub zero_point: i64,
    /// Lowest code (type or fused activation).
    pub min: i64,
    /// Highest code.
    pub max: i64,
}

impl Requant {
    /// The code of an accumulator.
    pub fn apply(&self, acc: i64) -> i64 {
        self.scale.apply(acc).saturating_add(self.zero_point).clamp(self.min, self.max)
    }

    /// The smallest accumulator in `range` whose code is at least `code`, by bisection.
    pub fn threshold(&self, code: i64, range: Range) -> Option<i64> {
        let (lo, hi) = (range.lo as i64, range.hi as i64);
        if self.apply(hi) < code {
            return None;
        }
        Some(self.between(code, lo - 1, hi))
    }

    /// The smallest accumulator whose code is at least `code`: `apply(below) < code <= apply(at)`.
    fn between(&self, code: i64, mut below: i64, mut at: i64) -> i64 {
        while at - below > 1 {
            let mid = below + (at - below) / 2;
            if self.apply(mid) >= code {
                at = mid;
            } else {
                below = mid;
            }
        }
        at
    }

    /// The same, looked for around a guess, in steps that double.
    fn around(&self, code: i64, below: i64, at: i64, guess: i64) -> i64 {
        let (mut below, mut at, mut step) = (below, at, 1i64);
        let mut probe = guess.clamp(below + 1, at);
        while at - below > 1 {
            if self.apply(probe) >= code {
                at = probe;
                probe = at.saturating_sub(step);
            } else {
                below = probe;
                probe = below.saturating_add(step);
            }
            // Beyond what is known: between the two the rest is halves.
            if probe <= below || probe >= at {
                break;
            }
            step = step.saturating_mul(2);
        }
        self.between(code, below, at)
    }

    /// Every accumulator in `range` where the code changes, ascending.
    pub fn thresholds(&self, range: Range) -> Vec<i64> {
        let (first, last) = (self.apply(range.lo as i64), self.apply(range.hi as i64));
        let mut found: Vec<i64> = Vec::new();
        for code in first + 1..=last {
            // Each search starts where the one before ended; most steps are as long as the one before.
            let (lo, hi) = (range.lo as i64, range.hi as i64);
            let t = match found[..] {
                [] => self.between(code, lo - 1, hi),
                [only] => self.between(code, only - 1, hi),
                [.., before, last] => self.around(code, last - 1, hi, last + (last - before)),
            };
            if found.last() != Some(&t) {
                found.push(t);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Prng;

    #[test]
    fn thresholds__partition_the_range_exactly() {
        let mut rng = Prng::new(3);
        for _ in 0..40 {
            let m = 0.9 / (1 + rng.below(4000)) as f64;
            for scale in [
                Scale::RealHalfAway(m),
                Scale::Float32HalfEven(m as f32),
                Scale::MeanHalfAway(1 + (1.0 / m) as u32),
                Scale::Float32ZeroInside { scale: m as f32, zero: 31 },
                Scale::Float32Sum { scale: m as f32, offset: 11.3, to: 0.7 },
                Scale::Float32Mean { fraction: 3, count: 5, scale: (1.0 / m) as f32 / 40.0, zero: -7 },
                Scale::Affine { gain: m, offset: -3.7, rounding: RealRounding::ALL[rng.below(8) as usize] },
                Scale::HalfEven { multiplier: (m * 64.0).ceil() as i64, shift: 6 },
            ] {
                let r = Requant { scale, zero_point: rng.range(-20, 20), min: -128, max: 127 };
                let range = Range::new(-20_000, 20_000);
                let ts = r.thresholds(range);
                let changes: Vec<i64> = (-19_999..=20_000).filter(|a| r.apply(*a) != r.apply(a - 1)).collect();
                assert_eq!(ts, changes);
            }
        }
    }

    #[test]
    fn scale__steps_of_several_codes_have_one_threshold() {
        let r = Requant { scale: Scale::HalfUp { multiplier: 7, shift: 0 }, zero_point: 0, min: -128, max: 127 };
        let ts = r.thresholds(Range::new(-100, 100));
        let changes: Vec<i64> = (-99..=100).filter(|a| r.apply(*a) != r.apply(a - 1)).collect();
        assert_eq!(ts, changes);
    }
}
