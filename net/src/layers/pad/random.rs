//! Random borders.

use super::Pad;
use crate::random::Maker;
use crate::Window;

/// Up to three pixels on each side, of any code.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let [height, width, channels] = m.image(at);
    let pads = [0; 4].map(|_| *m.choices.pick(&[0, 1, 1, 2, 3]));
    let one = [1, 1];
    let window = Window { height, width, channels, kernel: one, stride: one, dilation: one, pads };
    let ([rows, cols], dtype) = (window.out(), m.dtype(at));
    let (lo, hi) = dtype.range();
    let value = m.choices.range(lo, hi);
    m.layer(Pad { window, value }, vec![at], [rows, cols, channels], dtype)
}
