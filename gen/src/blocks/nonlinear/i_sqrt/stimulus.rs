use super::{Checked, Config};
use crate::num::Prng;

/// Odd and even widths, the least and the largest ones.
pub fn config(rng: &mut Prng) -> Config {
    let bits = if rng.chance(0.5) { *rng.pick(&[1, 2, 3, 8, 15, 16, 32, 61, 62]) } else { 1 + rng.below(62) as u32 };
    Config { lanes: *rng.pick(&[1, 1, 2, 3]), bits }
}

/// Squares, their neighbours, and numbers of any length.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let most = (1i64 << c.bits) - 1;
    let draw = |rng: &mut Prng| match rng.below(4) {
        0 => *rng.pick(&[0, 1, most, most - 1]),
        1 => rng.range(0, most) >> rng.below(c.bits.into()),
        _ => {
            let root = rng.range(0, (1 << c.out_bits()) - 1) >> rng.below(c.out_bits().into());
            root * root + rng.range(-1, 1)
        }
    };
    vec![(0..1 + rng.below(24)).map(|_| draw(rng).clamp(0, most)).collect()]
}
