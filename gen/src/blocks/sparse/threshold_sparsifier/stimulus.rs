use super::{Checked, Config};
use crate::num::{range_of, Prng, Range};

/// Thresholds among the magnitudes, some beyond all of them.
pub fn config(rng: &mut Prng) -> Config {
    let lanes = *rng.pick(&[1, 1, 2, 3]);
    let columns = lanes * rng.range(1, 6) as u32;
    let (bits, signed) = (*rng.pick(&[8, 8, 2, 4, 16]), rng.chance(0.6));
    let all = range_of(bits, signed).unwrap_or(Range::new(0, 0));
    let zero = if rng.chance(0.5) { 0 } else { rng.range(all.lo as i64, all.hi as i64) };
    let most = (1i64 << bits).min(65535);
    let threshold = |rng: &mut Prng| *rng.pick(&[0, 1, most / 8, most / 4, most / 2 - 1, most / 2, most]);
    let n = if rng.chance(0.3) { 1 } else { columns };
    let thresholds = (0..n).map(|_| threshold(rng)).collect();
    Config { columns, rows: rng.range(1, 4) as u32, lanes, bits, signed, zero, thresholds, rest: rng.chance(0.5) }
}

/// Elements at their thresholds and beside them, at the ends, anywhere.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let all = range_of(c.bits, c.signed).unwrap_or(Range::new(0, 0));
    let (low, high) = (all.lo as i64, all.hi as i64);
    let element = |i: u32, rng: &mut Prng| {
        let t = c.thresholds[i as usize % c.columns as usize % c.thresholds.len()];
        let near = c.zero + if rng.chance(0.5) { t } else { -t } + rng.range(-1, 1);
        match rng.below(4) {
            0 => rng.range(low, high),
            1 => *rng.pick(&[low, high, c.zero]),
            _ => near.clamp(low, high),
        }
    };
    vec![(0..c.rows * c.columns).map(|i| element(i, rng)).collect()]
}

/// Elements on both sides of their thresholds, and on them.
pub fn bins(c: &Checked<Config>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    let t = |i: usize| c.thresholds[i % c.columns as usize % c.thresholds.len()];
    let each = || inputs[0].iter().map(|x| x - c.zero).enumerate();
    vec![
        ("at its threshold", each().any(|(i, d)| d != 0 && d == t(i))),
        ("at its threshold, below zero", each().any(|(i, d)| d != 0 && d == -t(i))),
        ("one above", each().any(|(i, d)| d.abs() == t(i) + 1)),
        ("all zero", outputs[0].iter().all(|y| *y == 0)),
        ("none zero", outputs[0].iter().all(|y| *y != 0)),
    ]
}
