use super::Sizes;
use crate::blocks::Contract;

/// Follows the fill level through frames fed without a gap and taken without a stall: the exact latency
/// of the first frame, and the distance of frames once it repeats. (It is taken where they leave: where they enter, the places hide a
/// slow output for many short frames.)
pub fn schedule(s: &Sizes) -> Contract {
    let reserve = s.take.max(s.tail);
    let (mut level, mut cycle) = (0u32, 0u64);
    let (mut taken, mut given) = (0u64, 0u64);
    let mut start = None;
    let mut ends = Vec::new();
    let frames = 12;
    while ends.len() < frames {
        let gives = level >= s.give;
        let takes = level + reserve <= s.places;
        if gives {
            given += 1;
            level -= s.give;
            if given % s.beats_out == 0 {
                ends.push(cycle);
            }
        }
        if takes {
            start = start.or(Some(cycle));
            taken += 1;
            level += if taken % s.beats_in == 0 { s.tail } else { s.take };
        }
        cycle += 1;
    }
    Contract { latency: ends[0] - start.unwrap_or(0), ii: ends[frames - 1] - ends[frames - 2] }
}
