//! Who multiplies what, and when: rows dealt to PEs and columns to banks, so that all multipliers are done at about the same time.

use crate::blocks::parts::tree::levels;
use crate::num::bits_for_count;

/// How much is done in parallel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folding {
    /// Rows.
    pub pe: u32,
    /// Products of a row.
    pub simd: u32,
    /// Elements of a vector a beat, at most `simd`.
    pub lanes: u32,
    /// Results a beat; divides `pe`.
    pub out_lanes: u32,
}

/// Registers from a step to the element that it asks for: the program's word and its own register, the address, the element's and its own.
pub const TO_ELEMENT: u32 = 5;

/// Vectors that have a place: one that is multiplied, one that comes.
pub const VECTORS: u32 = 2;

/// Registers of a product.
const PRODUCT: u32 = 2;

/// Registers from a step to the sum that has its product.
pub const TO_SUM: u32 = TO_ELEMENT + PRODUCT + 1;

impl Folding {
    /// Multipliers.
    pub fn multipliers(&self) -> u64 {
        u64::from(self.pe) * u64::from(self.simd)
    }

    /// Registers from a row's number to its result: what is known of it, its sums and registers behind, those of its PE, their sum, its bias.
    pub fn to_result(&self) -> u32 {
        5 + levels(self.simd)
    }
}

/// Where a matrix is not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Columns.
    pub inputs: u32,
    /// Of each row the columns that are not zero, ascending.
    pub rows: Vec<Vec<u32>>,
}

impl Pattern {
    /// Weights of each row that are not zero.
    fn lengths(&self) -> Vec<u64> {
        self.rows.iter().map(|row| row.len() as u64).collect()
    }

    /// Weights that are not zero.
    pub fn entries(&self) -> u64 {
        self.rows.iter().map(|row| row.len() as u64).sum()
    }
}

/// A multiplier: what is not zero in the rows of a PE and the columns of a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// Number of its PE.
    pub pe: usize,
    /// Number of its bank.
    pub bank: usize,
    /// Rows that have any, ascending.
    pub rows: Vec<u32>,
    /// How many there are.
    pub steps: u64,
}

/// What hangs on where the matrix is not zero, and on no value of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Rows of each PE, ascending.
    pub pes: Vec<Vec<u32>>,
    /// Columns of each bank, ascending: the order in which they come.
    pub banks: Vec<Vec<u32>>,
    /// Multipliers that have anything to do: bank by bank of the first PE, then of the others.
    pub workers: Vec<Worker>,
    /// Steps of a vector.
    pub steps: u64,
    /// Beats of a vector that comes, and of a vector that leaves.
    pub beats: (u32, u32),
    /// Vectors whose results have a place.
    pub places: u32,
    /// Some rows have nothing in some bank.
    pub gaps: bool,
}

impl Schedule {
    /// Of a matrix.
    pub fn new(p: &Pattern, f: Folding) -> Schedule {
        Schedule::of(p, f, deal_rows(&p.lengths(), f.pe, f.out_lanes))
    }

    /// The same, unless it takes more than `most` cycles from vector to vector: then nothing, and soon.
    pub fn within(p: &Pattern, f: Folding, most: u64) -> Option<Schedule> {
        let lengths = p.lengths();
        let pes = deal_rows(&lengths, f.pe, f.out_lanes);
        let load = |rows: &Vec<u32>| rows.iter().map(|n| lengths[*n as usize]).sum::<u64>();
        if pes.iter().any(|rows| load(rows).div_ceil(f.simd.into()) > most) {
            return None;
        }
        Some(Schedule::of(p, f, pes)).filter(|s| s.ii() <= most)
    }

    /// Of a matrix whose rows are dealt.
    fn of(p: &Pattern, f: Folding, pes: Vec<Vec<u32>>) -> Schedule {
        let banks = deal_columns(p, &pes, f);
        let workers = workers(p, &pes, &banks);
        let steps = workers.iter().map(|w| w.steps).max().unwrap_or(0).max(1);
        let beats = (p.inputs.div_ceil(f.lanes), (p.rows.len() as u32).div_ceil(f.out_lanes));
        let cells: usize = workers.iter().map(|w| w.rows.len()).sum();
        let gaps = cells < p.rows.len() * f.simd as usize;
        let mut s = Schedule { pes, banks, workers, steps, beats, places: 2, gaps };
        // So many that no vector waits for one, also where results are taken no faster than vectors come.
        let held = steps + u64::from(TO_SUM) + s.ii() + 2;
        s.places = held.div_ceil(s.ii()).max(2).next_power_of_two() as u32;
        s
    }

    /// Cycles from vector to vector.
    pub fn ii(&self) -> u64 {
        self.steps.max(self.beats.0.into()).max(self.beats.1.into())
    }

    /// The multiplier of a PE and a bank, if it has anything to do.
    pub fn worker(&self, pe: usize, bank: usize) -> Option<usize> {
        self.workers.iter().position(|w| (w.pe, w.bank) == (pe, bank))
    }

