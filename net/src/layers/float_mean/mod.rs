//! The average of patches as ONNX Runtime's kernel takes it: QLinearAveragePool (framework-rules.md 2).
//!
//! Codes become reals `f32((q - z) s)`, which are added in float32 in the order of their taps; `y = clamp(round_half_even(f32(f32(f32(sum /
//! n) / sy) + zy)))`. `n` counts the taps inside of the image, or all of a patch. The order of the additions decides ties, of which an
//! average of codes of one scale has many.
//!
//! The hardware adds the same numbers in fixed point, and rounds each sum to 24 significant bits as float32 does.

pub(in crate::layers) mod random;

use std::sync::Arc;

use niello_gen::num::Scale;

use super::parts::{by_channel, list, terms};
use super::{Engine, Layer, NoEngine, Pool};
use crate::window::inside;
use crate::{Codes, DType, Recode, Window};

/// Patches, scales and zero points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatMean {
    /// The patches.
    pub window: Window,
    /// Of the operand.
    pub from: Codes,
    /// Of the result.
    pub to: Codes,
    /// Taps outside of the image are counted, as zeros.
    pub count_outside: bool,
    /// Added to the zero point inside of the rounding, and taken off behind it: 128 where ONNX Runtime makes uint8 of int8 first.
    pub shift: i64,
    /// Lowest and highest code.
    pub bounds: (i64, i64),
}

/// Widest number that a code becomes.
const MOST_BITS: i32 = 46;

impl FloatMean {
    /// What a code stands for.
    fn real(&self, q: i64) -> f32 {
        (q - self.from.zero) as f32 * self.from.scale
    }

    /// Terms of the patch in row `oy` and column `ox`.
    fn count(&self, oy: u32, ox: u32) -> u32 {
        let w = &self.window;
        if self.count_outside {
            return w.taps();
        }
        let axis = |at: u32, i: usize, size: u32| {
            let within = |k: &u32| inside(at * w.stride[i] + k * w.dilation[i], w.pads[i], size).is_some();
            (0..w.kernel[i]).filter(within).count() as u32
        };
        axis(oy, 0, w.height) * axis(ox, 1, w.width)
    }

    /// For the hardware: numbers for codes, and what becomes of their sums. None: the numbers are too wide.
    pub fn pool(&self) -> Option<Pool> {
        let (lo, hi) = self.from.dtype.range();
        let reals: Vec<f32> = (lo..=hi).map(|q| self.real(q)).collect();
        // The least power of two of which all are multiples.
        let unit = |v: &f32| {
            let bits = v.abs().to_bits();
            let (mantissa, exponent) = ((bits & 0x7f_ffff) | 0x80_0000, (bits >> 23) as i32 - 150);
            exponent + mantissa.trailing_zeros() as i32
        };
        if reals.iter().any(|v| *v != 0.0 && !v.is_normal()) {
            return None;
        }
        let fraction = -reals.iter().filter(|v| **v != 0.0).map(unit).min()?;
        let table: Vec<i64> = reals.iter().map(|v| (f64::from(*v) * 2f64.powi(fraction)) as i64).collect();
        if table.iter().any(|v| v.unsigned_abs() >= 1 << MOST_BITS) {
            return None;
        }
        let [rows, cols] = self.window.out();
        let counts =
            (0..rows).flat_map(|oy| (0..cols).map(move |ox| (oy, ox))).map(|(oy, ox)| self.count(oy, ox).max(1));
        let scale =
            |count| Scale::Float32Mean { fraction, count, scale: self.to.scale, zero: self.to.zero + self.shift };
        let mut scales: Vec<Scale> = counts.map(scale).collect();
        if scales.iter().all(|s| *s == scales[0]) {
            scales.truncate(1);
        }
        if !scales.iter().all(Scale::is_legal) {
            return None;
        }
        let recode = Recode { scales, zero_point: self.to.zero, min: self.bounds.0, max: self.bounds.1 };
        Some(Pool { window: self.window, average: Some(recode), outside: self.from.zero, float32: Some(table) })
    }
}

