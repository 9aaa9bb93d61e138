//! Random rows of a softmax.

use super::Softmax;
use crate::random::{Dialect, Maker};
use crate::DType;

/// TFLite's int8 softmax of the channels.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let (shape, dtype) = (m.image(at), m.dtype(at));
    if shape[2] < 2 || dtype != DType::I8 || m.dialect != Dialect::TfliteRef {
        return None;
    }
    let scale = m.codes(dtype).scale;
    m.layer(Softmax::new(shape[2], 1.0, scale)?, vec![at], shape, dtype)
}
