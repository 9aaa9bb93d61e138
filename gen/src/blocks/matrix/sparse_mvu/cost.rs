//! What a unit takes, from the number of entries in each row: planners ask for many foldings of one matrix.

use super::schedule::{bits_of, Folding, Schedule};
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
    /// Of a sum without bias.
    pub acc: u32,
}

/// All that a unit takes.
pub fn cost(s: &Schedule, f: Folding, w: Widths) -> Cost {
    let (pe, simd) = (s.pes.len() as u64, u64::from(f.simd));
    let entry = u64::from(w.weight + bits_of(s.beats.0) + bits_of(f.lanes));
    let (which, some) = s.pe_bits();
    let row = u64::from(f.out_lanes) * u64::from(which + some + s.index_bits() + w.bias);
    let vector = u64::from(s.places.0) * u64::from(s.beats.0);
    // Fitted to synthesized units: addresses, selected elements and sums of products; sums of rows and their selection.
    let multiplier = u64::from(bits_for_count(vector) + w.x * (f.lanes - 1) * 2 / 3 + w.x + w.weight);
    let mut cost = Cost::logic(100 + pe * simd * multiplier + pe * u64::from(2 * w.acc + 8))
        .multipliers(pe * simd, w.x, w.weight)
        .roms(1, s.steps, pe * (simd * entry + 1))
        .roms(1, s.beats.1.into(), row);
    for _ in 0..pe * simd {
        cost = cost.ram(vector, u64::from(f.lanes * w.x));
    }
    for _ in 0..pe {
        cost = cost.ram(u64::from(s.places.1) << s.index_bits(), w.acc.into());
    }
    cost
}
