//! Random convolutions.

use super::Conv;
use crate::layers::Dense;
use crate::random::Maker;
use crate::Window;

/// Any window, one to six outputs.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let (window, outputs) = (m.window(at, true), 1 + m.choices.below(6) as u32);
    through(m, at, window, outputs)
}

/// A convolution with this window.
pub fn through(m: &mut Maker, at: usize, window: Window, outputs: u32) -> Option<usize> {
    let (patch, x_zero) = (window.taps() * window.channels, m.dtype(at));
    let x_zero = m.zero(x_zero);
    let (weights, reach) = m.weights(outputs * patch, patch, at);
    let bias = m.bias(outputs, reach);
    let dtype = m.result_type();
    let recode = Some(m.recode(outputs, reach, dtype));
    let [rows, cols] = window.out();
    let dense = Dense { x_zero, weights, bias, recode };
    m.layer(Conv { window, dense }, vec![at], [rows, cols, outputs], dtype)
}

/// What one or two convolutions make of a value: another one of its shape.
pub fn detour(m: &mut Maker, at: usize) -> Option<usize> {
    let [height, width, channels] = m.image(at);
    let mut end = at;
    for _ in 0..1 + m.choices.below(2) {
        let kernel = [height, width].map(|n| if n > 2 && m.choices.chance(70) { 3 } else { 1 });
        let (y, x) = (kernel[0] / 2, kernel[1] / 2);
        let (stride, dilation) = ([1, 1], [1, 1]);
        let window = Window { height, width, channels, kernel, stride, dilation, pads: [y, x, y, x] };
        end = through(m, end, window, channels)?;
    }
    Some(end)
}
