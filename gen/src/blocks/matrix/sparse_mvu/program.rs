//! Words of the memories of constants: the steps of all PEs, and what is known of each row that leaves.

use super::schedule::bits_of;
use super::{Config, Layout};
use crate::num::Bits;

/// A weight that is not zero, and its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Which element of the vector it meets.
    pub column: u32,
    /// Its value, zero point subtracted; 0 in places that are filled up.
    pub weight: i64,
}

/// A step of a PE: an entry for each multiplier, and that the row's sum is whole.
type Step = (Vec<Entry>, bool);

/// The steps of a PE's rows, filled up to so many.
fn steps(rows: &[u32], entries: &[Vec<Entry>], simd: usize, steps: u64) -> Vec<Step> {
    let mut program = Vec::new();
    for row in rows {
        let of_row = &entries[*row as usize];
        let last = of_row.len().div_ceil(simd) - 1;
        for (i, together) in of_row.chunks(simd).enumerate() {
            let mut entries = together.to_vec();
            entries.resize(simd, Entry::default());
            program.push((entries, i == last));
        }
    }
    program.resize(steps as usize, (vec![Entry::default(); simd], false));
    program
}

impl Layout {
    /// Words of the PEs' programs, one for each step. An entry is its weight, beat and lane from the lowest bit up; behind a PE's entries
    /// stands that its row ends.
    pub fn program_words(&self, c: &Config) -> Vec<Bits> {
        let s = &self.schedule;
        let of_pe = |(_, rows): &(u32, Vec<u32>)| steps(rows, &self.entries, c.simd as usize, s.steps);
        let programs: Vec<Vec<Step>> = s.pes.iter().map(of_pe).collect();
        let bits = self.entry_bits(c);
        let word = |t: usize| {
            programs.iter().map(|program| &program[t]).fold(Bits::zero(0), |word, (entries, last)| {
                let entries = Bits::pack(entries.iter().map(|e| self.code(c, e)), bits);
                word.below(&entries).below(&Bits::from_u64(1, u64::from(*last)))
            })
        };
        (0..s.steps as usize).map(word).collect()
    }

    /// Bits of an entry.
    pub fn entry_bits(&self, c: &Config) -> u32 {
        self.weight_bits + bits_of(self.schedule.beats.0) + bits_of(c.lanes)
    }

    fn code(&self, c: &Config, e: &Entry) -> i64 {
        let weight = e.weight & ((1 << self.weight_bits) - 1);
        let (beat, lane) = (i64::from(e.column / c.lanes), i64::from(e.column % c.lanes));
        weight | beat << self.weight_bits | lane << (self.weight_bits + bits_of(self.schedule.beats.0))
    }

    /// Words of what is known of the rows of each beat that leaves, lane by lane: [`Layout::row_fields`] from the lowest bit up.
    pub fn row_words(&self, c: &Config) -> Vec<Bits> {
        let widths = self.row_fields();
        let word = |beat: u32| {
            (0..c.out_lanes).fold(Bits::zero(0), |word, lane| {
                let row = beat * c.out_lanes + lane;
                let place = self.schedule.place(row, c.out_lanes);
                let (pe, index) = place.unwrap_or_default();
                let bias = self.bias.get(row as usize).copied().unwrap_or(0);
                let values = [pe.into(), index.into(), i64::from(place.is_some()), bias];
                let put = |word: Bits, (value, bits): (i64, u32)| word.below(&Bits::from_i128(bits, value.into()));
                values.into_iter().zip(widths).fold(word, put)
            })
        };
        (0..self.schedule.beats.1).map(word).collect()
    }

    /// Bits of what is known of a row: its PE among those of its lane, its number among the PE's, that it has entries, its bias. None where it
    /// is the same for all.
    pub fn row_fields(&self) -> [u32; 4] {
        let (pe, some) = self.schedule.pe_bits();
        [pe, self.schedule.index_bits(), some, self.varying_bias_bits()]
    }
}
