//! Convolutions in groups: Conv with `group`, DEPTHWISE_CONV_2D with several kernels a channel. Kernels lie
//! `[output][ky][kx][channel of the group]`.
//!
//! `acc[n] = sum w[n][ky][kx][c] (x[y][x][g depth + c] - x_zero) + bias[n]`, `g` the group of output `n`, over the taps inside of the
//! image; then the requantizer of the output.

use super::Grouped;
use crate::window::inside;

pub fn run(g: &Grouped, x: &[i64]) -> Vec<i64> {
    let w = &g.window;
    let [rows, cols] = w.out();
    let (outputs, depth) = (g.bias.len(), (w.channels / g.groups) as usize);
    let members = outputs / g.groups as usize;
    let mut out = Vec::new();
    for oy in 0..rows {
        for ox in 0..cols {
            for n in 0..outputs {
                let first = n / members * depth;
                let mut acc = g.bias[n];
                for ky in 0..w.kernel[0] {
                    for kx in 0..w.kernel[1] {
                        let iy = inside(oy * w.stride[0] + ky * w.dilation[0], w.pads[0], w.height);
                        let ix = inside(ox * w.stride[1] + kx * w.dilation[1], w.pads[1], w.width);
                        let (Some(iy), Some(ix)) = (iy, ix) else { continue };
                        let pixel = (iy * w.width + ix) as usize * w.channels as usize + first;
                        let tap = (n * w.taps() as usize + (ky * w.kernel[1] + kx) as usize) * depth;
                        for c in 0..depth {
                            acc += g.weights[tap + c] * (x[pixel + c] - g.x_zero);
                        }
                    }
                }
                out.push(g.recode.requant(n).apply(acc));
            }
        }
    }
    out
}
