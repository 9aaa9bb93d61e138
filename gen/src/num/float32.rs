//! float32 of numbers of any size, for golden models: exact sums, rounded once.

use num_bigint::{BigInt, Sign};

/// The unit of [`units`]: the smallest subnormal is `2^UNIT`.
pub const UNIT: i32 = -149;

/// float32 bits of `x 2^unit`, half to even, subnormals and infinities included. Zero is positive; what rounds to zero
/// keeps its sign.
pub fn round(x: &BigInt, unit: i32) -> u32 {
    if x.sign() == Sign::NoSign {
        return 0;
    }
    let sign = u32::from(x.sign() == Sign::Minus) << 31;
    let magnitude = x.magnitude();
    let top = magnitude.bits() as i64 - 1 + i64::from(unit);
    // The result's unit: 23 below the leading one, or that of subnormals.
    let target = (top - 23).max(UNIT.into());
    let drop = target - i64::from(unit);
    let (mut kept, rest) = if drop <= 0 {
        (magnitude << (-drop) as u64, false)
    } else {
        let kept = magnitude >> drop as u64;
        let half = magnitude >> (drop - 1) as u64;
        // Twice the rest against the unit: above, or a tie that goes to even.
        let up = half.bit(0) && (kept.bit(0) || magnitude.trailing_zeros().is_some_and(|z| (z as i64) < drop - 1));
        (kept, up)
    };
    kept += u32::from(rest);
    // The significand, its leading one added to the exponent: carries run into it.
    let kept = kept.iter_u64_digits().next().unwrap_or(0);
    let code = (((target - i64::from(UNIT)) as u64) << 23) + kept;
    sign | code.min(0x7f80_0000) as u32
}

/// A finite float32 in units of `2^UNIT`.
pub fn units(code: u32) -> Option<BigInt> {
    let (field, fraction) = (code >> 23 & 0xff, code & 0x7f_ffff);
    if field == 0xff {
        return None;
    }
    let magnitude = if field == 0 { BigInt::from(fraction) } else { BigInt::from(fraction | 1 << 23) << (field - 1) };
    Some(if code >> 31 == 1 { -magnitude } else { magnitude })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Prng;

    /// Every code is the rounding of what it stands for, and the machine reads it the same.
    #[test]
    fn float32__codes_round_to_themselves() {
        let mut rng = Prng::new(2);
        for i in 0..20_000 {
            let code = if i < 2_000 { i } else { rng.next() as u32 };
            let Some(x) = units(code) else { continue };
            assert_eq!(round(&x, UNIT), if code == 1 << 31 { 0 } else { code });
        }
    }

    /// Against the machine's own conversion from float64, which rounds half to even: ties, subnormals, overflow.
    #[test]
    fn float32__rounds_as_the_machine_does() {
        let mut rng = Prng::new(3);
        for i in 0..60_000 {
            let x = match i % 4 {
                0 => rng.range(-(1 << 52), 1 << 52),
                1 => (rng.range(-(1 << 24), 1 << 24) << 5) + 16,
                2 => rng.range(-300, 300),
                _ => (rng.range(-(1 << 25), 1 << 25) << 8) + rng.range(-1, 1),
            };
            let unit = rng.range(-220, 120) as i32;
            let expected = (x as f64 * 2f64.powi(unit)) as f32;
            assert_eq!(round(&x.into(), unit), expected.to_bits(), "{x} {unit}");
        }
    }
}
