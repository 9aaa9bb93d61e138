//! Random depthwise convolutions.

use super::Depthwise;
use crate::random::Maker;

/// Any window.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let window = m.window(at, true);
    let (channels, dtype) = (window.channels, m.dtype(at));
    let x_zero = m.zero(dtype);
    let (weights, reach) = m.weights(window.taps() * channels, window.taps(), at);
    let bias = m.bias(channels, reach);
    let dtype = m.result_type();
    let recode = m.recode(channels, reach, dtype);
    let [rows, cols] = window.out();
    m.layer(Depthwise { window, x_zero, weights, bias, recode }, vec![at], [rows, cols, channels], dtype)
}