    /// Elements of the largest bank.
    pub fn depth(&self) -> u32 {
        self.banks.iter().map(Vec::len).max().unwrap_or(0).max(1) as u32
    }

    /// Bits of the number of a row among its multiplier's.
    pub fn index_bits(&self) -> u32 {
        bits_of(self.workers.iter().map(|w| w.rows.len()).max().unwrap_or(0) as u32)
    }

    /// Bits of what a bank knows of a beat that comes: the lane that it takes, and that it takes one. None where all are alike.
    pub fn beat_fields(&self, lanes: u32) -> [u32; 2] {
        let all = self.banks.iter().all(|columns| columns.len() == self.beats.0 as usize);
        [bits_of(lanes), u32::from(!all)]
    }

    /// Bits of what is known of a row: its PE among those of its lane; for each bank its number among the multiplier's rows, and that it has any
    /// there. None where all are alike.
    pub fn row_fields(&self, out_lanes: u32) -> [u32; 3] {
        [bits_of(self.pes.len() as u32 / out_lanes), self.index_bits(), u32::from(self.gaps)]
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

/// Rows of each PE, ascending: PE `p` gets rows `n` with `n % lanes == p % lanes`. Long rows are dealt first, each to the PE that has least
/// to do (Graham's LPT rule: the longest PE takes at most 4/3 of the best assignment's), and of those that have as little has the fewest rows.
pub fn deal_rows(lengths: &[u64], pe: u32, lanes: u32) -> Vec<Vec<u32>> {
    let mut rows = vec![Vec::new(); pe as usize];
    let mut load = vec![0u64; pe as usize];
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|n| (std::cmp::Reverse(lengths[*n]), *n));
    for n in order {
        let own = (n % lanes as usize..pe as usize).step_by(lanes as usize);
        let Some(p) = own.min_by_key(|p| (load[*p], rows[*p].len())) else { continue };
        load[p] += lengths[n];
        rows[p].push(n as u32);
    }
    rows.iter_mut().for_each(|r| r.sort_unstable());
    rows
}

/// Columns of each bank, ascending: at most one of each beat, and none without entries. Those with most entries are dealt first, each to the bank in which
/// the PE that then has most to do has least.
fn deal_columns(p: &Pattern, pes: &[Vec<u32>], f: Folding) -> Vec<Vec<u32>> {
    let (simd, all) = (f.simd as usize, pes.len());
    // Entries of each column in the rows of each PE.
    let mut entries = vec![0u32; p.inputs as usize * all];
    for (pe, rows) in pes.iter().enumerate() {
        for k in rows.iter().flat_map(|n| &p.rows[*n as usize]) {
            entries[*k as usize * all + pe] += 1;
        }
    }
    let of = |k: usize| &entries[k * all..(k + 1) * all];
    let total = |k: usize| of(k).iter().sum::<u32>();
    let mut order: Vec<usize> = (0..p.inputs as usize).filter(|k| total(*k) > 0).collect();
    order.sort_by_key(|k| (std::cmp::Reverse(total(*k)), *k));
    let (mut banks, mut load) = (vec![Vec::new(); simd], vec![vec![0u32; all]; simd]);
    let mut taken = vec![Vec::new(); p.inputs.div_ceil(f.lanes) as usize];
    for k in order {
        let then = |s: usize| {
            let busiest = load[s].iter().zip(of(k)).map(|(have, more)| have + more).max();
            (busiest, load[s].iter().sum::<u32>(), banks[s].len())
        };
        let beat: &mut Vec<usize> = &mut taken[k / f.lanes as usize];
        let Some(s) = (0..simd).filter(|s| !beat.contains(s)).min_by_key(|s| then(*s)) else { continue };
        beat.push(s);
        load[s].iter_mut().zip(of(k)).for_each(|(have, more)| *have += more);
        banks[s].push(k as u32);
    }
    banks.iter_mut().for_each(|b| b.sort_unstable());
    banks
}

/// Multipliers that have anything to do.
fn workers(p: &Pattern, pes: &[Vec<u32>], banks: &[Vec<u32>]) -> Vec<Worker> {
    let mut bank_of = vec![0; p.inputs as usize];
    for (s, columns) in banks.iter().enumerate() {
        columns.iter().for_each(|k| bank_of[*k as usize] = s);
    }
    let mut all = Vec::new();
    for (pe, rows) in pes.iter().enumerate() {
        let mut own: Vec<Worker> =
            (0..banks.len()).map(|bank| Worker { pe, bank, rows: Vec::new(), steps: 0 }).collect();
        for n in rows {
            for k in &p.rows[*n as usize] {
                let worker = &mut own[bank_of[*k as usize]];
                worker.steps += 1;
                if worker.rows.last() != Some(n) {
                    worker.rows.push(*n);
                }
            }
        }
        all.extend(own.into_iter().filter(|w| w.steps > 0));
    }
    all
}
