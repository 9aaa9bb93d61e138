//! What a requantizer takes of a device.

use super::form::Kind;
use super::{Checked, Config, Cost};
use crate::num::{bits_for_range, bits_for_unsigned, Range};

/// Bits in which constants of so many bits differ: synthesis removes the others of a memory.
fn varying(values: &[i64], bits: u32) -> u64 {
    let differ = values.iter().fold(0, |all, v| all | (v ^ values[0]));
    (differ & ((1 << bits) - 1)).count_ones().into()
}

/// Of a configuration.
pub fn of(c: &Checked<Config>) -> Cost {
    let form = c.derived();
    let m = form.multiplier_bits();
    let most = c.acc_min.unsigned_abs().max(c.acc_max.unsigned_abs());
    let magnitude = bits_for_unsigned(most.into());
    // The product's other operand, and half-tables for each bit of a sum.
    let (operand, per_bit_halves) = match form.kind {
        Kind::HalfEven => (c.acc_bits, 9),
        Kind::Affine => (c.acc_bits, if m == 1 { 3 } else { 8 }),
        Kind::SignMagnitude => (magnitude + 1, 13),
        Kind::TieWindow { .. } => (magnitude.min(24) + 1, if m == 1 { 20 } else { 31 }),
        Kind::Double => (c.acc_bits, 15),
    };
    let (lanes, digit) = (u64::from(c.lanes), u64::from(c.digit));
    // Shifted sums: one adder for each bit of a digit.
    let sums = if digit > 0 { u64::from(c.acc_bits) * (2 * digit - 1) + u64::from(m) * digit / 2 } else { 0 };
    let rights: Vec<i64> = form.rights.iter().map(|r| i64::from(*r)).collect();
    let ends = |v: Option<&i64>| v.copied().unwrap_or(0).into();
    let offset_bits = bits_for_range(Range::new(ends(c.offsets.iter().min()), ends(c.offsets.iter().max())), true);
    let constants = varying(&form.multipliers, m)
        + varying(&rights, 32)
        + varying(&form.biases, form.bias_bits())
        + varying(&c.offsets, offset_bits);
    Cost::logic(lanes * (u64::from(c.acc_bits) * per_bit_halves / 2 + sums))
        .roms(1, c.channels.div_ceil(c.lanes).into(), lanes * constants)
        // A power of two is no multiplication.
        .multipliers(if digit > 0 { 0 } else { lanes }, operand, if m == 1 { 1 } else { m + 1 })
}
