use super::{Checked, Config};
use crate::blocks::parts::row_codes::stimulus::sizes;
use crate::num::Prng;

/// Rows shorter and longer than the division.
pub fn config(rng: &mut Prng) -> Config {
    let (columns, lanes) = sizes(rng);
    Config {
        columns: columns - columns % lanes,
        lanes,
        bits: *rng.pick(&[16, 8, 2, 3, 11]),
        fraction: *rng.pick(&[15, 8, 1, 24]),
    }
}

/// Elements of any reach; one alone, none, all at an end.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let half = 1i64 << (c.bits - 1);
    let reach = 1 << rng.below(c.bits.into());
    let kind = rng.below(6);
    let alone = rng.below(c.columns.into()) as u32;
    let element = |i: u32| match kind {
        0 => 0,
        1 if i != alone => 0,
        2 => *rng.pick(&[-half, half - 1]),
        _ => rng.range(-reach, reach - 1).clamp(-half, half - 1),
    };
    vec![(0..c.columns).map(element).collect()]
}
