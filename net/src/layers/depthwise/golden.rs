//! Depthwise convolutions: DEPTHWISE_CONV_2D with one kernel a channel, `[channel][ky][kx]`.
//!
//! `acc[c] = sum w[c][ky][kx] (x[y][x][c] - x_zero) + bias[c]`, exact, over the taps inside of the image; then the
//! requantizer of the channel.

use super::Depthwise;
use crate::window::inside;

pub fn run(d: &Depthwise, x: &[i64]) -> Vec<i64> {
    let w = &d.window;
    let [rows, cols] = w.out();
    let mut out = Vec::new();
    for oy in 0..rows {
        for ox in 0..cols {
            for c in 0..w.channels {
                let mut acc = d.bias[c as usize];
                for ky in 0..w.kernel[0] {
                    for kx in 0..w.kernel[1] {
                        let iy = inside(oy * w.stride[0] + ky * w.dilation[0], w.pads[0], w.height);
                        let ix = inside(ox * w.stride[1] + kx * w.dilation[1], w.pads[1], w.width);
                        let (Some(iy), Some(ix)) = (iy, ix) else { continue };
                        let weight = d.weights[(c * w.taps() + ky * w.kernel[1] + kx) as usize];
                        acc += weight * (x[((iy * w.width + ix) * w.channels + c) as usize] - d.x_zero);
                    }
                }
                out.push(d.recode.requant(c as usize).apply(acc));
            }
        }
    }
    out
}
