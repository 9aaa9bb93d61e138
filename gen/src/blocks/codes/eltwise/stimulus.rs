use super::{Checked, Config, Kind};
use crate::blocks::stimulus::{constants, elements};
use crate::num::{range_of, Prng};

/// Both kinds, any sign mix, zero points at the types' ends too.
pub fn config(rng: &mut Prng) -> Config {
    let kind = *rng.pick(Kind::ALL);
    let widths: &[u32] = if kind == Kind::Add { &[1, 4, 8, 8, 22, 32] } else { &[1, 4, 8, 8, 13] };
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

/// Two frames of one length; or one of a whole number of constants.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    if !c.constants.is_empty() {
        let n = (1 + rng.below(5)) * c.constants.len() as u64;
        return vec![elements(rng, n, c.a_bits, c.a_signed)];
    }
    let n = 1 + rng.below(20);
    vec![elements(rng, n, c.a_bits, c.a_signed), elements(rng, n, c.b_bits, c.b_signed)]
}
