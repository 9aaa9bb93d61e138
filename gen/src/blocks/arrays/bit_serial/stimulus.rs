use super::{Checked, Config, PLANES};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Sizes that divide and such that do not, both signs.
pub fn config(rng: &mut Prng) -> Config {
    let k = 1 + rng.below(20) as u32;
    Config {
        k,
        cols: 1 + rng.below(5) as u32,
        depth: 1 + rng.below(k.min(6).into()) as u32,
        a_bits: *rng.pick(&[1, 2, 4, 8, 8, 13, 16]),
        a_signed: rng.chance(0.5),
        pipeline: rng.below(2) as u32,
    }
}

/// A vector, one to four results that refine each other, and their planes; sometimes all bits set.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let beats = u64::from(c.derived().beats);
    let mut counts = Vec::new();
    let mut left = u64::from(PLANES);
    while counts.is_empty() || (left > 0 && counts.len() < 4 && rng.chance(0.6)) {
        let count = 1 + rng.below(left);
        counts.push(count as i64);
        left -= count;
    }
    let planes = u64::from(PLANES) - left;
    let n = planes * beats * u64::from(c.cols) * u64::from(c.depth);
    let bits = if rng.chance(0.2) { vec![1; n as usize] } else { elements(rng, n, 1, false) };
    vec![elements(rng, beats * u64::from(c.depth), c.a_bits, c.a_signed), counts, bits]
}
