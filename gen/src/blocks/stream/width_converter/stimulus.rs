use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Ratios in both directions, even and uneven, equal, and frames that end inside a beat.
pub fn config(rng: &mut Prng) -> Config {
    let lanes = [1, 2, 3, 4, 5, 6, 8, 11, 12];
    Config {
        bits: *rng.pick(&[1, 3, 8, 20, 40]),
        signed: rng.chance(0.5),
        in_lanes: *rng.pick(&lanes),
        out_lanes: *rng.pick(&lanes),
        elements: 1 + rng.below(40) as u32,
    }
}

pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    vec![elements(rng, c.elements.into(), c.bits, c.signed)]
}
