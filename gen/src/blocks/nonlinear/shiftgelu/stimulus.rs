use super::Config;
use crate::blocks::parts::row_codes::stimulus;
use crate::blocks::shiftmax::{Half, Numerator};
use crate::num::Prng;

/// Scales from those at which every code is an octave to those at which all codes lie in a few.
pub fn config(rng: &mut Prng) -> Config {
    let (columns, lanes) = stimulus::sizes(rng);
    let octaves = *rng.pick(&[23, 23, 23, 15, 6]);
    Config {
        columns,
        lanes: lanes.min(4),
        bits: *rng.pick(&[8, 8, 8, 4, 10]),
        absent: rng.chance(0.3),
        inverse_scale: *rng.pick(&[1, 4, 10, 16, 19, 38, 100]),
        octaves,
        numerator: *rng.pick(&[Numerator::Less, Numerator::Whole]),
        half: *rng.pick(&[Half::Floor, Half::Keep]),
        sigmoid_bits: *rng.pick(&[8, 8, 16, 4]),
    }
}

/// Maxima of both signs; results of both; absent numbers, and rows of nothing else.
pub fn bins(c: &Config, x: &[i64], y: &[i64]) -> Vec<(&'static str, bool)> {
    let (low, high) = c.rows().codes_range();
    let absent = x.iter().filter(|x| !(low..=high).contains(*x)).count();
    let max = x.iter().copied().filter(|x| (low..=high).contains(x)).max();
    let mut bins = vec![
        ("cut", x.len() as u64 / u64::from(c.lanes) > c.rows().beats().into()),
        ("maximum below zero", max.is_some_and(|m| m < 0)),
        ("maximum above zero", max.is_some_and(|m| m > 0)),
        ("both signs", y.iter().any(|y| *y < 0) && y.iter().any(|y| *y > 0)),
    ];
    if c.absent {
        bins.extend([("absent", absent > 0), ("none there", absent == x.len())]);
    }
    bins
}
