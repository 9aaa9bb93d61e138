//! When elements leave: a table has to be there, then a beat of indices a cycle.

use super::{Checked, Config};
use crate::blocks::sparse::code::bits;
use crate::blocks::sparse::cutter::timing::{tensor, Pace};

/// Cycles from the end of a table, in front of its view, to the first index.
const TO_ASK: u64 = 2;

/// Latency and II of a frame.
pub fn of(c: &Checked<Config>, inputs: &[Vec<i64>]) -> (u64, u64) {
    let beats = (inputs[1].len() as u64).div_ceil(c.queries.into());
    let view = u64::from(c.cutter().view_cycles());
    let (tensor, mut pace) = (tensor(&c.cutter(), &bits(&inputs[0])), Pace::new(&c.cutter()));
    let went: Vec<u64> = tensor.steps.iter().map(|step| pace.step(step, tensor.drain, |_| true)).collect();
    // From the first header on: its end, and the next table.
    let end = went[went.len() - 1] - went[0];
    let cycles = end + 1 + tensor.drain;
    let pipe = u64::from(c.query_cycles()) + 2;
    let (mut first, mut lasts) = (0u64, Vec::<u64>::new());
    for frame in 0..8 {
        // Two tables have a place: a third one waits for the first, its header in front of the others' end where nothing is between them.
        let freed = if frame >= 2 { lasts[frame - 2] + pipe } else { 0 };
        let waits = if cycles <= end + 1 + view { freed.saturating_sub(view + 2) } else { freed };
        let start = if frame == 0 { went[0] } else { first + cycles };
        first = start.max(waits);
        let there = first + end + view + TO_ASK;
        let from = lasts.last().map_or(0, |l| l + 1).max(there);
        lasts.push(from + beats - 1);
    }
    (lasts[0] + c.latency(), lasts[7] - lasts[6])
}
