//! When elements leave: the code is taken apart as long as there is room, and rows of elements are spread one behind the other.

use super::{Checked, Config};
use crate::blocks::sparse::code::bits;
use crate::blocks::sparse::cutter::timing::{tensor, Pace, Step};

/// Frames after which those that follow are as far apart.
const FRAMES: usize = 6;

/// Latency and II of a frame.
pub fn of(c: &Checked<Config>, bytes: &[i64]) -> (u64, u64) {
    let cutter = c.cutter();
    let (tensor, full, lanes) = (tensor(&cutter, &bits(bytes)), u64::from(cutter.group / c.lanes), u64::from(c.lanes));
    let (to_memory, room) = (u64::from(cutter.view_cycles()) + 3, c.rows() as usize - 1);
    let (mut pace, mut ends) = (Pace::new(&cutter), Vec::new());
    // When rows were taken from the code, and when they left their memory, for the place in front of the register that shows one.
    let (mut issued, mut fetched) = (Vec::<u64>::new(), Vec::<u64>::new());
    let before = |times: &[u64], t: u64| times.partition_point(|x| *x < t);
    // When a row was in front of that register, when the row before was taken, when what was decided left, and when the beats of its group end.
    let (mut moved, mut decided, mut left, mut given) = (0, 0, 0, 0);
    for _ in 0..FRAMES {
        for step in &tensor.steps {
            // Whether there is room is known a cycle late.
            let has_room = |t: u64| before(&issued, t.saturating_sub(1)) - before(&fetched, t.saturating_sub(1)) < room;
            let t = pace.step(step, tensor.drain, has_room);
            let row = match step {
                Step::Row(row) => Some(row),
                Step::End => None,
                _ => continue,
            };
            issued.push(t);
            fetched.push((t + to_memory).max(moved));
            moved = (t + to_memory).max(moved) + 1;
            moved = moved.max(decided);
            let (gives, merges) = row.map_or((0, 0), |r| (r.gives, u64::from(r.merges)));
            let mut at = moved + 1;
            for step in 0..(gives + merges).max(1) {
                at = at.max(decided + 1).max(left);
                decided = at;
                if row.is_none() {
                    break;
                }
                left = (at + 1).max(left + 1);
                if step < gives {
                    left = left.max(given);
                    let own = row.filter(|_| step + 1 == gives).map_or(full, |r| r.elements.div_ceil(lanes));
                    given = left + own;
                }
            }
        }
        ends.push(given);
    }
    (ends[0], ends[FRAMES - 1] - ends[FRAMES - 2])
}
