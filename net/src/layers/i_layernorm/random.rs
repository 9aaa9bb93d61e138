//! Random integer norms of rows.

use super::{ILayerNorm, Mean, Root};
use crate::layers::parts::Numerator;
use crate::random::{Dialect, Maker};

/// Of the channels.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let shape = m.image(at);
    if m.dialect != Dialect::Dyadic {
        return None;
    }
    let root = *m.choices.pick(&[Root::Floor, Root::Newton, Root::NewtonHalf]);
    let (start, iterations) = (*m.choices.pick(&[16, 8]), *m.choices.pick(&[10, 3]));
    let mean = *m.choices.pick(&[Mean::Nearest, Mean::Zero, Mean::None]);
    let numerator = *m.choices.pick(&[Numerator::Less, Numerator::Whole]);
    let shift = if m.choices.chance(20) { 1 } else { 0 };
    let each = if m.choices.chance(60) { shape[2] } else { 1 };
    let bias = m.choices.numbers(each, 1 << 29);
    let dtype = m.result_type();
    let recode = m.recode(shape[2], 2f64.powi(30), dtype);
    let norm = ILayerNorm { columns: shape[2], mean, root, start, iterations, numerator, shift, bias, recode };
    m.layer(norm, vec![at], shape, dtype)
}
