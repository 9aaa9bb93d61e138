//! Who multiplies what, and when: rows dealt to PEs so that all of them are done at about the same time.

use crate::blocks::parts::tree::levels;
use crate::num::bits_for_count;

/// How much is done in parallel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folding {
    /// Rows.
    pub pe: u32,
    /// Products of a row.
    pub simd: u32,
    /// Elements of a vector a beat.
    pub lanes: u32,
    /// Results a beat.
    pub out_lanes: u32,
}

/// Registers from a step to the element that it asks for: the program's word and its own register, the address, the element's and its own.
pub const TO_ELEMENT: u32 = 5;

/// Registers of a product.
const PRODUCT: u32 = 2;

impl Folding {
    /// Multipliers.
    pub fn multipliers(&self) -> u64 {
        u64::from(self.pe) * u64::from(self.simd)
    }

    /// Registers from a step to the sum that has its products.
    pub fn to_sum(&self) -> u32 {
        TO_ELEMENT + u32::from(self.lanes > 1) + PRODUCT + levels(self.simd) + 1
    }
}

/// What hangs on how many entries each row has, and on nothing else of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Rows of each PE that has any, ascending, and the lane on which their sums leave.
    pub pes: Vec<(u32, Vec<u32>)>,
    /// Steps of a vector.
    pub steps: u64,
    /// Beats of a vector that comes, and of a vector that leaves.
    pub beats: (u32, u32),
    /// Vectors that have a place, before they are multiplied and behind.
    pub places: (u32, u32),
    /// Some rows have no entries.
    pub empty: bool,
}

impl Schedule {
    /// For rows of so many entries, of vectors of so many elements.
    pub fn new(entries: &[u64], inputs: u32, f: Folding) -> Schedule {
        let durations: Vec<u64> = entries.iter().map(|n| n.div_ceil(f.simd.into())).collect();
        let dealt = deal(&durations, f.pe, f.out_lanes);
        let load = |rows: &Vec<u32>| rows.iter().map(|n| durations[*n as usize]).sum();
        let steps = dealt.iter().map(load).max().unwrap_or(0).max(1);
        let beats = (inputs.div_ceil(f.lanes), (entries.len() as u32).div_ceil(f.out_lanes));
        let pes = (0..).zip(dealt).map(|(p, rows)| (p % f.out_lanes, rows)).filter(|(_, rows)| !rows.is_empty());
        let mut s = Schedule { pes: pes.collect(), steps, beats, places: (2, 2), empty: entries.contains(&0) };
        // So many that nobody waits for one.
        let (coming, leaving) = (u64::from(beats.0) + steps + 4, steps + u64::from(f.to_sum() + beats.1) + 4);
        let places = |held: u64| held.div_ceil(s.ii()).max(2) as u32;
        s.places = (places(coming), places(leaving).next_power_of_two());
        s
    }

    /// Cycles from vector to vector.
    pub fn ii(&self) -> u64 {
        self.steps.max(self.beats.0.into()).max(self.beats.1.into())
    }

    /// Bits of the number of a row among its PE's.
    pub fn index_bits(&self) -> u32 {
        bits_of(self.pes.iter().map(|(_, rows)| rows.len()).max().unwrap_or(0) as u32)
    }

    /// PEs whose sums leave on a lane.
    pub fn of_lane(&self, lane: u32) -> impl Iterator<Item = &Vec<u32>> {
        self.pes.iter().filter(move |(own, _)| *own == lane).map(|(_, rows)| rows)
    }

    /// Bits of the number of a PE among those of its lane, and one that says whether a row has any.
    pub fn pe_bits(&self) -> (u32, u32) {
        let most = (0..self.pes.len() as u32).map(|lane| self.of_lane(lane).count()).max().unwrap_or(0);
        (bits_of(most as u32), self.empty.into())
    }

    /// Where the sum of a row is: its PE among those of its lane, and its number among the PE's. None: it has no entries.
    pub fn place(&self, row: u32, out_lanes: u32) -> Option<(u32, u32)> {
        let of = |(i, rows): (u32, &Vec<u32>)| Some((i, rows.binary_search(&row).ok()? as u32));
        (0..).zip(self.of_lane(row % out_lanes)).find_map(of)
    }
}

/// Bits of an index into so many; none where there is one.
pub fn bits_of(n: u32) -> u32 {
    if n <= 1 {
        0
    } else {
        bits_for_count(n.into())
    }
}

/// Rows of each PE, ascending: those of `durations` that take any steps. PE `p` gets rows `n` with `n % lanes == p % lanes`. Long rows are
/// dealt first, each to the PE that has least to do (Graham's LPT rule): the longest PE takes at most 4/3 of the best assignment's steps.
pub fn deal(durations: &[u64], pe: u32, lanes: u32) -> Vec<Vec<u32>> {
    let mut rows = vec![Vec::new(); pe as usize];
    let mut load = vec![0u64; pe as usize];
    let mut order: Vec<usize> = (0..durations.len()).filter(|n| durations[*n] > 0).collect();
    order.sort_by_key(|n| (std::cmp::Reverse(durations[*n]), *n));
    for n in order {
        let own = (n % lanes as usize..pe as usize).step_by(lanes as usize);
        let Some(p) = own.min_by_key(|p| load[*p]) else { continue };
        load[p] += durations[n];
        rows[p].push(n as u32);
    }
    rows.iter_mut().for_each(|r| r.sort_unstable());
    rows
}
