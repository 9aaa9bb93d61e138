//! What block stimuli have in common.

use crate::num::{range_of, Prng};

/// `n` constants of a type of at most 63 bits, for configurations: a third are its corners.
pub fn constants(rng: &mut Prng, n: u64, bits: u32, signed: bool) -> Vec<i64> {
    let range = range_of(bits.min(63), signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
    let corners = [range.0, range.1, 0, 1.min(range.1)];
    (0..n).map(|_| if rng.chance(0.33) { *rng.pick(&corners) } else { rng.range(range.0, range.1) }).collect()
}

/// `n` elements of a type of at most 63 bits, for frames: a third are its corners, a fifth differ from the one before in one bit.
pub fn elements(rng: &mut Prng, n: u64, bits: u32, signed: bool) -> Vec<i64> {
    let range = range_of(bits.min(63), signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
    let corners = [range.0, range.1, 0, 1.min(range.1)];
    let mut last = 0;
    let mut next = || {
        last = match rng.below(15) {
            0..5 => *rng.pick(&corners),
            5..8 => flipped(last, rng.below(bits.clamp(1, 63).into()) as u32, bits, signed),
            _ => rng.range(range.0, range.1),
        };
        last
    };
    (0..n).map(|_| next()).collect()
}

/// A value of a type with one bit changed.
fn flipped(v: i64, bit: u32, bits: u32, signed: bool) -> i64 {
    let unused = 64 - bits.clamp(1, 63);
    let raw = (v ^ (1 << bit)) << unused;
    if signed {
        raw >> unused
    } else {
        ((raw as u64) >> unused) as i64
    }
}
