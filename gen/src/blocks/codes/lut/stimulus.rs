use super::{Checked, Config};
use crate::blocks::stimulus::elements;
use crate::num::{range_of, Prng};

pub fn config(rng: &mut Prng) -> Config {
    let (in_bits, out_bits) = (*rng.pick(&[1, 2, 4, 8, 9]), *rng.pick(&[1, 3, 8, 20, 32]));
    let (in_signed, out_signed) = (rng.chance(0.5), rng.chance(0.5));
    let r = range_of(out_bits, out_signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
    let table = if rng.chance(0.2) { Vec::new() } else { (0..1 << in_bits).map(|_| rng.range(r.0, r.1)).collect() };
    Config { in_bits, in_signed, out_bits, out_signed, lanes: *rng.pick(&[1, 1, 2, 3]), table }
}

pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let n = 1 + rng.below(20);
    vec![elements(rng, n, c.in_bits, c.in_signed)]
}
