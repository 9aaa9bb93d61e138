use super::Geometry;
use crate::blocks::Contract;

/// Follows the fill level through images fed without a gap and taken without a stall: the exact latency of the first
/// image, and the distance of images once it repeats.
pub fn schedule(g: &Geometry) -> Contract {
    let (mut held, mut skip, mut cycle) = (0i64, 0i64, 0u64);
    let mut ends: Vec<u64> = Vec::new();
    let patch_beats = i64::from(g.beats_of_patch());
    while ends.len() < 4 {
        for y in 0..g.rows {
            for x in 0..g.cols {
                let p = g.patch(y, x);
                let mut left = patch_beats;
                while left > 0 {
                    let stores = skip == 0 && held < i64::from(g.capacity);
                    let drops = skip > 0;
                    if held >= p.needed - p.first {
                        left -= 1;
                    }
                    held += i64::from(stores);
                    skip -= i64::from(drops);
                    if left == 0 {
                        let freed = p.next_first - p.first;
                        let now = freed.min(held);
                        held -= now;
                        skip += freed - now;
                    }
                    cycle += 1;
                    // Nothing changes until the patch ends once the buffer is full: no need to count every cycle.
                    if held == i64::from(g.capacity) && skip == 0 && left > 1 && held >= p.needed - p.first {
                        cycle += (left - 1) as u64;
                        left = 1;
                    }
                }
            }
        }
        ends.push(cycle - 1);
    }
    // The beat leaves a cycle after it is read; the first beat is accepted in cycle 0.
    Contract { latency: ends[0] + 1, ii: ends[3] - ends[2] }
}
