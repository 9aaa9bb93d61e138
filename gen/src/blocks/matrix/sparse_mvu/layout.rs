//! What follows from a configuration: entries, their schedule, proven widths.

use super::program::Entry;
use super::schedule::{Folding, Pattern, Schedule};
use super::Config;
use crate::num::{bits_for_range, range_of, Range};

/// The matrix as the hardware holds it.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The weights as given, for the golden model.
    pub given: Vec<i64>,
    /// The biases as given.
    pub given_bias: Vec<i64>,
    /// `bias - x_zero * sum_k (w - w_zero)`.
    pub bias: Vec<i64>,
    /// Weights of each row that are not zero, zero point subtracted.
    pub entries: Vec<Vec<Entry>>,
    /// Who multiplies what, and when.
    pub schedule: Schedule,
    /// Bits of a weight.
    pub weight_bits: u32,
    /// Range of every sum of a multiplier.
    pub acc: Range,
    /// Range of the results.
    pub result: Range,
}

/// Bits of each of some numbers and zero.
fn bits(values: impl Iterator<Item = i64>) -> u32 {
    let range = values.fold(Range::new(0, 0), |r, v| r.union(Range::new(v.into(), v.into())));
    bits_for_range(range, true)
}

impl Layout {
    /// Leaves zeros out, deals rows to PEs and proves the widths.
    pub fn new(c: &Config, given: Vec<i64>, given_bias: Vec<i64>) -> Layout {
        let entry = |(k, w): (usize, &i64)| Entry { column: k as u32, weight: w - c.w_zero };
        let of_row = |row: &[i64]| row.iter().enumerate().map(entry).filter(|e| e.weight != 0).collect();
        let entries: Vec<Vec<Entry>> = given.chunks(c.inputs as usize).map(of_row).collect();
        let total = |row: &Vec<Entry>| row.iter().map(|e| e.weight).sum::<i64>();
        let bias: Vec<i64> = entries.iter().zip(&given_bias).map(|(row, b)| b - c.x_zero * total(row)).collect();

        // Zero is among an element's values, so a partial sum is within the row's range.
        let x = range_of(c.x_bits, c.x_signed).unwrap_or(Range::new(0, 0));
        let term = |(lo, hi): (i128, i128), e: &Entry| {
            let (a, b) = (i128::from(e.weight) * x.lo, i128::from(e.weight) * x.hi);
            (lo + a.min(b), hi + a.max(b))
        };
        let sums: Vec<(i128, i128)> = entries.iter().map(|row| row.iter().fold((0, 0), term)).collect();
        let columns = |row: &Vec<Entry>| row.iter().map(|e| e.column).collect();
        let pattern = Pattern { inputs: c.inputs, rows: entries.iter().map(columns).collect() };
        let schedule = Schedule::new(&pattern, c.folding());
        let mut bank_of = vec![0; c.inputs as usize];
        for (bank, columns) in schedule.banks.iter().enumerate() {
            columns.iter().for_each(|k| bank_of[*k as usize] = bank);
        }
        let of_banks = |row: &Vec<Entry>| {
            let mut sums = vec![(0, 0); schedule.banks.len()];
            row.iter().for_each(|e| sums[bank_of[e.column as usize]] = term(sums[bank_of[e.column as usize]], e));
            sums
        };
        let acc = entries.iter().flat_map(of_banks).fold(Range::new(0, 0), |r, s| r.union(Range::new(s.0, s.1)));
        let results = sums.iter().zip(&bias).map(|(s, b)| Range::new(s.0 + i128::from(*b), s.1 + i128::from(*b)));
        let result = results.reduce(Range::union).unwrap_or(acc);

        let weight_bits = bits(entries.iter().flatten().map(|e| e.weight));
        Layout { given, given_bias, bias, entries, schedule, weight_bits, acc, result }
    }

    /// Products of a vector.
    pub fn products(&self) -> u64 {
        self.entries.iter().map(|row| row.len() as u64).sum()
    }

    /// Bits of a sum without bias.
    pub fn acc_bits(&self) -> u32 {
        bits_for_range(self.acc, true)
    }

    /// Bits of a result: two at least, as `requant` takes them, also where every sum is zero.
    pub fn result_bits(&self) -> u32 {
        bits_for_range(self.result, true).max(2)
    }

    /// Bits of an effective bias.
    pub fn bias_bits(&self) -> u32 {
        bits(self.bias.iter().copied())
    }

    /// All rows have this bias.
    pub fn only_bias(&self) -> Option<i64> {
        let first = self.bias.first().copied()?;
        self.bias.iter().all(|b| *b == first).then_some(first)
    }

    /// Bits of a bias, if they differ.
    pub fn varying_bias_bits(&self) -> u32 {
        if self.only_bias().is_some() {
            0
        } else {
            self.bias_bits()
        }
    }
}

impl Config {
    /// What is done in parallel.
    pub fn folding(&self) -> Folding {
        Folding { pe: self.pe, simd: self.simd, lanes: self.lanes, out_lanes: self.out_lanes }
    }
}
