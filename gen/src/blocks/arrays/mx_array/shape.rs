//! What follows from a configuration: the array inside, widths, timing.

use super::{mac_array, Accumulator, Config, Format, ScaleFormat};
use crate::blocks::parts::float32;
use crate::blocks::{BlockConfig, Checked, Contract};
use crate::ir::BeatShape;
use crate::num::bits_for_unsigned;

/// Derived facts.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The array that sums blocks; its sums leave in fixed point.
    pub array: Checked<mac_array::Config>,
    /// Tiles of a frame.
    pub tiles: u32,
    /// Steps of a block.
    pub steps: u32,
    /// Cycles from block to block.
    pub period: u32,
    /// Cycles until a sum can be added to again.
    pub distance: u32,
    /// Bits of a block's sum.
    pub partial_bits: u32,
    /// Flags above a block's sum: NaN, then both infinities.
    pub array_flags: u32,
    /// Flags above a scaled sum: NaN scales add one.
    pub flags: u32,
    /// The largest sum of two scale codes, each counted from the lowest one.
    pub most_shift: u32,
    /// A scaled block sum of shift 0 counts `2^unit`.
    pub unit: i32,
    /// Bits of an exact sum of all blocks.
    pub total_bits: u32,
}

impl Shape {
    /// Derives everything.
    pub fn new(c: &Config, array: Checked<mac_array::Config>) -> Shape {
        let cell = array.derived().cell;
        let tiles = c.m.div_ceil(c.rows) * c.n.div_ceil(c.cols);
        let steps = array.derived().k_tiles;
        let rounded = c.accumulator == Accumulator::Float32;
        let distance = if rounded { float32::ADD_STAGES + 2 } else { 2 } - u32::from(c.rows == 1);
        let array_flags = c.format.minifloat().map_or(0, mac_array::flags);
        let e8m0 = c.scale == ScaleFormat::E8m0;
        let (most, lowest) = match c.scale {
            ScaleFormat::E8m0 => (254, -127),
            ScaleFormat::Exponent => ((1 << c.scale_bits) - 1, -(1 << (c.scale_bits - 1))),
        };
        let product = match c.format.minifloat() {
            Some(f) => mac_array::product_unit(f, cell.l_mul()),
            // MXINT: two bits before the binary point.
            None if e8m0 => 4 - (c.a_bits + c.b_bits) as i32,
            None => 0,
        };
        let partial_bits = array.derived().acc_bits;
        Shape {
            tiles,
            steps,
            period: steps.max(c.rows).max(distance),
            distance,
            partial_bits,
            array_flags,
            flags: array_flags.max(e8m0.into()),
            most_shift: 2 * most,
            unit: product + 2 * lowest,
            total_bits: partial_bits + 2 * most + bits_for_unsigned((c.blocks - 1).into()),
            array: array.variant("_fixed", |s| {
                s.cell.fixed = c.format != Format::Int;
                s.least_cycles = distance;
            }),
        }
    }

    /// A beat of `a_scale_axis` or `b_scale_axis`.
    pub fn scale_beat(&self, c: &Config, lanes: u32) -> BeatShape {
        BeatShape::new(lanes, c.scale_bits, c.scale == ScaleFormat::Exponent)
    }

    /// Elements of a frame on each input.
    pub fn frame_elements(&self, c: &Config) -> Vec<usize> {
        let blocks = self.tiles as usize * c.blocks as usize;
        let beats = blocks * self.steps as usize;
        let (rows, cols, depth) = (c.rows as usize, c.cols as usize, c.depth as usize);
        vec![beats * rows * depth, beats * cols * depth, blocks * rows, blocks * cols]
    }

    /// Beats of scales that can wait: those of the blocks that the array has in flight.
    pub fn scale_depth(&self) -> u32 {
        let latency = mac_array::Config::contract(&self.array, &[]).latency as u32;
        2 + latency.div_ceil(self.period)
    }

    /// Exact timing.
    pub fn contract(&self, c: &Config) -> Contract {
        let (blocks, period) = (u64::from(self.tiles) * u64::from(c.blocks), u64::from(self.period));
        let through = if c.accumulator == Accumulator::Float32 { 4 + u64::from(float32::ADD_STAGES) } else { 6 };
        let array = mac_array::Config::contract(&self.array, &[]).latency;
        Contract { latency: (blocks - 1) * period + array + through, ii: blocks * period }
    }

    /// The rounding in a line.
    pub fn rounding_text(&self, c: &Config) -> String {
        match c.accumulator {
            Accumulator::Exact => {
                format!("{} bits, exact; rounded to float32 once, half to even", self.total_bits)
            }
            Accumulator::Float32 => "float32, rounded half to even after every block; blocks exact".into(),
        }
    }
}
