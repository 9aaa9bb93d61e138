use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Rows of one beat and of several.
pub fn config(rng: &mut Prng) -> Config {
    let most = *rng.pick(&[2, 20, 20]);
    Config {
        columns: 1 + rng.below(most) as u32,
        lanes: *rng.pick(&[1, 1, 2, 3]),
        a_bits: *rng.pick(&[2, 8, 16, 20, 32]),
        b_bits: *rng.pick(&[1, 8, 16, 25]),
    }
}

/// Any elements and numbers, their ends often.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let most = (1i64 << c.b_bits) - 1;
    let b = if rng.chance(0.4) { *rng.pick(&[0, most]) } else { rng.range(0, most) };
    vec![elements(rng, c.columns.into(), c.a_bits, true), vec![b]]
}
