//! Random rows of a softmax.

use super::Softmax;
use crate::random::{Dialect, Maker};
use crate::DType;

/// TFLite's softmax of the channels.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let (shape, dtype) = (m.image(at), m.dtype(at));
    if shape[2] < 2 || m.dialect != Dialect::TfliteRef {
        return None;
    }
    let scale = m.codes(dtype).scale;
    let softmax = Softmax::new(shape[2], 1.0, scale)?;
    let softmax = if dtype == DType::U8 { softmax.of_unsigned() } else { softmax };
    m.layer(softmax, vec![at], shape, dtype)
}
