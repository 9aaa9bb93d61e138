//! When elements leave: a table has to be there, then a beat of indices a cycle.

use super::{Checked, Config};
use crate::blocks::sparse::code::bits;
use crate::blocks::sparse::cutter::timing::{tensor, Pace};

/// Cycles from the end of a table, in front of its view, to the first index.
const TO_ASK: u64 = 2;

/// When a table comes: cycles from its first header on, which has to be looked at before.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The first header of the first table, from its first word on.
    first: u64,
    /// To its end, and to the next one's first header.
    end: u64,
    cycles: u64,
    view: u64,
}

impl Table {
    /// Of a code, as bytes of words.
    pub fn of(c: &Checked<Config>, code: &[i64]) -> Table {
        let (tensor, mut pace) = (tensor(&c.cutter(), &bits(code)), Pace::new(&c.cutter()));
        let went: Vec<u64> = tensor.steps.iter().map(|step| pace.step(step, tensor.drain, |_| true)).collect();
        let (first, end) = (went[0], went[went.len() - 1] - went[0]);
        Table { first, end, cycles: end + 1 + tensor.drain, view: c.cutter().view_cycles().into() }
    }

    /// When it begins: behind the one before it, where there is one, and where a place has been freed.
    pub fn begins(&self, before: Option<u64>, freed: u64) -> u64 {
        // A table that waits has its header in front of the others' end where nothing is between them.
        let ahead = if self.cycles <= self.end + 1 + self.view { self.view + 2 } else { 0 };
        before.map_or(self.first, |b| b + self.cycles).max(freed.saturating_sub(ahead))
    }

    /// The first index that it answers.
    pub fn answers(&self, begins: u64) -> u64 {
        begins + self.end + self.view + TO_ASK
    }

    /// When its place is free, its last index being taken.
    pub fn frees(c: &Config, last: u64) -> u64 {
        last + u64::from(c.query_cycles()) + 2
    }
}

/// Latency and II of a frame.
pub fn of(c: &Checked<Config>, inputs: &[Vec<i64>]) -> (u64, u64) {
    let beats = (inputs[1].len() as u64).div_ceil(c.queries.into());
    let table = Table::of(c, &inputs[0]);
    let (mut begins, mut lasts) = (None, Vec::<u64>::new());
    for frame in 0..8 {
        // Two tables have a place: a third one waits for the first.
        let freed = if frame >= 2 { Table::frees(c, lasts[frame - 2]) } else { 0 };
        let begun = table.begins(begins, freed);
        begins = Some(begun);
        let from = lasts.last().map_or(0, |l| l + 1).max(table.answers(begun));
        lasts.push(from + beats - 1);
    }
    (lasts[0] + c.latency(), lasts[7] - lasts[6])
}
