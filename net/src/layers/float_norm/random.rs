//! Random norms of rows.

use super::{Affine, FloatNorm, NormKind};
use crate::random::{Dialect, Maker};

/// ONNX Runtime's float norms of the channels.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let shape = m.image(at);
    if m.dialect != Dialect::OrtInt {
        return None;
    }
    let kind = *m.choices.pick(&[NormKind::Layer, NormKind::Rms]);
    let (x, dtype) = (m.dtype(at), m.result_type());
    let (from, to) = (m.codes(x), m.codes(dtype));
    let each = if m.choices.chance(60) { shape[2] } else { 1 };
    let reals = |m: &mut Maker, about: f32| -> Vec<f32> {
        m.choices.numbers(each, 1000).into_iter().map(|v| about + v as f32 / 1500.0).collect()
    };
    let (gamma, beta) = (reals(m, 1.0), reals(m, 0.0));
    let epsilon = *m.choices.pick(&[1e-5, 1e-12, 0.0]);
    let norm = FloatNorm::new(kind, shape[2], [from, to], Affine { gamma: &gamma, beta: &beta, epsilon })?;
    let bounds = m.bounds(dtype, to.zero);
    m.layer(norm.within(bounds), vec![at], shape, dtype)
}
