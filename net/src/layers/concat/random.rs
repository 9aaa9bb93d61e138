//! Random concatenations.

use super::Concat;
use crate::layers::conv::random::detour;
use crate::random::Maker;

/// A value beside itself, or beside what convolutions make of it, of one type.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let mut parts = vec![at; 1 + m.choices.below(2) as usize];
    let long = if m.choices.chance(70) { detour(m, at)? } else { at };
    if m.dtype(long) != m.dtype(at) {
        return None;
    }
    let place = m.choices.below(parts.len() as u64 + 1) as usize;
    parts.insert(place, long);
    let [height, width, channels] = m.image(at);
    let (dtype, channels) = (m.dtype(at), vec![channels; parts.len()]);
    let total = channels.iter().sum();
    m.layer(Concat { channels }, parts, [height, width, total], dtype)
}
