use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Small images, factors of one among them.
pub fn config(rng: &mut Prng) -> Config {
    let lanes = 1 + rng.below(3) as u32;
    Config {
        height: 1 + rng.below(4) as u32,
        width: 1 + rng.below(5) as u32,
        channels: lanes * (1 + rng.below(3) as u32),
        lanes,
        bits: *rng.pick(&[1, 7, 8, 8, 33, 63]),
        signed: rng.chance(0.5),
        factor_h: 1 + rng.below(3) as u32,
        factor_w: 1 + rng.below(3) as u32,
    }
}

/// An image.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    vec![elements(rng, u64::from(c.height) * u64::from(c.width) * u64::from(c.channels), c.bits, c.signed)]
}
