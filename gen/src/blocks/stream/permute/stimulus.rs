use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// One to five dimensions, ones among them, in any order; half of them with a last one that stays.
pub fn config(rng: &mut Prng) -> Config {
    let n = 1 + rng.below(5) as usize;
    let mut order: Vec<i64> = (0..n as i64).collect();
    let stays = rng.chance(0.5);
    for k in (1..n - usize::from(stays)).rev() {
        order.swap(k, rng.below(k as u64 + 1) as usize);
    }
    // Sometimes rows stay rows.
    if n > 2 && order[0] != 0 && rng.chance(0.4) {
        let at = order.iter().position(|k| *k == 0).unwrap_or(0);
        order.swap(0, at);
    }
    let lanes = if order[n - 1] == n as i64 - 1 { 1 + rng.below(3) as u32 } else { 1 };
    let mut dims: Vec<i64> = (0..n).map(|_| 1 + rng.below(4) as i64).collect();
    dims[n - 1] *= i64::from(lanes);
    Config { dims, order, lanes, bits: *rng.pick(&[1, 7, 8, 8, 33, 63]), signed: rng.chance(0.5) }
}

/// A frame.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    vec![elements(rng, c.elements(), c.bits, c.signed)]
}
