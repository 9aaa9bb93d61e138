//! Padding: PAD and PADV2 of TFLite. Outside of the image stands one value.

use super::Pad;
use crate::window::inside;

pub fn run(p: &Pad, x: &[i64]) -> Vec<i64> {
    let w = &p.window;
    let [rows, cols] = w.out();
    let mut out = Vec::new();
    for oy in 0..rows {
        for ox in 0..cols {
            for c in 0..w.channels {
                let pixel = inside(oy, w.pads[0], w.height).zip(inside(ox, w.pads[1], w.width));
                out.push(pixel.map_or(p.value, |(y, x_at)| x[((y * w.width + x_at) * w.channels + c) as usize]));
            }
        }
    }
    out
}
