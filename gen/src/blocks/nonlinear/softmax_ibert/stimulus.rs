use super::{Config, MOST};
use crate::blocks::parts::row_codes::stimulus;
use crate::blocks::BlockConfig;
use crate::num::Prng;

/// As the released module has it.
const LN_2: f64 = 6931.0 / 1e4;

/// Constants of a scale, from those at which one code decides a row to those at which none does, and any others.
pub fn config(rng: &mut Prng) -> Config {
    loop {
        let (columns, lanes) = stimulus::sizes(rng);
        let scale = 2f64.powi(-(rng.below(10) as i32)) * (0.4 + rng.below(1 << 20) as f64 / f64::from(1 << 20));
        let floor = |v: f64| (v / scale).floor().max(1.0);
        let q_c = if rng.chance(0.8) { floor(2.7921 / scale) as u64 } else { 1 + rng.below(100_000) };
        let octaves = *rng.pick(&[30, 30, 8, 3, 1]);
        // Near the largest exponential of 16 bits, above it now and then.
        let real = rng.range(17000, 33000) as f64 / (q_c as f64 * 2f64.powi(octaves as i32));
        let shift = 31 - real.log2().floor() as i32 - 1;
        let c = Config {
            columns,
            lanes,
            bits: *rng.pick(&[8, 8, 8, 4, 10]),
            absent: rng.chance(0.3),
            q_b: if rng.chance(0.8) { floor(2.7073) as u32 } else { 1 + rng.below(3000) as u32 },
            q_c,
            q_ln2: floor(LN_2) as u32,
            octaves,
            multiplier: ((real * 2f64.powi(shift)) as u64).clamp(1, (1 << 31) - 1) as u32,
            shift: shift.clamp(1, 90) as u32,
            out_bits: *rng.pick(&[8, 8, 16, 4]),
        };
        if c.derive().is_ok() && c.exponential(0) <= MOST {
            return c;
        }
    }
}
