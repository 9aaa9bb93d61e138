//! Random dense layers.

use super::Dense;
use crate::random::Maker;

/// All elements make one to six outputs: the channels of one pixel.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let (columns, outputs) = (m.image(at).iter().product(), 1 + m.choices.below(6) as u32);
    let dtype = m.dtype(at);
    let x_zero = m.zero(dtype);
    let (weights, reach) = m.weights(outputs * columns, columns, at);
    let bias = m.bias(outputs, reach);
    let dtype = m.result_type();
    let recode = Some(m.recode(outputs, reach, dtype));
    m.layer(Dense { x_zero, weights, bias, recode }, vec![at], [1, 1, outputs], dtype)
}
