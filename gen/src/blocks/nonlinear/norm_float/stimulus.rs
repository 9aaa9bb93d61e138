use super::{Config, Kind};
use crate::blocks::parts::row_codes::stimulus;
use crate::num::Prng;

/// Gains and offsets as frameworks have them: some 30 steps of a result for one of the norm.
pub fn config(rng: &mut Prng) -> Config {
    let (columns, lanes) = stimulus::sizes(rng);
    let kind = *rng.pick(&[Kind::Layer, Kind::Rms]);
    let (out_bits, out_signed) = (*rng.pick(&[8, 8, 4, 16]), rng.chance(0.5));
    let bits = *rng.pick(&[8, 8, 4, 16]);
    let each = if rng.chance(0.5) { columns } else { 1 };
    let (signed, top) = (rng.chance(0.5), (1i64 << (bits - 1)) - 1);
    Config {
        columns,
        lanes,
        bits,
        signed,
        absent: rng.chance(0.3),
        kind,
        zero: if kind == Kind::Rms { rng.range(if signed { -top } else { 0 }, top) } else { 0 },
        epsilon: *rng.pick(&[0, 1, 6554, 1 << 30]),
        gain: (0..each).map(|_| rng.range(-131_072, 131_071)).collect(),
        offset: (0..if rng.chance(0.5) { columns } else { 1 }).map(|_| rng.range(-(1 << 30), 1 << 30)).collect(),
        shift: *rng.pick(&[20, 24, 12, 0]),
        out_bits,
        out_signed,
        precision: *rng.pick(&[17, 17, bits.max(8)]),
    }
}

/// Rows shorter and longer than the root's, cut ones; no spread; results at both ends and between; absent elements, and rows of nothing else.
pub fn bins(c: &Config, x: &[i64], y: &[i64]) -> Vec<(&'static str, bool)> {
    let beats = (x.len() as u64).div_ceil(c.lanes.into());
    let (low, high) = c.rows().codes_range();
    let (least, most) = c.rows().results_range();
    let absent = x.iter().filter(|x| !(low..=high).contains(*x)).count();
    let mut bins = vec![
        ("cut", beats > c.rows().beats().into()),
        ("shorter than the division", beats < 2 * u64::from(c.precision) + 1),
        ("all the same", x.iter().all(|v| *v == x[0])),
        ("least", y.contains(&least)),
        ("most", y.contains(&most)),
        ("between", y.iter().any(|y| (least + 1..most).contains(y))),
    ];
    if c.absent {
        bins.extend([("absent", absent > 0), ("none there", absent == x.len())]);
    }
    bins
}
