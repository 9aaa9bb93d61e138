use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Two to five receivers of any width.
pub fn config(rng: &mut Prng) -> Config {
    Config {
        bits: *rng.pick(&[1, 7, 8, 8, 33, 63]),
        lanes: 1 + rng.below(5) as u32,
        signed: rng.chance(0.5),
        outputs: 2 + rng.below(4) as u32,
    }
}

/// Any number of elements.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let n = 1 + rng.below(24);
    vec![elements(rng, n, c.bits, c.signed)]
}