impl Layer for FloatMean {
    fn golden(&self, x: &[&[i64]]) -> Vec<i64> {
        run(self, x[0])
    }
    fn explain(&self, x: &[&[i64]], element: usize) -> String {
        let channels = self.window.channels as usize;
        let (patch, n) = (element / channels, element % channels);
        let taps = terms(&self.window, patch, x[0], self.from.zero, n..n + 1, |_, _| 1);
        format!("taps {}, added in float32", list(&taps.into_iter().map(|(_, x)| x).collect::<Vec<i64>>()))
    }
    fn behind(&self, x: &[&[bool]], elements: usize) -> Vec<bool> {
        by_channel(x[0], elements, self.window.channels)
    }
    fn engine(self: Arc<Self>, _: &[DType]) -> Result<Arc<dyn Engine>, NoEngine> {
        let refused = || NoEngine {
            what: "its scales are out of range".into(),
            help: "calibrate again: a tensor's range is degenerate".into(),
        };
        Ok(Arc::new(self.pool().ok_or_else(refused)?))
    }
}

fn run(p: &FloatMean, x: &[i64]) -> Vec<i64> {
    let w = &p.window;
    let [rows, cols] = w.out();
    let mut out = Vec::new();
    for oy in 0..rows {
        for ox in 0..cols {
            for c in 0..w.channels {
                let mut sum = 0f32;
                for ky in 0..w.kernel[0] {
                    for kx in 0..w.kernel[1] {
                        let iy = inside(oy * w.stride[0] + ky * w.dilation[0], w.pads[0], w.height);
                        let ix = inside(ox * w.stride[1] + kx * w.dilation[1], w.pads[1], w.width);
                        if let (Some(iy), Some(ix)) = (iy, ix) {
                            sum += p.real(x[((iy * w.width + ix) * w.channels + c) as usize]);
                        }
                    }
                }
                let mean = sum / p.count(oy, ox) as f32;
                let real = mean / p.to.scale + (p.to.zero + p.shift) as f32;
                let code = (real.round_ties_even() as i64).saturating_sub(p.shift);
                out.push(code.clamp(p.bounds.0, p.bounds.1));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DType;
    use niello_gen::num::{nearest_in_24_bits, Prng};

    fn mean(scale: f32, zero: i64) -> FloatMean {
        let codes = Codes { scale, zero, dtype: DType::U8 };
        let window =
            Window { height: 2, width: 2, channels: 1, kernel: [2, 2], stride: [1, 1], dilation: [1, 1], pads: [0; 4] };
        FloatMean { window, from: codes, to: codes, count_outside: false, shift: 0, bounds: (0, 255) }
    }

    /// Half to even of the exact mean is another code for some: the reason for this operator. The hardware's fixed point is right for all.
    #[test]
    fn means__of_one_scale_are_ties_that_float32_decides() {
        let mut rng = Prng::new(14);
        let (mut differ, count) = (0, 20_000);
        for _ in 0..count {
            let p = mean((1 + rng.below(1 << 24)) as f32 * 2f32.powi(-30), rng.range(0, 255));
            let x: Vec<i64> = (0..4).map(|_| rng.range(0, 255)).collect();
            let y = run(&p, &x)[0];
            let exact = (x.iter().sum::<i64>() - 4 * p.from.zero) as f64 / 4.0 + p.to.zero as f64;
            differ += usize::from(exact.round_ties_even() as i64 != y);
            let pool = p.pool().unwrap();
            let (table, recode) = (pool.float32.unwrap(), pool.average.unwrap());
            let sum = x.iter().fold(0i128, |sum, q| nearest_in_24_bits(sum + i128::from(table[*q as usize])));
            assert_eq!(recode.requant(0).apply(sum as i64), y, "{p:?} {x:?}");
        }
        assert!((count / 100..count / 10).contains(&differ), "{differ} of {count}");
    }
}
