//! When elements leave: the code is taken apart in cycles that its headers tell, and rows of elements are spread one behind the other.

use super::{Checked, Config};
use crate::blocks::parts::queue;
use crate::blocks::sparse::code::Format;
use crate::blocks::sparse::cutter::Cutter;

/// Cycles from the first word to the first header's.
pub const TO_TURN: u64 = 2;

/// A row of elements, or the end of a tensor.
pub struct Row {
    /// When it is taken from the code, from the tensor's first header on.
    pub at: u64,
    /// Groups that it gives, and whether it goes on with the last one of them or has given it.
    gives: u64,
    /// Cycles in which no group is given.
    merges: u64,
    /// Beats of its last group.
    beats: u64,
}

/// Latency and II of a frame.
pub fn of(c: &Checked<Config>, bytes: &[i64]) -> (u64, u64) {
    let bits: Vec<bool> = bytes.iter().flat_map(|byte| (0..8).map(move |i| byte >> i & 1 == 1)).collect();
    let (rows, cycles) = schedule(&c.cutter(), c.lanes, &bits);
    let to_first = u64::from(c.cutter().view_cycles()) + 2 + queue::CYCLES;
    let full = u64::from(c.cutter().group / c.lanes);
    let mut ends: Vec<u64> = Vec::new();
    // When the row before was taken, when what was decided before it left, and when the beats of its group end.
    let (mut decided, mut left, mut given) = (0, 0, 0);
    for frame in 0..6 {
        for row in &rows {
            let mut at = TO_TURN + frame * cycles + row.at + to_first;
            for step in 0..row.gives + row.merges {
                at = at.max(decided + 1).max(left);
                decided = at;
                left = (at + 1).max(left + 1);
                if step < row.gives {
                    left = left.max(given);
                    given = left + if step + 1 == row.gives { row.beats } else { full };
                }
            }
            if row.gives + row.merges == 0 {
                decided = at.max(decided + 1).max(left);
            }
        }
        ends.push(given);
    }
    (ends[0], ends[5] - ends[4])
}

/// The rows of a tensor, and the cycles from its first header to the next tensor's.
pub fn schedule(c: &Cutter, lanes: u32, code: &[bool]) -> (Vec<Row>, u64) {
    let (a, cw, view) = (c.code.index_bits(), c.code.count_bits(), u64::from(c.view_cycles()));
    let (group, block, word) = (u64::from(c.group), u64::from(c.code.block), u64::from(c.word));
    let (mut rows, mut place, mut t) = (Vec::new(), 0usize, 0);
    loop {
        let mut get = |n: u32| {
            let value = (0..n as usize).filter(|i| code.get(place + i) == Some(&true)).map(|i| 1u64 << i).sum::<u64>();
            place += n as usize;
            value
        };
        let last = get(1) == 1;
        let kind = match c.code.format {
            Format::Hybrid => get(2),
            Format::Bitmap => 0,
            Format::Coordinates => 1,
        };
        let size = if last { (get(a) + 1).min(block) } else { block };
        let groups = size.div_ceil(group);
        // Beats of a group, counted from 0.
        let beats = |g: u64| (size - g * group).min(group).div_ceil(lanes.into());
        t += view + 2;
        if kind == 0 {
            let parts = size.div_ceil(c.part().into());
            t += parts.max(view + 2);
            let mask: Vec<bool> = (0..size).map(|_| get(1) == 1).collect();
            for g in 0..groups {
                rows.push(Row { at: t, gives: 1, merges: 0, beats: beats(g) });
                t += 1;
            }
            (0..mask.iter().filter(|there| **there).count()).for_each(|_| _ = get(c.code.width));
        } else {
            let count = if kind == 1 { get(cw) } else { 0 };
            let pairs: Vec<u64> = (0..count).map(|_| (get(a), get(c.code.width)).0).collect();
            let mut next = 0;
            let ordered = pairs.iter().take_while(|i| {
                let is = (next..size).contains(*i);
                next = **i + 1;
                is
            });
            let ordered = ordered.count();
            let rows_of = count.div_ceil(group).max(1);
            let mut now = 0;
            for r in 0..rows_of {
                let here = &pairs[..ordered]
                    [(r * group).min(ordered as u64) as usize..((r + 1) * group).min(ordered as u64) as usize];
                let fin = r + 1 == rows_of;
                let to = match here.last() {
                    _ if fin => groups,
                    Some(i) if i % group == group - 1 && i / group + 1 < groups => i / group + 1,
                    Some(i) => i / group,
                    None => now,
                };
                // A row that ends within a group, or with the block's last one, goes on without giving it.
                let closes = !fin && here.last().is_some_and(|i| to == i / group + 1);
                rows.push(Row {
                    at: t,
                    gives: to - now,
                    merges: u64::from(!fin && !closes),
                    beats: if fin { beats(groups - 1) } else { group / u64::from(lanes) },
                });
                now = to;
                t += 1;
            }
        }
        if last || kind > 1 || place > code.len() {
            // The end's own cycle, and words behind.
            rows.push(Row { at: t, gives: 0, merges: 0, beats: 0 });
            let words = code.len() as u64 / word;
            return (rows, t + 1 + words.saturating_sub(place as u64 / word + 1));
        }
    }
}
