//! Random rows of a shiftmax.

use super::{Half, Numerator, ShiftExp, Shiftmax};
use crate::random::{Dialect, Maker};
use crate::DType;

/// Of the channels.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let shape = m.image(at);
    if m.dialect != Dialect::Dyadic {
        return None;
    }
    let exp = exponential(m, 15);
    let bits = *m.choices.pick(&[8, 16, 11]);
    let dtype = DType::Bits { bits: bits as u8, signed: false };
    let dtype = if bits == 8 { DType::U8 } else { dtype };
    // What follows takes codes with their sign.
    m.layer(Shiftmax { columns: shape[2], exp, bits }, vec![at], shape, dtype)
}

/// An exponential down to `2^-octaves`.
pub fn exponential(m: &mut Maker, octaves: u32) -> ShiftExp {
    let inverse_scale = *m.choices.pick(&[16, 1, 5, 37, 100]);
    let half = *m.choices.pick(&[Half::Floor, Half::Keep]);
    let numerator = *m.choices.pick(&[Numerator::Less, Numerator::Whole]);
    ShiftExp { inverse_scale, octaves, half, numerator }
}
