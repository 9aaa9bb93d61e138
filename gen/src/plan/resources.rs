//! What a plan takes of a device with 18 x 18 multipliers, 18-kbit block RAMs and 4-input tables (ECP5).
//!
//! Multipliers and block RAMs follow the rules by which Yosys maps them, LUTs a fit to synthesized stages: tests/synth.rs compares all
//! three with synthesis.

use super::memories::{cut_rom, ram, rom};
use super::{Plan, Stage, StageBlock};
use crate::blocks::pool::Kind;
use crate::blocks::requant::form;
use crate::blocks::{mvu, requant, threshold, Checked};
use crate::num::bits_for_unsigned;

/// Of a device, or what is taken of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resources {
    /// 18 x 18 multipliers.
    pub dsps: u64,
    /// 18-kbit block RAMs.
    pub block_rams: u64,
    /// 4-input tables, carries included: an estimate.
    pub luts: u64,
}

impl Resources {
    pub(super) fn plus(self, other: Resources) -> Resources {
        Resources {
            dsps: self.dsps + other.dsps,
            block_rams: self.block_rams + other.block_rams,
            luts: self.luts + other.luts,
        }
    }
}

/// Most of each, where there is a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// 18 x 18 multipliers.
    pub dsps: Option<u64>,
    /// 18-kbit block RAMs.
    pub block_rams: Option<u64>,
    /// 4-input tables.
    pub luts: Option<u64>,
}

impl Budget {
    /// What exceeds it, if anything does: name, how many are taken, how many there are.
    pub fn exceeded(&self, r: &Resources) -> Option<(&'static str, u64, u64)> {
        [("DSPs", r.dsps, self.dsps), ("block RAMs", r.block_rams, self.block_rams), ("LUTs", r.luts, self.luts)]
            .into_iter()
            .find_map(|(what, taken, most)| most.filter(|m| taken > *m).map(|m| (what, taken, m)))
    }
}

impl Plan {
    /// What all stages take.
    pub fn resources(&self) -> Resources {
        total(&self.stages)
    }
}

/// What these stages take.
pub(super) fn total(stages: &[Stage]) -> Resources {
    stages.iter().map(Stage::resources).fold(Resources::default(), Resources::plus)
}

pub(super) fn luts(n: u64) -> Resources {
    Resources { luts: n, ..Resources::default() }
}

/// Multipliers of a product of two signed numbers: pieces of 17 bits; what is left of one or two bits is added in LUTs.
fn product(a: u32, b: u32) -> u64 {
    let pieces = |w: u32| u64::from(w / 17 + u32::from(w % 17 > 2)).max(1);
    if a.min(b) <= 1 {
        return 0;
    }
    pieces(a) * pieces(b)
}

impl Stage {
    /// What this stage takes.
    pub fn resources(&self) -> Resources {
        match &self.block {
            StageBlock::Mvu(c) => matrix(c),
            StageBlock::Requant(c) => requantizer(c),
            StageBlock::Threshold(c) => comparisons(c),
            StageBlock::Lut(c) => {
                let one = rom(1 << c.in_bits, c.out_bits.into());
                (0..c.lanes).fold(luts(2), |sum, _| sum.plus(one))
            }
            StageBlock::Width(c) => luts(u64::from(c.in_lanes + c.out_lanes) * u64::from(c.bits) * 9 / 2),
            StageBlock::Window(c) => ram(c.derived().capacity.into(), u64::from(c.lanes * c.bits)).plus(luts(260)),
            StageBlock::Depthwise(c) => {
                let l = c.derived();
                let (lanes, groups) = (u64::from(c.lanes), u64::from(l.groups));
                let products = lanes * product(c.x_bits, l.cell.b_bits());
                rom(groups * u64::from(c.taps), lanes * u64::from(l.cell.b_bits()))
                    .plus(rom(groups, lanes * u64::from(l.bias_bits)))
                    .plus(Resources { dsps: products, ..luts(60 + 50 * lanes) })
            }
            StageBlock::Pool(c) => {
                let s = c.derived();
                let held = if s.ram { ram(s.groups.into(), u64::from(c.lanes * s.bits)) } else { luts(0) };
                // Each place that a float32 sum can be rounded at has its own rounding.
                let places = if c.kind == Kind::Float32 { (s.bits + 1).saturating_sub(24) } else { 0 };
                held.plus(luts(30 + (60 + 70 * u64::from(places)) * u64::from(c.lanes)))
            }
            StageBlock::Fifo(c) => ram(c.depth.into(), u64::from(c.lanes * c.bits + 1)).plus(luts(80)),
            StageBlock::Eltwise(c) => {
                let lanes = u64::from(c.lanes);
                let sum = c.kind == crate::blocks::eltwise::Kind::Add;
                let dsps = if sum { 0 } else { lanes * product(c.a_bits, c.b_bits) };
                let constants = rom(c.constants.len() as u64 / lanes, lanes * u64::from(c.b_bits));
                constants.plus(Resources { dsps, ..luts(lanes * u64::from(c.derived().bits) + 10) })
            }
            StageBlock::Concat(c) => luts(20 + u64::from(c.lanes * c.bits) * c.channels.len() as u64 / 2),
            StageBlock::Pad(c) => luts(20 + u64::from(c.lanes * c.bits)),
            StageBlock::Softmax(c) => {
                let dsps = product(32, 32);
                rom(256, 31).plus(ram(2 * u64::from(c.classes), 8)).plus(Resources { dsps, ..luts(800) })
            }
            StageBlock::Upsample(c) => {
                let row = u64::from(c.width) * u64::from(c.channels / c.lanes);
                ram(2 * row, u64::from(c.lanes * c.bits)).plus(luts(100))
            }
            StageBlock::Permute(c) => ram(2 * c.derived().row, u64::from(c.lanes * c.bits)).plus(luts(100)),
            StageBlock::DepthToSpace(c) => {
                let row = u64::from(c.width) * u64::from(c.channels / c.lanes);
                ram(2 * row, u64::from(c.lanes * c.bits)).plus(luts(100))
            }
        }
    }
}

