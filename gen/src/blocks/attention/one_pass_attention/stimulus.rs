use super::{Checked, Config, Mask};
use crate::blocks::stimulus::elements;
use crate::blocks::BlockConfig;
use crate::num::{range_of, Prng};

/// Few keys and many, flat and peaked scores, every mask.
pub fn config(rng: &mut Prng) -> Config {
    loop {
        let size = |rng: &mut Prng, most: u64| 1 + rng.below(most) as u32;
        let (bits, signed) = (*rng.pick(&[8, 8, 8, 4, 2]), rng.chance(0.5));
        let (out_bits, out_signed) = (*rng.pick(&[8, 8, 12, 4, 16]), rng.chance(0.6));
        let zero = |rng: &mut Prng, bits: u32, signed: bool| {
            let r = range_of(bits, signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
            if rng.chance(0.4) {
                0i64.clamp(r.0, r.1)
            } else {
                rng.range(r.0, r.1)
            }
        };
        let mask = *rng.pick(Mask::ALL);
        let own = mask == Mask::Window;
        let width = size(rng, 6);
        let lanes: Vec<u32> = (1..=width).filter(|l| width.is_multiple_of(*l)).collect();
        let mantissa = |rng: &mut Prng| 1.0 + rng.below(1 << 20) as f64 / f64::from(1 << 20);
        let c = Config {
            queries: size(rng, 4),
            keys: if rng.chance(0.15) { 40 + size(rng, 30) } else { size(rng, 16) },
            depth: size(rng, 6),
            width,
            out_lanes: *rng.pick(&lanes),
            bits,
            signed,
            q_zero: zero(rng, bits, signed),
            k_zero: zero(rng, bits, signed),
            v_zero: zero(rng, bits, signed),
            scale: mantissa(rng) * 2f64.powi(rng.range(-16, 1) as i32 - bits as i32 / 2),
            precision: *rng.pick(&[16, 16, 17, 12, 7]),
            out_bits,
            out_signed,
            out_scale: mantissa(rng) * 2f64.powi(rng.range(-2, 1) as i32),
            out_zero: zero(rng, out_bits, out_signed),
            mask,
            window: if own { size(rng, 8) } else { 1 },
            sinks: if own { rng.below(4) as u32 } else { 0 },
        };
        if c.derive().is_ok() {
            return c;
        }
    }
}

/// Random tensors; scores that rise, fall or are equal.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let (queries, keys) = (u64::from(c.queries), u64::from(c.keys));
    let (depth, width) = (u64::from(c.depth), u64::from(c.width));
    let q = elements(rng, queries * depth, c.bits, c.signed);
    let mut k = elements(rng, queries * keys * depth, c.bits, c.signed);
    let v = elements(rng, queries * keys * width, c.bits, c.signed);
    match rng.below(4) {
        // Scores that rise key by key: the maximum moves all the time.
        0 => {
            let r = range_of(c.bits, c.signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
            for (n, x) in k.iter_mut().enumerate() {
                let j = (n as u64 / depth % keys) as i64;
                *x = r.0 + (r.1 - r.0) * j / keys as i64;
            }
        }
        1 => k.iter_mut().for_each(|x| *x = c.k_zero),
        _ => {}
    }
    vec![q, k, v]
}
