//! When rows of a product are there.

use super::MatMul;
use crate::plan::{ahead, early, Arrivals, Arrived, Spare};

/// Cycles that the model of arrivals leaves out: registers on the way of the rows, while which the other operand's frames wait for their half of the buffer.
pub const LATENCY: u64 = 32;

/// A row waits until its head's second operand is stored, whose buffer holds two: its own and the one behind it.
pub fn of(l: &MatMul, a: &Arrivals) -> Arrived {
    let ([outer, inner], heads) = (l.sides().map(u64::from), u64::from(l.heads));
    let (rows, outer) = (l.all_rows(), outer * heads);
    let (come_a, come_b) = (a.ends(0, rows, rows * u64::from(l.depth)), a.ends(1, outer, outer * inner));
    let work = a.work(rows);
    // Frames of the buffer in an image.
    let frames = u64::from(l.heads / l.held());
    let (a_rows, b_rows) = ((rows / frames) as usize, (outer / frames) as usize);
    let (mut taken, mut done, mut needs) = (Vec::new(), Vec::new(), Vec::new());
    let (mut now, mut free) = (0, [0, 0]);
    for (n, (b, a)) in come_b.chunks(b_rows).zip(come_a.chunks(a_rows)).enumerate() {
        let half = free[n % 2];
        taken.extend(b.iter().map(|t| *t.max(&half)));
        let stored = taken.last().copied().unwrap_or(0);
        for t in a {
            needs.push(stored.max(*t));
            now = now.max(stored).max(*t) + work;
            done.push(now);
        }
        free[n % 2] = now + LATENCY;
    }
    let least = match a.slow {
        true => vec![ahead(&[come_a.clone(), needs], true)[0], early(&come_b, &taken)],
        false => Vec::new(),
    };
    let spare = Spare { operands: vec![early(&come_a, &done), early(&come_b, &taken)], least, ..Spare::default() };
    Arrived { done, spare }
}
