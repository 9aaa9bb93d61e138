//! Elements a beat.

/// Lanes that divide `channels`, the fewest such that `beats` of all channels take at most `target` cycles.
pub fn lanes(channels: u32, beats: u64, target: u64) -> Option<u32> {
    let fits = |d: &u32| channels.is_multiple_of(*d) && beats.saturating_mul((channels / d).into()) <= target;
    (1..=channels.min(MOST_LANES)).find(fits)
}

/// Most elements of a beat that the blocks take.
pub const MOST_LANES: u32 = 1024;

/// The most lanes that divide `channels`.
pub fn most_lanes(channels: u32) -> u32 {
    (1..=channels.min(MOST_LANES)).rev().find(|d| channels.is_multiple_of(*d)).unwrap_or(1)
}
