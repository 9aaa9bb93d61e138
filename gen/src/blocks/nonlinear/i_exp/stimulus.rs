use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::blocks::BlockConfig;
use crate::num::Prng;

/// As the released module has it.
const LN_2: f64 = 6931.0 / 1e4;

/// Constants of a scale, and any others.
pub fn config(rng: &mut Prng) -> Config {
    loop {
        let scale = 2f64.powi(-(rng.below(14) as i32)) * (0.4 + rng.below(1 << 20) as f64 / f64::from(1 << 20));
        let floor = |v: f64| (v / scale).floor().max(1.0);
        let c = Config {
            lanes: *rng.pick(&[1, 1, 2, 3]),
            bits: *rng.pick(&[4, 8, 12, 16, 20, 27]),
            q_b: if rng.chance(0.8) { floor(2.7073) as u32 } else { 1 + rng.below(3000) as u32 },
            q_c: if rng.chance(0.8) { floor(2.7921 / scale) as u64 } else { 1 + rng.below(100_000) },
            q_ln2: floor(LN_2) as u32,
            octaves: *rng.pick(&[30, 30, 8, 3, 1]),
        };
        if c.derive().is_ok() {
            return c;
        }
    }
}

/// Elements, many of them where an octave ends and not far below zero.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let n = 1 + rng.below(24);
    let lowest = -(1i64 << (c.bits - 1));
    let near = |x: i64, rng: &mut Prng| match rng.below(4) {
        0 => x,
        1 => -(rng.below(u64::from(c.octaves) + 2) as i64) * i64::from(c.q_ln2) + rng.range(-1, 1),
        _ => -(rng.below(u64::from(c.octaves) * u64::from(c.q_ln2) + 4) as i64),
    };
    let x = elements(rng, n, c.bits, true);
    vec![x.into_iter().map(|x| near(x, rng).clamp(lowest, -lowest - 1)).collect()]
}
