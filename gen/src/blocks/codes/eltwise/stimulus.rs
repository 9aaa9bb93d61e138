use super::{Checked, Config, Kind};
use crate::blocks::stimulus::{constants, elements};
use crate::num::{range_of, Prng};

/// All kinds, any sign mix, zero points at the types' ends too.
pub fn config(rng: &mut Prng) -> Config {
    let kind = *rng.pick(Kind::ALL);
    let widths: &[u32] = if kind == Kind::Mul { &[1, 4, 8, 8, 13] } else { &[1, 4, 8, 8, 22, 32] };
    let (a_bits, b_bits) = (*rng.pick(widths), *rng.pick(widths));
    let (a_signed, b_signed) = (rng.chance(0.5), rng.chance(0.5));
    let zero = |rng: &mut Prng, bits, signed| {
        let r = range_of(bits, signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
        match rng.below(3) {
            0 => *rng.pick(&[r.0, r.1]),
            1 => rng.range(r.0, r.1),
            _ => 0,
        }
    };
    let lanes = 1 + rng.below(4) as u32;
    // One beat over and over, or several.
    let beats = if rng.chance(0.4) { 1 + rng.below(5) } else { 0 };
    let constants = constants(rng, u64::from(lanes) * beats, b_bits, b_signed);
    Config {
        lanes,
        kind,
        a_bits,
        a_signed,
        a_zero: zero(rng, a_bits, a_signed),
        b_bits,
        b_signed,
        b_zero: zero(rng, b_bits, b_signed),
        constants,
    }
}

/// Half of the second operands equal to the first ones, or a power of two away: what every bit of a comparison decides.
fn near(c: &Config, rng: &mut Prng, a: &[i64], b: Vec<i64>) -> Vec<i64> {
    let mut beside = |(a, b): (&i64, i64)| {
        let step = *rng.pick(&[-1, 0, 1]) << rng.below(c.b_bits.into());
        let value = a - c.a_zero + c.b_zero + step + rng.range(-1, 1);
        let fits = range_of(c.b_bits, c.b_signed).is_some_and(|r| r.contains(value.into()));
        if fits && rng.chance(0.5) {
            value
        } else {
            b
        }
    };
    a.iter().zip(b).map(&mut beside).collect()
}

/// Two frames of one length; or one of a whole number of constants.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    if !c.constants.is_empty() {
        let n = (1 + rng.below(5)) * c.constants.len() as u64;
        return vec![elements(rng, n, c.a_bits, c.a_signed)];
    }
    let n = 1 + rng.below(20);
    let a = elements(rng, n, c.a_bits, c.a_signed);
    let b = elements(rng, n, c.b_bits, c.b_signed);
    let b = if c.kind.compares() { near(c, rng, &a, b) } else { b };
    vec![a, b]
}
