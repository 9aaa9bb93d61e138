use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

pub fn config(rng: &mut Prng) -> Config {
    Config {
        bits: *rng.pick(&[1, 2, 8, 17, 32, 63]),
        lanes: *rng.pick(&[1, 1, 2, 3, 8]),
        signed: rng.chance(0.5),
        depth: *rng.pick(&[1, 2, 3, 4, 5, 7, 8, 16, 33]),
    }
}

/// Short frames, and some that fill the buffer several times.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let most = if rng.chance(0.3) { 3 * u64::from(c.depth.min(40) * c.lanes) } else { 12 };
    let n = 1 + rng.below(most);
    vec![elements(rng, n, c.bits, c.signed)]
}
