use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::{range_of, Prng};

/// Small images with borders of all kinds, none among them.
pub fn config(rng: &mut Prng) -> Config {
    let lanes = 1 + rng.below(3) as u32;
    let (bits, signed) = (*rng.pick(&[1, 7, 8, 8, 33, 63]), rng.chance(0.5));
    let r = range_of(bits, signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
    let side = |rng: &mut Prng| *rng.pick(&[0, 0, 1, 1, 2, 5]);
    Config {
        height: 1 + rng.below(4) as u32,
        width: 1 + rng.below(5) as u32,
        channels: lanes * (1 + rng.below(3) as u32),
        lanes,
        bits,
        signed,
        top: side(rng),
        left: side(rng),
        bottom: side(rng),
        right: side(rng),
        // What settings can name.
        value: (*rng.pick(&[r.0, 0, r.1])).clamp(-(1 << 62), (1 << 62) - 1),
    }
}

/// An image.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    vec![elements(rng, u64::from(c.height) * u64::from(c.width) * u64::from(c.channels), c.bits, c.signed)]
}
