//! What block stimuli have in common.

use crate::num::{range_of, Prng};

/// `n` elements of a type of at most 63 bits: a third are its corners.
pub fn elements(rng: &mut Prng, n: u64, bits: u32, signed: bool) -> Vec<i64> {
    let range = range_of(bits.min(63), signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
    let corners = [range.0, range.1, 0, 1.min(range.1)];
    (0..n).map(|_| if rng.chance(0.33) { *rng.pick(&corners) } else { rng.range(range.0, range.1) }).collect()
}
