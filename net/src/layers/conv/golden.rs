//! Convolutions: CONV_2D. Images are HWC, kernels `[output][ky][kx][channel]`.
//!
//! `acc[n] = sum w[n][ky][kx][c] (x[y][x][c] - x_zero) + bias[n]`, exact, over the taps inside of the image; then the
//! requantizer of the output (framework-rules.md 1). Outside of the image stands the zero point, which adds nothing.

use super::Conv;
use crate::window::inside;

pub fn run(c: &Conv, x: &[i64]) -> Vec<i64> {
    let (w, d) = (&c.window, &c.dense);
    let [rows, cols] = w.out();
    let (channels, patch) = (w.channels as usize, (w.taps() * w.channels) as usize);
    let mut out = Vec::with_capacity(rows as usize * cols as usize * d.bias.len());
    for oy in 0..rows {
        for ox in 0..cols {
            for (n, bias) in d.bias.iter().enumerate() {
                let mut acc = *bias;
                for ky in 0..w.kernel[0] {
                    let Some(iy) = inside(oy * w.stride[0] + ky * w.dilation[0], w.pads[0], w.height) else { continue };
                    for kx in 0..w.kernel[1] {
                        let ix = inside(ox * w.stride[1] + kx * w.dilation[1], w.pads[1], w.width);
                        let Some(ix) = ix else { continue };
                        let pixel = (iy * w.width + ix) as usize * channels;
                        let tap = n * patch + (ky * w.kernel[1] + kx) as usize * channels;
                        for k in 0..channels {
                            acc += d.weights[tap + k] * (x[pixel + k] - d.x_zero);
                        }
                    }
                }
                out.push(match &d.recode {
                    Some(r) => r.requant(n).apply(acc),
                    None => acc,
                });
            }
        }
    }
    out
}
