//! Random means in float32.

use super::FloatMean;
use crate::random::{Dialect, Maker};

/// ONNX Runtime's: of the same scale, which makes ties, or of another one.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let window = m.window(at, false);
    if window.taps() == 1 || m.dialect != Dialect::OrtInt {
        return None;
    }
    let dtype = m.dtype(at);
    let from = m.codes(dtype);
    let to = if m.choices.chance(50) {
        from
    } else {
        let dtype = m.result_type();
        m.codes(dtype)
    };
    let (count_outside, bounds) = (m.choices.chance(50), m.bounds(to.dtype, to.zero));
    let shift = if m.choices.chance(50) { to.unsigned_shift() } else { 0 };
    let mean = FloatMean { window, from, to, count_outside, shift, bounds };
    let ([rows, cols], channels) = (window.out(), window.channels);
    m.layer(mean, vec![at], [rows, cols, channels], to.dtype)
}
