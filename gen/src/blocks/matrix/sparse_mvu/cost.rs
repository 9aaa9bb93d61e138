//! What a unit takes, from where its matrix is not zero: planners ask for many foldings of one matrix.

use super::schedule::{bits_of, Folding, Schedule, VECTORS};
use crate::blocks::Cost;
use crate::num::bits_for_count;

/// Widths that memories hang on.
#[derive(Clone, Copy, Debug)]
pub struct Widths {
    /// Of an element of a vector.
    pub x: u32,
    /// Of a weight.
    pub weight: u32,
    /// Of a bias; 0: all are equal.
    pub bias: u32,
    /// Of a multiplier's sum.
    pub acc: u32,
}

/// All that a unit takes.
pub fn cost(s: &Schedule, f: Folding, w: Widths) -> Cost {
    let multipliers = s.workers.len() as u64;
    let (depth, steps) = (s.depth(), multipliers * u64::from(w.weight + bits_of(s.depth()) + 1));
    let beat = u64::from(f.simd) * s.beat_fields(f.lanes).iter().map(|b| u64::from(*b)).sum::<u64>();
    let [pe, index, some] = s.row_fields(f.out_lanes);
    let row = u64::from(f.out_lanes) * u64::from(pe + w.bias + f.simd * (index + some));
    let vector = u64::from(VECTORS * depth);
    // Fitted to synthesized units: an address, a sum of products and its part of a row's sum.
    let multiplier = u64::from(bits_for_count(vector) + 3 * w.acc + 8);
    let mut cost = Cost::logic(110 + multipliers * multiplier)
        .multipliers(multipliers, w.x, w.weight)
        .roms(1, s.steps, steps)
        .roms(1, s.beats.0.into(), beat)
        .roms(1, s.beats.1.into(), row);
    for _ in 0..multipliers {
        cost = cost.ram(vector, w.x.into()).ram(u64::from(s.places) << s.index_bits(), w.acc.into());
    }
    cost
}
