use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Few slots, so that sequences fill them; groups of one element and of a whole head.
pub fn config(rng: &mut Prng) -> Config {
    let lanes = *rng.pick(&[1, 1, 2, 3]);
    let group = lanes * *rng.pick(&[1, 1, 2, 5]);
    let heads = *rng.pick(&[1, 1, 2, 3]);
    let bits = *rng.pick(&[8, 8, 8, 5, 2]);
    let tokens = 1 + rng.below(6) as u32;
    Config {
        tokens,
        width: group * heads * *rng.pick(&[1, 2, 3]),
        heads,
        lanes,
        group,
        bits,
        cache_bits: (*rng.pick(&[4, 4, 2, 1, 3])).min(bits),
        sinks: rng.below(u64::from(tokens)) as u32,
    }
}

/// Elements anywhere, near each other, all the same, or at both ends.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let n = u64::from(c.width);
    let (low, high) = (-(1i64 << (c.bits - 1)), (1i64 << (c.bits - 1)) - 1);
    let (centre, spread) = (rng.range(low, high), *rng.pick(&[0, 1, 3, 20]));
    vec![match rng.below(4) {
        0 => (0..n).map(|_| *rng.pick(&[low, high, 0])).collect(),
        1 => elements(rng, n, c.bits, true),
        _ => (0..n).map(|_| (centre + rng.range(-spread, spread)).clamp(low, high)).collect(),
    }]
}
