//! A matrix of which only what is not zero is multiplied: its foldings.

use niello_gen::blocks::sparse_mvu::{cost, Folding, Pattern, Schedule, Widths};
use niello_gen::device::DeviceModel;
use niello_gen::num::{bits_for_range, Range};

use super::matrix::{bits_of, Matrix};
use crate::layers::At;

/// Most PEs, banks and lanes.
const MOST: u64 = 256;

/// What foldings hang on.
pub struct Skipped<'a> {
    device: &'a DeviceModel,
    pattern: Pattern,
    /// Lanes divide it: channels that come together.
    channels: u32,
    widths: Widths,
}

impl<'a> Skipped<'a> {
    /// Of a matrix, for elements of so many bits, of which so many come together.
    pub fn new(m: &Matrix, channels: u32, at: &At<'a>) -> Skipped<'a> {
        let rows = || m.weights.chunks(m.columns().max(1) as usize);
        let of_row = |row: &[i64]| (0..).zip(row).filter(|(_, w)| **w != 0).map(|(k, _)| k).collect();
        let pattern = Pattern { inputs: m.columns(), rows: rows().map(of_row).collect() };
        let most = rows().map(|row| row.iter().map(|w| i128::from(w.abs())).sum::<i128>()).max().unwrap_or(0);
        let acc = bits_for_range(Range::new(-most << at.x_bits, most << at.x_bits), true);
        let bias = if m.bias.iter().all(|b| *b == m.bias[0]) { 0 } else { bits_of(m.bias) };
        let widths = Widths { x: at.x_bits, weight: bits_of(m.weights), bias, acc };
        Skipped { device: at.device, pattern, channels, widths }
    }

    /// The folding with the fewest multipliers, fewer than `below`, that takes at most `target` cycles a vector; of several the one that is
    /// worth the fewest tables, and how many.
    pub fn fold(&self, target: u64, below: u64) -> Option<(Folding, u64)> {
        let all = self.pattern.entries();
        if all == 0 || target == 0 {
            return None;
        }
        let least = all.div_ceil(target).max(1);
        // What cannot be dealt evenly: a half more, and then nothing is gained.
        let most = (least + least / 2 + 4).min(below.saturating_sub(1));
        (least..=most).find_map(|n| self.of(n, target).min_by_key(|(f, worth)| (*worth, f.pe, f.lanes)))
    }

    /// All foldings of so many multipliers within the target.
    fn of(&self, multipliers: u64, target: u64) -> impl Iterator<Item = (Folding, u64)> + '_ {
        let rows = self.pattern.rows.len() as u64;
        let simds = (1..=MOST.min(self.pattern.inputs.into()).min(multipliers))
            .filter(move |simd| multipliers.is_multiple_of(*simd) && multipliers / simd <= MOST.min(rows));
        simds.flat_map(move |simd| self.lanes(simd as u32, target).map(move |lanes| (simd as u32, lanes))).filter_map(
            move |(simd, lanes)| {
                let pe = (multipliers / u64::from(simd)) as u32;
                let enough = |out: &u32| pe.is_multiple_of(*out) && rows.div_ceil((*out).into()) <= target;
                let f = Folding { pe, simd, lanes, out_lanes: (1..=pe).find(enough)? };
                let schedule = Schedule::within(&self.pattern, f, target)?;
                Some((f, self.device.worth(self.device.resources(&cost(&schedule, f, self.widths)))))
            },
        )
    }

    /// The fewest lanes in which vectors come in time, and the next more, which may be worth fewer tables.
    fn lanes(&self, simd: u32, target: u64) -> impl Iterator<Item = u32> + '_ {
        let least = u64::from(self.pattern.inputs).div_ceil(target);
        let divides = move |lanes: &u32| self.channels.is_multiple_of(*lanes);
        (least as u32..=simd).filter(divides).take(2)
    }
}
