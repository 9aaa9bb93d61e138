//! Random turns.

use super::Rotary;
use crate::random::{Dialect, Maker};

/// Of neighbouring channels.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let shape = m.image(at);
    let columns = shape[2];
    if m.dialect != Dialect::Dyadic || !columns.is_multiple_of(2) {
        return None;
    }
    let fraction = *m.choices.pick(&[14, 7]);
    let pairs = shape.iter().product::<u32>() / 2;
    let [cosines, sines] = [0; 2].map(|_| m.choices.numbers(pairs, 1 << fraction));
    let dtype = m.dtype(at);
    m.layer(Rotary { columns, fraction, cosines, sines, dtype }, vec![at], shape, dtype)
}
