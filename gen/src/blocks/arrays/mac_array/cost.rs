//! What an array takes of a device.

use super::cell::packed_bits;
use super::{Checked, Config, Cost, Dataflow, Mac};

/// Of a configuration.
pub fn of(c: &Checked<Config>) -> Cost {
    let (s, cell) = (c.derived(), &c.derived().cell);
    let elements = u64::from(c.rows) * u64::from(c.cols) / u64::from(c.mac.outs());
    let products = elements * u64::from(cell.depth);
    let bits = match (c.mac, cell.format) {
        (Mac::Plain, Some(f)) => [f.mantissa + 1; 2],
        (Mac::Plain, None) => [cell.a_bits(), cell.b_bits()],
        (Mac::Packed, _) => [cell.a_bits(), packed_bits(cell)],
        _ => [0; 2],
    };
    let multipliers = if bits[0] > 0 { products } else { 0 };
    // Operands pass registers, sums an adder, and what is no multiplier adds shifted rows.
    let product = if multipliers > 0 { 4 } else { 3 * u64::from(cell.b_bits().min(c.b_bits)) + 8 };
    let sums = elements * u64::from(c.mac.outs()) * u64::from(cell.vector_bits(s.acc_bits)) * 2;
    let mut cost = Cost::logic(100 + products * product + sums).multipliers(multipliers, bits[0], bits[1]);
    if c.mac.serial() && cell.digits() > 1 {
        for beat in [s.a_beat(c), s.b_beat(c)] {
            cost = cost.ram(2 * u64::from(s.k_tiles), beat.width().into());
        }
    }
    // A row's sums come back for each tile along k.
    let again = c.dataflow == Dataflow::WeightStationary && s.k_tiles > 1 && c.m > 1;
    let word = u64::from(cell.vector_bits(s.acc_bits)) * u64::from(c.cols);
    cost.ram(if again { c.m.into() } else { 0 }, word)
}
