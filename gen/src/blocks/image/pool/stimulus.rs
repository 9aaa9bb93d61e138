use super::{Checked, Config, Kind, Order};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Both kinds and orders, lanes that divide and such that do not.
pub fn config(rng: &mut Prng) -> Config {
    let channels = 1 + rng.below(8) as u32;
    let kind = *rng.pick(Kind::ALL);
    Config {
        channels,
        lanes: 1 + rng.below(channels.min(4).into()) as u32,
        taps: *rng.pick(&[2, 3, 4, 9, 25]),
        bits: *rng.pick(if kind == Kind::Float32 { &[8, 22, 26, 33, 40] } else { &[1, 2, 8, 8, 17] }),
        signed: rng.chance(0.5),
        kind,
        order: *rng.pick(Order::ALL),
        start: if kind == Kind::Sum && rng.chance(0.4) { rng.range(-3000, 3000) } else { 0 },
    }
}

/// Random elements, a third of them corners; sometimes one value throughout.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let n = c.derived().groups as u64 * u64::from(c.taps) * u64::from(c.lanes);
    let x = elements(rng, n, c.bits, c.signed);
    vec![if rng.chance(0.2) { vec![x[0]; x.len()] } else { x }]
}
