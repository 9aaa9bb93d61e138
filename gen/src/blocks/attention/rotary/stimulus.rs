use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// The usual angles and any others, one pair a beat and several.
pub fn config(rng: &mut Prng) -> Config {
    let lanes = 2 * *rng.pick(&[1, 1, 2, 3]);
    let columns = lanes * (1 + rng.below(3) as u32);
    let rows = 1 + rng.below(6) as u32;
    let fraction = *rng.pick(&[14, 15, 7, 1]);
    let one = 1i64 << fraction;
    let pairs = rows * columns / 2;
    let own = rng.chance(0.4);
    let mut turns = || (0..if own { pairs } else { 0 }).map(|_| rng.range(-one, one)).collect::<Vec<i64>>();
    let (cosines, sines) = (turns(), turns());
    Config { columns, rows, lanes, bits: *rng.pick(&[8, 8, 4, 16, 2]), fraction, cosines, sines }
}

/// Any elements, their ends often.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    vec![elements(rng, u64::from(c.rows) * u64::from(c.columns), c.bits, true)]
}
