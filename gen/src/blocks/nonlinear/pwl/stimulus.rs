use super::{Checked, Config, Function};
use crate::blocks::stimulus::elements;
use crate::blocks::BlockConfig;
use crate::num::{range_of, Prng};

/// Every function; scales that let it bend and such that saturate it.
pub fn config(rng: &mut Prng) -> Config {
    loop {
        let bits = 4 + rng.below(9) as u32;
        let (out_bits, out_signed) = (*rng.pick(&[2, 5, 8, 8, 12, 16]), rng.chance(0.5));
        let (lo, hi) = range_of(out_bits, out_signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
        let wide = |rng: &mut Prng| 0.25 + rng.below(1 << 20) as f64 / f64::from(1 << 18);
        let c = Config {
            function: *rng.pick(Function::ALL),
            lanes: *rng.pick(&[1, 1, 2, 3]),
            bits,
            signed: rng.chance(0.5),
            scale: wide(rng) * 2f64.powi(2 - bits as i32),
            segment_bits: 1 + rng.below(u64::from(bits) - 1) as u32,
            fraction: rng.below(17) as u32,
            out_bits,
            out_signed,
            out_scale: wide(rng) * 2f64.powi(-(out_bits as i32)),
            out_zero: if rng.chance(0.5) { 0 } else { rng.range(lo, hi) },
            most_error: 65536.0,
        };
        if c.derive().is_ok() {
            return c;
        }
    }
}

/// Elements, ends of segments among them.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let n = 1 + rng.below(24);
    let (lowest, highest) = (c.lowest(), c.lowest() + (1 << c.bits) - 1);
    let end = |x: i64, rng: &mut Prng| match rng.below(3) {
        0 => x,
        1 => rng.range(lowest, highest),
        _ => {
            let first = lowest + (rng.below(1 << c.segment_bits) << c.inner_bits()) as i64;
            (first + rng.range(-1, 0)).clamp(lowest, highest)
        }
    };
    let x = elements(rng, n, c.bits, c.signed);
    vec![x.into_iter().map(|x| end(x, rng)).collect()]
}
