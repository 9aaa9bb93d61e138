use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::blocks::BlockConfig;
use crate::num::Prng;

/// The root of two, as the released module has it.
const ROOT: f64 = 14142.0 / 1e4;

/// Constants of a scale, and any others.
pub fn config(rng: &mut Prng) -> Config {
    loop {
        let scale = 2f64.powi(-(rng.below(17) as i32)) * (0.5 + rng.below(1 << 20) as f64 / f64::from(1 << 21)) / ROOT;
        let shift = *rng.pick(&[14, 14, 6, 0]);
        let of_scale = rng.chance(0.8);
        let constant = |v: f64| v.floor().min(-1.0) as i64;
        let (b, c) = (constant(-1.769 / scale), constant(-1.0 / (0.2888 * scale * scale)));
        let one = constant(c as f64 / 2f64.powi(shift as i32));
        let c = Config {
            lanes: *rng.pick(&[1, 1, 2]),
            bits: *rng.pick(&[4, 8, 12, 17, 18, 20, 24]),
            b: if of_scale { b } else { -1 - rng.below(3000) as i64 },
            c: if of_scale { c } else { -1 - rng.below(1 << 20) as i64 },
            shift,
            one: if of_scale { one } else { -1 - rng.below(5000) as i64 },
        };
        if c.derive().is_ok() {
            return c;
        }
    }
}

/// Elements, many of them where the curve bends.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let n = 1 + rng.below(24);
    let lowest = -(1i64 << (c.bits - 1));
    let near = |x: i64, rng: &mut Prng| match rng.below(5) {
        0 => x,
        1 => *rng.pick(&[c.b, -c.b, 0, lowest]) + rng.range(-1, 1),
        2 => rng.range(-3, 3),
        _ => rng.range(2 * c.b, -2 * c.b),
    };
    let x = elements(rng, n, c.bits, true);
    vec![x.into_iter().map(|x| near(x, rng).clamp(lowest, -lowest - 1)).collect()]
}
