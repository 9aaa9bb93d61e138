use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Small images, squares of one pixel among them.
pub fn config(rng: &mut Prng) -> Config {
    let (lanes, size) = (1 + rng.below(3) as u32, 1 + rng.below(3) as u32);
    Config {
        height: 1 + rng.below(4) as u32,
        width: 1 + rng.below(5) as u32,
        channels: lanes * (1 + rng.below(2) as u32) * size * size,
        lanes,
        bits: *rng.pick(&[1, 7, 8, 8, 33, 63]),
        signed: rng.chance(0.5),
        size,
    }
}

/// An image.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    vec![elements(rng, u64::from(c.height) * u64::from(c.width) * u64::from(c.channels), c.bits, c.signed)]
}
