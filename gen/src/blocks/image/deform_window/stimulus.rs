use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::blocks::BlockConfig;
use crate::num::{range_of, Prng};

/// Images smaller and larger than what dilations reach, strides beyond it, dilations that are cut off.
pub fn config(rng: &mut Prng) -> Config {
    let size = |rng: &mut Prng, most: u64| 1 + rng.below(most) as u32;
    let (mut height, mut width) = (size(rng, 9), size(rng, 9));
    match rng.below(8) {
        0 => height = 1,
        1 => width = 1,
        _ => {}
    }
    let (pixel, lanes) = (size(rng, 3), size(rng, 3));
    let (bits, signed) = (*rng.pick(&[1, 3, 8, 8, 16]), rng.chance(0.5));
    let max_dilation = *rng.pick(&[1, 2, 2, 3, 8, 15]);
    let mut c = Config {
        height,
        width,
        channels: pixel * lanes,
        lanes,
        bits,
        signed,
        stride: *rng.pick(&[1, 1, 2, 3, 4]),
        d_bits: *rng.pick(&[4, 5, 8]),
        max_dilation,
        pad_value: range_of(bits, signed).map_or(0, |r| rng.range(r.lo as i64, r.hi as i64)),
        spare: if rng.chance(0.3) { rng.below(20) as u32 } else { 0 },
    };
    if Config::derive(&c).is_err() {
        c.spare = 0;
    }
    c
}

/// Random pixels; dilations of all sizes, one for the whole image now and then, and such as are cut off.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let g = c.derived();
    let (all, most) = ((1 << c.d_bits) - 1, i64::from(c.max_dilation));
    let same = rng.chance(0.2).then(|| rng.range(0, most));
    let mut dilation = || match (same, rng.below(4)) {
        (Some(d), _) => d,
        (_, 0) => *rng.pick(&[0, most, all]),
        _ => rng.range(0, most),
    };
    let dilations = (0..g.rows * g.cols).map(|_| dilation()).collect();
    let pixels = u64::from(c.height) * u64::from(c.width) * u64::from(c.channels);
    vec![elements(rng, pixels, c.bits, c.signed), dilations]
}

/// No dilation, the largest, and one beyond it.
pub fn bins(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    let most = i64::from(c.max_dilation);
    vec![
        ("no dilation", inputs[1].contains(&0)),
        ("largest dilation", inputs[1].contains(&most)),
        ("dilation cut off", inputs[1].iter().any(|d| *d > most)),
    ]
}
