use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Two to five streams of few and of many channels.
pub fn config(rng: &mut Prng) -> Config {
    let lanes = 1 + rng.below(4) as u32;
    Config {
        lanes,
        bits: *rng.pick(&[1, 7, 8, 8, 33, 63]),
        signed: rng.chance(0.5),
        channels: (0..2 + rng.below(4)).map(|_| i64::from(lanes) * (1 + rng.below(4) as i64)).collect(),
    }
}

/// The same number of pixels on every stream.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let pixels = 1 + rng.below(6);
    c.channels.iter().map(|n| elements(rng, pixels * *n as u64, c.bits, c.signed)).collect()
}
