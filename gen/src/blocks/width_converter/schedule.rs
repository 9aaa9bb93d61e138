use super::Sizes;
use crate::blocks::Contract;

/// Follows the fill level through frames fed without a gap and taken without a stall: the exact latency
/// of the first frame, and the distance of frame starts once it repeats.
pub fn schedule(s: &Sizes) -> Contract {
    let reserve = s.take.max(s.tail);
    let (mut level, mut cycle) = (0u32, 0u64);
    let (mut taken, mut given) = (0u64, 0u64);
    let mut starts = Vec::new();
    let mut latency = 0;
    let frames = 12;
    while starts.len() < frames || latency == 0 {
        let gives = level >= s.give;
        let takes = level + reserve <= s.places;
        if gives {
            given += 1;
            level -= s.give;
            if given == s.beats_out {
                latency = cycle - starts[0];
            }
        }
        if takes {
            if taken % s.beats_in == 0 {
                starts.push(cycle);
            }
            taken += 1;
            level += if taken % s.beats_in == 0 { s.tail } else { s.take };
        }
        cycle += 1;
    }
    Contract { latency, ii: starts[frames - 1] - starts[frames - 2] }
}
