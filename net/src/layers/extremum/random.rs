//! Random larger and smaller codes.

use super::{Extremum, Which};
use crate::layers::conv::random::detour;
use crate::random::Maker;

/// Of a value and constants, or of a value and what convolutions make of it, of one type.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let (shape, dtype, channels) = (m.image(at), m.dtype(at), m.image(at)[2]);
    let which = *m.choices.pick(&[Which::Largest, Which::Smallest]);
    if m.choices.chance(40) {
        let pixels = *m.choices.pick(&[1, shape[1], shape[0] * shape[1]]);
        let constants = m.codes_of(pixels * channels, dtype);
        return m.layer(Extremum { which, constants, channels }, vec![at], shape, dtype);
    }
    let mut inputs = vec![detour(m, at)?, at];
    if m.dtype(inputs[0]) != dtype {
        return None;
    }
    if m.choices.chance(50) {
        inputs.reverse();
    }
    m.layer(Extremum { which, constants: Vec::new(), channels }, inputs, shape, dtype)
}
