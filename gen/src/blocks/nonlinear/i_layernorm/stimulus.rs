use super::{Config, Mean, Root};
use crate::blocks::parts::row_codes::stimulus;
use crate::blocks::shiftmax::Numerator;
use crate::num::Prng;

/// Few steps of the root, so that rows are not all slower than their elements.
pub fn config(rng: &mut Prng) -> Config {
    let (columns, lanes) = stimulus::sizes(rng);
    let root = *rng.pick(&[Root::Newton, Root::NewtonHalf, Root::Floor]);
    let (start, iterations) = match root {
        Root::Newton => (*rng.pick(&[16, 8, 2]), *rng.pick(&[10, 3, 1])),
        Root::NewtonHalf => (16, *rng.pick(&[10, 3, 1])),
        Root::Floor => (16, 10),
    };
    let some = rng.chance(0.5);
    Config {
        columns,
        lanes,
        bits: *rng.pick(&[16, 8, 8, 4]),
        absent: rng.chance(0.3),
        mean: *rng.pick(&[Mean::Nearest, Mean::Zero, Mean::None]),
        root,
        start,
        iterations,
        shift: *rng.pick(&[0, 0, 2]),
        numerator: *rng.pick(&[Numerator::Less, Numerator::Whole]),
        bias: (0..if some { columns } else { 0 }).map(|_| rng.range(-(1 << 30), 1 << 30)).collect(),
    }
}

/// Whole beats of elements; where they may be absent some are.
pub fn frame(c: &Config, rng: &mut Prng) -> Vec<i64> {
    stimulus::frame(&c.rows(), rng)
}

/// Rows shorter and longer than the root's, cut ones; negative means, no spread; absent elements, and rows of nothing else.
pub fn bins(c: &Config, x: &[i64], y: &[i64]) -> Vec<(&'static str, bool)> {
    let beats = (x.len() as u64).div_ceil(c.lanes.into());
    let (low, high) = (-1i64 << (c.bits - 1), (1i64 << (c.bits - 1)) - 1);
    let absent = x.iter().filter(|x| !(low..=high).contains(*x)).count();
    let mut bins = vec![
        ("cut", beats > c.beats().into()),
        ("below zero", x.iter().sum::<i64>() < 0 && absent == 0),
        ("all the same", x.iter().all(|v| *v == x[0])),
        ("both signs", y.iter().any(|y| *y < 0) && y.iter().any(|y| *y > 0)),
    ];
    if c.absent {
        bins.extend([("absent", absent > 0), ("none there", absent == x.len())]);
    }
    bins
}
