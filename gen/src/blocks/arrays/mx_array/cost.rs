//! What the array, the scales and the sums of blocks take of a device.

use super::{mac_array, Accumulator, Checked, Config, Cost};
use crate::blocks::BlockConfig;

/// Of a configuration.
pub fn of(c: &Checked<Config>) -> Cost {
    let s = c.derived();
    let (rows, cols) = (u64::from(c.rows), u64::from(c.cols));
    let word = match c.accumulator {
        Accumulator::Exact => u64::from(s.total_bits + s.flags),
        Accumulator::Float32 => 32,
    };
    let mut cost = mac_array::Config::cost(&s.array);
    // Shifters of all places that a sum can lie at, and the rounding; or a float32 adder.
    cost.logic += cols * if c.accumulator == Accumulator::Exact { 12 * word } else { 2000 };
    let depth = u64::from(s.scale_depth());
    for lanes in [rows, cols] {
        cost.logic += 60;
        cost = cost.ram(depth, lanes * u64::from(c.scale_bits) + 1);
    }
    // A single row's sums stay in a register.
    cost.ram(rows, cols * word)
}
