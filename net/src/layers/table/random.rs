//! Random functions of a code.

use super::Table;
use crate::random::Maker;

/// A clamped line, which says most about where an element went, or any function.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let ((lo, hi), to) = (m.dtype(at).range(), m.result_type());
    let (min, max) = to.range();
    let any = m.choices.chance(30);
    let entries = if any {
        m.codes_of((hi - lo + 1) as u32, to)
    } else {
        let zero = m.zero(to);
        (lo..=hi).map(|q| (q - lo + zero).clamp(min, max)).collect()
    };
    let shape = m.image(at);
    m.layer(Table { lowest: lo, entries }, vec![at], shape, to)
}
