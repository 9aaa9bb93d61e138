use super::{Checked, Config, DIVISION};
use crate::num::Prng;

/// One lane and many; rows of one beat, and longer ones than the division.
pub fn config(rng: &mut Prng) -> Config {
    let lanes = *rng.pick(&[1, 1, 2, 3, 4, 16]);
    let columns = lanes * *rng.pick(&[1, 2, 5, 12, 30]) + if lanes > 1 { rng.below(2) as u32 } else { 0 };
    Config { columns, lanes }
}

/// Whole beats; codes near each other, anywhere, rising so that the denominator is shifted, all the same; seldom longer than the longest row.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let most = u64::from(c.beats());
    let beats = match rng.below(8) {
        0 => most,
        1 => 1,
        2 => most + 1 + rng.below(most),
        _ => 1 + rng.below(most),
    };
    let (n, centre, kind) = (beats as i64 * i64::from(c.lanes), rng.range(-100, 100), rng.below(5));
    let spread = *rng.pick(&[2, 4, 9, 20]);
    let code = |rng: &mut Prng, i: i64| match kind {
        0 => rng.range(-128, 127),
        1 => centre,
        2 => centre + spread * i / n.max(1) + rng.range(-1, 1),
        3 => centre - i.min(20) + rng.range(0, 2),
        _ => centre + rng.range(-spread, spread),
    };
    vec![(0..n).map(|i| code(rng, i).clamp(-128, 127)).collect()]
}

/// Lengths on both sides of the division and of the longest row; results at both ends.
pub fn bins(c: &Checked<Config>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    let beats = inputs[0].len() as u64 / u64::from(c.lanes);
    vec![
        ("shorter than the division", beats < DIVISION),
        ("cut", beats > c.beats().into()),
        ("zero", outputs[0].contains(&0)),
        ("one", outputs[0].contains(&255)),
    ]
}
