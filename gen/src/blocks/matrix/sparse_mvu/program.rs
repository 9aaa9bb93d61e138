//! Words of the memories of constants: the steps of all multipliers, and what is known of each column that comes and each row that leaves.

use super::schedule::{bits_of, Worker};
use super::{Config, Layout};
use crate::num::Bits;

/// A weight that is not zero, and its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which element of the vector it meets.
    pub column: u32,
    /// Its value, zero point subtracted.
    pub weight: i64,
}

/// Values side by side, each in so many bits, the first one lowest.
fn word(values: impl IntoIterator<Item = (i64, u32)>) -> Bits {
    let put = |word: Bits, (value, bits): (i64, u32)| word.below(&Bits::from_i128(bits, value.into()));
    values.into_iter().fold(Bits::zero(0), put)
}

impl Layout {
    /// Words of the program, one for each step: for each multiplier a weight, the place of its element in the bank, and that the row ends here,
    /// from the lowest bit up. Zeros where a multiplier has nothing left.
    pub fn program_words(&self) -> Vec<Bits> {
        let [weight, at] = self.step_fields();
        let lists: Vec<Vec<(i64, i64, bool)>> = self.schedule.workers.iter().map(|w| self.list(w)).collect();
        let step = |t: usize| {
            let of = |list: &Vec<(i64, i64, bool)>| list.get(t).copied().unwrap_or_default();
            let fields = |(w, k, last): (i64, i64, bool)| [(w, weight), (k, at), (last.into(), 1)];
            word(lists.iter().map(of).flat_map(fields))
        };
        (0..self.schedule.steps as usize).map(step).collect()
    }

    /// Bits of a step's weight and of the place of its element.
    pub fn step_fields(&self) -> [u32; 2] {
        [self.weight_bits, bits_of(self.schedule.depth())]
    }

    /// Steps of a multiplier: weight, place of the element, last of its row.
    fn list(&self, w: &Worker) -> Vec<(i64, i64, bool)> {
        let columns = &self.schedule.banks[w.bank];
        let mut list = Vec::new();
        for row in &w.rows {
            let place = |e: &Entry| Some((e.weight, columns.binary_search(&e.column).ok()? as i64, false));
            list.extend(self.entries[*row as usize].iter().filter_map(place));
            list.last_mut().into_iter().for_each(|l| l.2 = true);
        }
        list
    }

    /// Words of what banks take of each beat that comes, bank by bank: [`Schedule::beat_fields`](super::Schedule::beat_fields) from the lowest bit up.
    pub fn beat_words(&self, c: &Config) -> Vec<Bits> {
        let fields = self.schedule.beat_fields(c.lanes);
        let of = |beat: u32, columns: &Vec<u32>| {
            let own = columns.iter().find(|k| **k / c.lanes == beat);
            [own.map_or(0, |k| k % c.lanes).into(), i64::from(own.is_some())]
        };
        let beat = |b: u32| self.schedule.banks.iter().flat_map(move |columns| of(b, columns).into_iter().zip(fields));
        (0..self.schedule.beats.0).map(|b| word(beat(b))).collect()
    }

    /// Words of what is known of the rows of each beat that leaves, lane by lane: its PE, its number and whether it has any for each bank,
    /// its bias, from the lowest bit up.
    pub fn row_words(&self, c: &Config) -> Vec<Bits> {
        let s = &self.schedule;
        let [pe_bits, index_bits, some_bits] = s.row_fields(c.out_lanes);
        let of = |row: u32| {
            let pe = s.pes.iter().position(|rows| rows.binary_search(&row).is_ok());
            let bank = |bank: usize| {
                let worker = pe.and_then(|pe| s.worker(pe, bank));
                let index = worker.and_then(|w| s.workers[w].rows.binary_search(&row).ok());
                [(index.unwrap_or(0) as i64, index_bits), (index.is_some().into(), some_bits)]
            };
            let bias = self.bias.get(row as usize).copied().unwrap_or(0);
            let mut fields = vec![(pe.unwrap_or(0) as i64 / i64::from(c.out_lanes), pe_bits)];
            fields.extend((0..s.banks.len()).flat_map(bank));
            fields.push((bias, self.varying_bias_bits()));
            fields
        };
        let beat = |b: u32| (0..c.out_lanes).flat_map(move |lane| of(b * c.out_lanes + lane));
        (0..s.beats.1).map(|b| word(beat(b))).collect()
    }
}
