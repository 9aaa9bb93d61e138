use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

pub fn config(rng: &mut Prng) -> Config {
    Config {
        bits: *rng.pick(&[1, 2, 8, 20, 62]),
        signed: rng.chance(0.5),
        lanes: *rng.pick(&[1, 1, 2, 3, 4, 7]),
        elements: 1 + rng.below(24) as u32,
    }
}

/// Random elements; often all of them small, so that several are equal, sometimes all the lowest, or all but one.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let mut x = elements(rng, c.elements.into(), c.bits, c.signed);
    let lowest = if c.signed { -(1i64 << (c.bits - 1)) } else { 0 };
    match rng.below(5) {
        0 => x.fill(lowest),
        1 => x.iter_mut().for_each(|v| *v = lowest.max(*v % 2)),
        2 => {
            x.fill(lowest);
            x[rng.below(c.elements.into()) as usize] += 1;
        }
        _ => {}
    }
    vec![x]
}
