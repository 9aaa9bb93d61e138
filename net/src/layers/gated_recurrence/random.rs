//! Random recurrences.

use super::GatedRecurrence;
use crate::layers::conv::random::detour;
use crate::layers::Table;
use crate::random::{Dialect, Maker};
use crate::DType;

/// Of a value, and of gates that a function of its codes, or of what convolutions make of it, gives.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    if m.dialect != Dialect::Dyadic || m.dtype(at) != DType::I8 {
        return None;
    }
    let [rows, columns, channels] = m.image(at);
    let other = if m.choices.chance(50) { detour(m, at)? } else { at };
    if m.dtype(other) != DType::I8 {
        return None;
    }
    let entries = m.codes_of(256, DType::U8);
    let gates = m.layer(Table { lowest: -128, entries }, vec![other], [rows, columns, channels], DType::U8)?;
    let up = *m.choices.pick(&[8, 0, 3]);
    let dtype = if up == 0 { DType::I8 } else { DType::Bits { bits: 8 + up as u8, signed: true } };
    m.layer(GatedRecurrence { channels, gate_bits: 8, up }, vec![gates, at], [rows, columns, channels], dtype)
}
