use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Any order of loops, groups that are full and such that are not, single beats.
pub fn config(rng: &mut Prng) -> Config {
    let size = |rng: &mut Prng, most: u64| 1 + rng.below(most) as u32;
    let (outer, lanes) = (size(rng, 9), size(rng, 4));
    let banks = match rng.below(4) {
        0 => 1,
        1 => outer,
        _ => size(rng, outer.into()),
    };
    let mut order = vec![0, 1, 2, 3];
    for k in (1..4).rev() {
        order.swap(k, rng.below(k as u64 + 1) as usize);
    }
    Config {
        outer,
        middle: *rng.pick(&[1, 1, 2, 3]),
        beats: size(rng, 4),
        lanes,
        banks,
        across: banks > 1 && lanes > 1 && rng.chance(0.5),
        times: *rng.pick(&[1, 1, 2, 3, 5]),
        order,
        bits: *rng.pick(&[1, 4, 8, 8, 17]),
        signed: rng.chance(0.5),
    }
}

/// A frame.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    vec![elements(rng, c.moved()[0] * u64::from(c.lanes), c.bits, c.signed)]
}
