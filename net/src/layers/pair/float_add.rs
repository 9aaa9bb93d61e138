//! Quantized addition as ONNX Runtime's kernel does it: QLinearAdd (framework-rules.md 2).
//!
//! With `ra = f32(sa / sy)`, `rb = f32(sb / sy)`, `F = f32(zy - fma(ra, za, f32(rb zb)))`:
//! `y = clamp(round_half_even(fma(a, ra, fma(b, rb, F))))`, all in binary32, the zero point inside of the rounding.
//!
//! The hardware adds one number for each operand's code, `a ra` and `fma(b, rb, F)` in units of `2^-n`, and rounds the sum. `n` is
//! the fewest bits that give the code of every pair of operands, which are all tried.
//!
//! Where ONNX Runtime has no kernel ([`FloatAdd::of_reals`]) it quantizes the float32 sum of what the codes stand for.
//! Where the kernel sees uint8 codes of an int8 tensor ([`FloatAdd::unsigned`]), float32 rounds other numbers than the tensor's own.

use niello_gen::num::{RealRounding, Scale};

use crate::{Codes, Recode};

/// Scales, zero points and bounds, the operands in the kernel's order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatAdd {
    /// Of the operands.
    pub operands: [Codes; 2],
    /// Of the result.
    pub result: Codes,
    /// Lowest and highest code.
    pub bounds: (i64, i64),
    /// Half to even, but for Quants of QONNX.
    pub rounding: RealRounding,
    /// What the kernel's codes of the operands and of the result are larger by: 128 where it sees uint8 for int8.
    pub shifts: [i64; 3],
    /// The framework adds what the codes stand for, and quantizes the sum.
    pub of_reals: bool,
}

/// Numbers for the hardware: one for each code of an operand, the lowest code first, and what becomes of their sum.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// Of both operands.
    pub tables: [Vec<i64>; 2],
    /// Of the sum.
    pub recode: Recode,
}

/// Most bits of both operands together: every pair is tried.
const MOST_BITS: u32 = 20;

/// Bits behind the point that are tried.
const FRACTIONS: std::ops::RangeInclusive<u32> = 6..=40;

impl FloatAdd {
    /// From the operands' and the result's codes.
    pub fn new(operands: [Codes; 2], result: Codes, bounds: (i64, i64)) -> FloatAdd {
        FloatAdd { operands, result, bounds, rounding: RealRounding::HalfEven, shifts: [0; 3], of_reals: false }
    }

    /// The kernel sees every int8 tensor as uint8.
    pub fn unsigned(self) -> FloatAdd {
        let [a, b] = self.operands;
        FloatAdd { shifts: [a, b, self.result].map(|c| c.unsigned_shift()), ..self }
    }

    /// What codes of both operands stand for.
    fn reals(&self, a: i64, b: i64) -> [f32; 2] {
        let [ca, cb] = self.operands;
        [(a - ca.zero) as f32 * ca.scale, (b - cb.zero) as f32 * cb.scale]
    }

    /// `ra`, `rb` and `F`.
    fn constants(&self) -> [f32; 3] {
        let [ra, rb] = self.operands.map(|o| o.scale / self.result.scale);
        let [sa, sb, sy] = self.shifts;
        let [za, zb] = [self.operands[0].zero + sa, self.operands[1].zero + sb].map(|z| z as f32);
        let fixed = (self.result.zero + sy) as f32 - ra.mul_add(za, rb * zb);
        [ra, rb, fixed]
    }

    /// The code of two codes.
    pub fn code(&self, a: i64, b: i64) -> i64 {
        if self.of_reals {
            let [a, b] = self.reals(a, b);
            let code = ((a + b) / self.result.scale).round_ties_even() as i64;
            return code.saturating_add(self.result.zero).clamp(self.bounds.0, self.bounds.1);
        }
        let [ra, rb, fixed] = self.constants();
        let [sa, sb, sy] = self.shifts;
        let sum = ((a + sa) as f32).mul_add(ra, ((b + sb) as f32).mul_add(rb, fixed));
        (self.rounding.apply(sum.into()) as i64).saturating_sub(sy).clamp(self.bounds.0, self.bounds.1)
    }

