//! When results are there of layers that store whole operands, and stream another one past them.

use crate::plan::{ahead, early, Arrivals, Arrived, Spare};

/// Cycles that the model of arrivals leaves out: registers on the way of the operand that streams, while which the next frames of the others may wait for
/// their half of a buffer. They have places in FIFOs for that long; results are no later for it, or what stands behind them would be given no room for the
/// pace at which they come.
const LATENCY: u64 = 32;

/// Rows of the operand that streams, and those of stored ones, come in `frames` an image; each row makes a result. A row waits until its frame of the stored ones
/// is there, whose buffers hold two: its own and the one behind it.
pub fn stored_arrivals(a: &Arrivals, rows: &[u64], stored: &[Vec<u64>], frames: u64, images: [u64; 2]) -> Arrived {
    let [each, held] = images.map(|rows| (rows / frames) as usize);
    let work = a.work(images[0]);
    let mut taken = vec![Vec::new(); stored.len()];
    let (mut done, mut needs) = (Vec::new(), Vec::new());
    let (mut now, mut free) = (0, [0u64; 2]);
    for (n, rows) in rows.chunks(each).enumerate() {
        let half = free[n % 2];
        let mut there = 0;
        for (taken, come) in taken.iter_mut().zip(stored) {
            let frame = come.iter().skip(n * held).take(held);
            there = there.max(half).max(frame.clone().next_back().copied().unwrap_or(0));
            taken.extend(frame.map(|t| *t.max(&(half + LATENCY))));
        }
        for t in rows {
            needs.push(there.max(*t));
            now = now.max(there).max(*t) + work;
            done.push(now);
        }
        free[n % 2] = now;
    }
    let waits = || stored.iter().zip(&taken).map(|(come, taken)| early(come, taken));
    let least = match a.slow {
        true => std::iter::once(ahead(&[rows.to_vec(), needs], true)[0]).chain(waits()).collect(),
        false => Vec::new(),
    };
    let operands = std::iter::once(early(rows, &done)).chain(waits()).collect();
    Arrived { done, spare: Spare { operands, least, ..Spare::default() } }
}
