//! A matrix of which only what is not zero is multiplied: its foldings.

use niello_gen::blocks::sparse_mvu::{cost, Folding, Schedule, Widths};
use niello_gen::device::DeviceModel;
use niello_gen::num::{bits_for_range, Range};

use super::matrix::{bits_of, Matrix};
use crate::layers::At;

/// Most PEs, multipliers of one, and lanes.
const MOST: [u32; 3] = [256, 64, 256];

/// What foldings hang on.
pub struct Skipped<'a> {
    device: &'a DeviceModel,
    inputs: u32,
    /// Weights of each row that are not zero.
    entries: Vec<u64>,
    widths: Widths,
}

impl<'a> Skipped<'a> {
    /// Of a matrix, for elements of so many bits.
    pub fn new(m: &Matrix, at: &At<'a>) -> Skipped<'a> {
        let rows = || m.weights.chunks(m.columns().max(1) as usize);
        let entries = rows().map(|row| row.iter().filter(|w| **w != 0).count() as u64).collect();
        let most = rows().map(|row| row.iter().map(|w| i128::from(w.abs())).sum::<i128>()).max().unwrap_or(0);
        let reach = most << at.x_bits;
        let acc = bits_for_range(Range::new(-reach, reach), true);
        let bias = if m.bias.iter().all(|b| *b == m.bias[0]) { 0 } else { bits_of(m.bias) };
        let widths = Widths { x: at.x_bits, weight: bits_of(m.weights), bias, acc };
        Skipped { device: at.device, inputs: m.columns(), entries, widths }
    }

    /// The folding with the fewest multipliers, fewer than `below`, that takes at most `target` cycles a vector; of several the one that is
    /// worth the fewest tables, and how many.
    pub fn fold(&self, target: u64, below: u64) -> Option<(Folding, u64)> {
        let (all, longest) = (self.entries.iter().sum::<u64>(), self.entries.iter().copied().max().unwrap_or(0));
        if longest == 0 || target == 0 {
            return None;
        }
        // As few as there may be; and more, with which vectors are there in time without a third place for them.
        let lanes = [target, target * 3 / 4, target / 2].map(|within| u64::from(self.inputs).div_ceil(within.max(1)));
        let rows = self.entries.len() as u32;
        let least = all.div_ceil(target);
        // Rows that do not divide evenly: a half more, and then nothing is gained.
        let most = (least + least / 2 + 4).min(below.saturating_sub(1));
        let of = |multipliers: u64| {
            (1..=MOST[1].min(longest as u32)).filter_map(move |simd| {
                let pe = multipliers / u64::from(simd);
                (pe * u64::from(simd) == multipliers && pe <= rows.min(MOST[0]).into()).then_some((pe as u32, simd))
            })
        };
        let foldings = |multipliers| {
            let wide = |(pe, simd)| {
                let lanes = lanes.iter().filter(|l| **l <= MOST[2].into());
                lanes.filter_map(move |lanes| self.within(pe, simd, *lanes as u32, target))
            };
            of(multipliers).flat_map(wide).min_by_key(|(f, worth)| (*worth, f.pe, f.lanes))
        };
        (least.max(1)..=most).find_map(foldings)
    }

    /// With as few lanes for results as keep the target, if any do.
    fn within(&self, pe: u32, simd: u32, lanes: u32, target: u64) -> Option<(Folding, u64)> {
        let rows = self.entries.len() as u64;
        let enough = |out: &u32| pe.is_multiple_of(*out) && rows.div_ceil((*out).into()) <= target;
        let out_lanes = (1..=pe).find(enough)?;
        let f = Folding { pe, simd, lanes, out_lanes };
        let schedule = Schedule::new(&self.entries, self.inputs, f);
        let worth = || self.device.worth(self.device.resources(&cost(&schedule, f, self.widths)));
        (schedule.ii() <= target).then(|| (f, worth()))
    }
}
