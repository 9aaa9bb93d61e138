//! Random rows of a softmax.

use super::FloatSoftmax;
use crate::random::{Dialect, Maker};
use crate::Codes;

/// ONNX Runtime's float softmax of the channels.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let shape = m.image(at);
    if m.dialect != Dialect::OrtInt {
        return None;
    }
    let (x, dtype) = (m.dtype(at), m.result_type());
    let scale = f64::from(m.codes(x).scale);
    let zero = dtype.range().0;
    let to = Codes { scale: *m.choices.pick(&[1.0 / 256.0, 1.0 / 255.0, 0.002]), zero, dtype };
    let bounds = if m.choices.chance(20) { (zero, zero + 100) } else { dtype.range() };
    m.layer(
        FloatSoftmax { columns: shape[2], scale, out_scale: f64::from(to.scale), to, bounds },
        vec![at],
        shape,
        dtype,
    )
}
