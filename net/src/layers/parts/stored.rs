//! When results are there of layers that store whole operands, and stream another one past them.

use crate::plan::{ahead, early, Arrivals, Arrived, Spare};

/// Cycles that the model of arrivals leaves out: registers on the way of the operand that streams, while which the next frames of the others wait for
/// their half of a buffer.
const LATENCY: u64 = 32;

/// Rows of the operand that streams, and those of stored ones, come in `frames` an image; each row makes a result. A row waits until its frame of the stored ones
/// is there, whose buffers hold two: its own and the one behind it.
pub fn stored_arrivals(a: &Arrivals, rows: &[u64], stored: &[Vec<u64>], frames: u64, images: [u64; 2]) -> Arrived {
    let [each, held] = images.map(|rows| (rows / frames) as usize);
    let work = a.work(images[0]);
    let mut taken = vec![Vec::new(); stored.len()];
    let (mut done, mut needs) = (Vec::new(), Vec::new());
    let (mut now, mut free) = (0, [0, 0]);
    for (n, rows) in rows.chunks(each).enumerate() {
        let half = free[n % 2];
        let mut there = 0;
        for (taken, come) in taken.iter_mut().zip(stored) {
            taken.extend(come.iter().skip(n * held).take(held).map(|t| *t.max(&half)));
            there = there.max(taken.last().copied().unwrap_or(0));
        }
        for t in rows {
            needs.push(there.max(*t));
            now = now.max(there).max(*t) + work;
            done.push(now);
        }
        free[n % 2] = now + LATENCY;
    }
    let waits = || stored.iter().zip(&taken).map(|(come, taken)| early(come, taken));
    let least = match a.slow {
        true => std::iter::once(ahead(&[rows.to_vec(), needs], true)[0]).chain(waits()).collect(),
        false => Vec::new(),
    };
    let operands = std::iter::once(early(rows, &done)).chain(waits()).collect();
    Arrived { done, spare: Spare { operands, least, ..Spare::default() } }
}
