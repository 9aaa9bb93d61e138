use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

pub fn config(rng: &mut Prng) -> Config {
    let bits = *rng.pick(&[1, 2, 7, 8, 16, 31, 32, 33, 63]);
    Config { bits, lanes: *rng.pick(&[1, 1, 2, 3, 5, 8]), signed: rng.chance(0.5) }
}

pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let n = 1 + rng.below(12);
    vec![elements(rng, n, c.bits, c.signed)]
}
