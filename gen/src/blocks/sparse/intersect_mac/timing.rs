//! When sums leave: both codes are taken apart, then each PE goes through pairs of blocks, and the slowest one decides.

use std::collections::BTreeSet;

use super::load::{Operand, MATRICES};
use super::{pe, Checked, Config};
use crate::blocks::parts::queue;
use crate::blocks::sparse::code::bits;
use crate::blocks::sparse::cutter::timing::{tensor, Pace, Step, Tensor};
use crate::blocks::Contract;

/// Frames after which those that follow are as far apart.
const FRAMES: usize = 8;

/// How many of these times are before a cycle.
fn before(times: &[u64], t: u64) -> usize {
    times.partition_point(|x| *x < t)
}

/// An operand as it comes.
struct Load {
    tensor: Tensor,
    pace: Pace,
    view: u64,
    /// Blocks that the code does not have.
    missing: u64,
    /// Flags of the blocks that it has.
    flags: Vec<BTreeSet<u64>>,
    /// Codes' ends, and when writing of blocks that they lack ends.
    ends: Vec<u64>,
    closed: Vec<(u64, u64)>,
}

impl Load {
    fn new(o: &Operand, input: &[i64]) -> Load {
        let code = bits(input);
        let (tensor, decoded) = (tensor(&o.cutter(), &code), o.code().decode(&code, o.word));
        let has = decoded.blocks.len() as u64;
        let flags = decoded.blocks.iter().map(|b| b.entries.iter().map(|e| e.0).collect()).collect();
        let (pace, view) = (Pace::new(&o.cutter()), o.cutter().view_cycles().into());
        let missing = o.most().1.saturating_sub(has);
        Load { tensor, pace, view, missing, flags, ends: Vec::new(), closed: Vec::new() }
    }

    /// The cycle from which on the next matrix is there, of those `freed` so far.
    fn next(&mut self, freed: &[u64]) -> u64 {
        let mut end = 0;
        for step in &self.tensor.steps {
            let (ends, closed) = (&self.ends, &self.closed);
            let room = |t: u64| {
                let seen = t.saturating_sub(1);
                let full = before(ends, seen) - before(freed, seen) >= MATRICES as usize;
                !full && !closed.iter().any(|(from, to)| (*from..=*to).contains(&seen))
            };
            let t = self.pace.step(step, self.tensor.drain, room);
            if matches!(step, Step::End) {
                end = t + self.view;
            }
        }
        self.ends.push(end);
        let whole = end + 2 + self.missing;
        if self.missing > 0 {
            self.closed.push((end + 1, whole));
        }
        whole + 3
    }

    /// Flags of a line's block.
    fn block(&self, at: usize) -> Option<&BTreeSet<u64>> {
        self.flags.get(at)
    }
}

/// A PE: when its blocks were asked for, when they were loaded, and its last cycle.
#[derive(Default)]
struct Walk {
    asked: Vec<u64>,
    loaded: Vec<u64>,
    firsts: Vec<u64>,
    busy: u64,
}

impl Walk {
    /// A sum of so many pairs in each block, its row and column being there from a cycle on; when it is there.
    fn sum(&mut self, c: &Config, pairs: &[u64], there: u64, left: &[u64]) -> u64 {
        for (n, pairs) in pairs.iter().enumerate() {
            let mut t = self.asked.last().map_or(0, |t| t + 1).max(there);
            let full = |t: u64| {
                let waits = before(&self.asked, t) - before(&self.loaded, t) >= pe::PAIRS as usize;
                waits || (n == 0 && before(&self.firsts, t) - before(left, t) >= c.ahead as usize)
            };
            while full(t) {
                t += 1;
            }
            self.asked.push(t);
            if n == 0 {
                self.firsts.push(t);
            }
            let known = t + u64::from(c.to_count()) + queue::CYCLES;
            let load = known.max(self.busy).max(self.loaded.last().map_or(0, |l| l + 1));
            self.loaded.push(load);
            self.busy = load + (*pairs).max(1);
        }
        self.busy + u64::from(c.to_sum()) + queue::CYCLES
    }
}

/// Latency and II of a frame.
pub fn of(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Contract {
    let mut loads = [Load::new(&c.a(), &inputs[0]), Load::new(&c.b(), &inputs[1])];
    let (blocks, cols) = (c.blocks() as usize, c.cols as usize);
    let pairs_of = |loads: &[Load; 2], i: usize, j: usize| -> Vec<u64> {
        let pairs = |k: usize| match (loads[0].block(i * blocks + k), loads[1].block(j * blocks + k)) {
            (Some(a), Some(b)) => a.intersection(b).count() as u64,
            _ => 0,
        };
        (0..blocks).map(pairs).collect()
    };
    let all: Vec<Vec<Vec<u64>>> =
        (0..c.m as usize).map(|i| (0..c.n as usize).map(|j| pairs_of(&loads, i, j)).collect()).collect();
    let mut walks: Vec<Walk> = (0..cols).map(|_| Walk::default()).collect();
    let (mut left, mut freed, mut lasts) = (Vec::<u64>::new(), Vec::<u64>::new(), Vec::<u64>::new());
    for _ in 0..FRAMES {
        let there = loads.iter_mut().map(|l| l.next(&freed)).max().unwrap_or(0);
        for row in &all {
            for columns in row.chunks(cols) {
                let mut at = left.last().map_or(0, |l| l + 1);
                for (walk, pairs) in walks.iter_mut().zip(columns) {
                    at = at.max(walk.sum(c, pairs, there, &left));
                }
                left.push(at);
            }
        }
        let last = left[left.len() - 1];
        lasts.push(last);
        freed.push(last + 1);
    }
    Contract { latency: lasts[0] + 1, ii: lasts[FRAMES - 1] - lasts[FRAMES - 2] }
}