fn matrix(c: &Checked<mvu::Config>) -> Resources {
    let l = c.derived();
    let (pe, simd, groups) = (u64::from(c.pe), u64::from(c.simd), u64::from(c.groups));
    let (nf, sf) = (u64::from(l.nf), u64::from(l.sf));
    let each = product(c.x_bits, l.weight_bits);
    cut_rom(groups * nf * sf, pe * simd * u64::from(l.weight_bits), c.split.into())
        .plus(rom(groups * nf, pe * u64::from(l.bias_bits)))
        .plus(ram(2 * sf, simd * u64::from(c.x_bits)))
        .plus(Resources { dsps: pe * simd * each, ..luts(190 + pe * simd * 47 / 2) })
}

/// Every comparison of the search has a memory twice as deep as the one before.
fn comparisons(c: &Checked<threshold::Config>) -> Resources {
    let s = c.derived();
    let level = |k: u32| rom(u64::from(s.held) << k, s.bits.into());
    let each = u64::from(s.depth * c.acc_bits);
    let lane = (0..s.depth).map(level).fold(luts(each), Resources::plus);
    let named = rom(
        c.which.len().div_ceil(c.lanes as usize) as u64,
        u64::from(c.lanes * bits_for_unsigned((s.sets - 1).into())),
    );
    (0..c.lanes).fold(if c.which.is_empty() { luts(10) } else { named }, |sum, _| sum.plus(lane))
}

/// Bits in which constants differ: synthesis removes the others of a memory.
fn varying(values: &[i64]) -> u64 {
    let differ = values.iter().fold(0, |all, v| all | (v ^ values[0]));
    differ.count_ones().into()
}

fn requantizer(c: &Checked<requant::Config>) -> Resources {
    let form = c.derived();
    let m = form.multiplier_bits();
    let most = c.acc_min.unsigned_abs().max(c.acc_max.unsigned_abs());
    let magnitude = bits_for_unsigned(most.into());
    let (dsps, per_bit_halves) = match form.kind {
        form::Kind::Affine => (product(c.acc_bits, m + 1), if m == 1 { 3 } else { 8 }),
        form::Kind::SignMagnitude => (product(magnitude + 1, m + 1), 13),
        form::Kind::TieWindow { .. } => (product(magnitude.min(24) + 1, m + 1), if m == 1 { 20 } else { 31 }),
        form::Kind::Double => (product(c.acc_bits, m + 1), 32),
    };
    // A power of two is no multiplication.
    let dsps = if m == 1 || c.digit > 0 { 0 } else { dsps };
    // Shifted sums: one adder for each bit of a digit.
    let digit = u64::from(c.digit);
    let sums = if digit > 0 { u64::from(c.acc_bits) * (2 * digit - 1) + u64::from(m) * digit / 2 } else { 0 };
    let lanes = u64::from(c.lanes);
    let rights: Vec<i64> = form.rights.iter().map(|r| i64::from(*r)).collect();
    let constants = varying(&form.multipliers) + varying(&rights) + varying(&form.biases);
    rom(u64::from(c.channels.div_ceil(c.lanes)), lanes * constants)
        .plus(Resources { dsps: lanes * dsps, ..luts(lanes * (u64::from(c.acc_bits) * per_bit_halves / 2 + sums)) })
}