    /// The numbers that the hardware adds. None: no fixed point gives every pair's code.
    pub fn shares(&self) -> Option<Shares> {
        if self.operands.iter().map(|o| o.dtype.bits()).sum::<u32>() > MOST_BITS {
            return None;
        }
        let [ra, rb, fixed] = self.constants();
        let codes = self.operands.map(|o| o.dtype.range());
        let [sa, sb, sy] = self.shifts;
        let share = |a: i64, b: i64| match self.of_reals {
            true => self.reals(a, b).map(|v| f64::from(v) / f64::from(self.result.scale)),
            false => [(a + sa) as f64 * f64::from(ra), f64::from(((b + sb) as f32).mul_add(rb, fixed))],
        };
        let first: Vec<f64> = (codes[0].0..=codes[0].1).map(|a| share(a, 0)[0]).collect();
        let second: Vec<f64> = (codes[1].0..=codes[1].1).map(|b| share(0, b)[1]).collect();
        let zero_point = if self.of_reals { self.result.zero } else { -sy };
        let pairs = || (codes[0].0..=codes[0].1).flat_map(|a| (codes[1].0..=codes[1].1).map(move |b| (a, b)));
        let want: Vec<i64> = pairs().map(|(a, b)| self.code(a, b)).collect();
        let (min, max) = self.bounds;
        for n in FRACTIONS {
            let unit = |v: &f64| (v * 2f64.powi(n as i32)).round() as i64;
            let tables = [first.iter().map(unit).collect::<Vec<i64>>(), second.iter().map(unit).collect()];
            let gain = 2f64.powi(-(n as i32));
            let scales = match self.rounding {
                RealRounding::HalfEven => {
                    vec![Scale::HalfUp { multiplier: 1, shift: n }, Scale::Float32HalfEven(gain as f32)]
                }
                rounding => vec![Scale::Affine { gain, offset: 0.0, rounding }],
            };
            for scale in scales {
                let recode = Recode { scales: vec![scale], zero_point, min, max };
                let r = recode.requant(0);
                let sums = tables[0].iter().flat_map(|a| tables[1].iter().map(move |b| a + b));
                if sums.zip(&want).all(|(sum, y)| r.apply(sum) == *y) {
                    return Some(Shares { tables, recode });
                }
            }
        }
        None
    }
}

pub fn run(p: &FloatAdd, a: &[i64], b: &[i64]) -> Vec<i64> {
    a.iter().zip(b).map(|(a, b)| p.code(*a, *b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DType;
    use niello_gen::num::Prng;

    /// Scales of all kinds, ties among them: a fixed point is found, and it is narrow.
    #[test]
    fn shares__give_the_code_of_every_pair() {
        let mut rng = Prng::new(4);
        for i in 0..40 {
            let mut codes = |about: f32| {
                let mantissa = match i % 3 {
                    0 => 1.0,
                    1 => (4 + rng.below(4)) as f32 / 4.0,
                    _ => 1.0 + rng.below(1 << 23) as f32 / 8388608.0,
                };
                let dtype = if i % 2 == 0 { DType::U8 } else { DType::I8 };
                let (lo, hi) = dtype.range();
                Codes { scale: about * mantissa, zero: rng.range(lo, hi), dtype }
            };
            let (a, b, y) = (codes(0.03), codes(0.05), codes(0.06));
            let add = FloatAdd::new([a, b], y, y.dtype.range());
            let shares = add.shares().unwrap();
            let most = shares.tables.iter().flatten().map(|v| v.abs()).max().unwrap();
            assert!(most < 1 << 34, "{add:?}: {most}");
        }
    }
}
