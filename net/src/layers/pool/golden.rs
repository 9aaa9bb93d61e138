//! Pooling: MAX_POOL_2D, AVERAGE_POOL_2D; MEAN over an image.
//!
//! On codes: the largest of the taps inside of the image; or their sum `s`, and `(s + n/2) / n` truncated, `n` taps, `- n/2` where
//! `s` is negative (framework-rules.md 1: half away from zero, of the codes themselves). MEAN: `mbqm(s - n z1, M', sh - k) + z2`.

use niello_gen::num::Scale;

use super::Pool;
use crate::window::inside;

pub fn run(p: &Pool, x: &[i64]) -> Vec<i64> {
    let w = &p.window;
    let [rows, cols] = w.out();
    let mut out = Vec::new();
    for oy in 0..rows {
        for ox in 0..cols {
            for c in 0..w.channels {
                let mut taps = Vec::new();
                for ky in 0..w.kernel[0] {
                    for kx in 0..w.kernel[1] {
                        let iy = inside(oy * w.stride[0] + ky * w.dilation[0], w.pads[0], w.height);
                        let ix = inside(ox * w.stride[1] + kx * w.dilation[1], w.pads[1], w.width);
                        if let (Some(iy), Some(ix)) = (iy, ix) {
                            taps.push(x[((iy * w.width + ix) * w.channels + c) as usize]);
                        }
                    }
                }
                let n = taps.len() as i64;
                out.push(match &p.average {
                    None => taps.iter().copied().max().unwrap_or(p.outside),
                    Some(r) if !matches!(r.scales[0], Scale::MeanHalfAway(_)) => {
                        r.requant(0).apply(taps.iter().map(|x| x - p.outside).sum::<i64>())
                    }
                    Some(r) => {
                        let s: i64 = taps.iter().sum();
                        let half = if s > 0 { n / 2 } else { -(n / 2) };
                        ((s + half) / n.max(1)).clamp(r.min, r.max)
                    }
                });
            }
        }
    }
    out
}
