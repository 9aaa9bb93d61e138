use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Single beats, sizes that are powers of two and such that are not.
pub fn config(rng: &mut Prng) -> Config {
    Config {
        lanes: 1 + rng.below(5) as u32,
        bits: *rng.pick(&[1, 3, 8, 17, 33, 63]),
        signed: rng.chance(0.5),
        beats: *rng.pick(&[1, 2, 3, 4, 5, 7, 8, 13]),
        times: 2 + rng.below(5) as u32,
    }
}

/// Random elements.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    vec![elements(rng, u64::from(c.lanes) * u64::from(c.beats), c.bits, c.signed)]
}
