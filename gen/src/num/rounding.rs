//! Rounding and overflow as named choices: there is no default a user cannot see.

use std::fmt;

/// What to do with the bits that a right shift discards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rounding {
    /// Toward minus infinity: drop the bits.
    Floor,
    /// Nearest; ties toward plus infinity.
    HalfUp,
    /// Nearest; ties away from zero.
    HalfAway,
    /// Nearest; ties to the even neighbour.
    HalfEven,
    /// Toward zero.
    TowardZero,
}

impl Rounding {
    /// Every rounding.
    pub const ALL: [Rounding; 5] =
        [Rounding::Floor, Rounding::HalfUp, Rounding::HalfAway, Rounding::HalfEven, Rounding::TowardZero];
}

impl fmt::Display for Rounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Rounding::Floor => "floor",
            Rounding::HalfUp => "half-up",
            Rounding::HalfAway => "half-away",
            Rounding::HalfEven => "half-even",
            Rounding::TowardZero => "toward-zero",
        })
    }
}

/// How a real number becomes an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RealRounding {
    /// Nearest; ties to the even neighbour.
    HalfEven,
    /// Nearest; ties away from zero.
    HalfAway,
    /// Nearest; ties toward zero.
    HalfToZero,
    /// Down.
    Floor,
    /// Up.
    Ceil,
    /// Toward zero.
    ToZero,
    /// Away from zero.
    FromZero,
    /// 1 where it is not negative, else -1.
    Sign,
}

impl RealRounding {
    /// Every one of them.
    pub const ALL: [RealRounding; 8] = [
        RealRounding::HalfEven,
        RealRounding::HalfAway,
        RealRounding::HalfToZero,
        RealRounding::Floor,
        RealRounding::Ceil,
        RealRounding::ToZero,
        RealRounding::FromZero,
        RealRounding::Sign,
    ];

    /// The integer.
    pub fn apply(self, v: f64) -> f64 {
        match self {
            RealRounding::HalfEven => v.round_ties_even(),
            RealRounding::HalfAway => v.round(),
            RealRounding::HalfToZero => v.signum() * (v.abs() - 0.5).ceil(),
            RealRounding::Floor => v.floor(),
            RealRounding::Ceil => v.ceil(),
            RealRounding::ToZero => v.trunc(),
            RealRounding::FromZero => v.signum() * v.abs().ceil(),
            RealRounding::Sign if v >= 0.0 => 1.0,
            RealRounding::Sign => -1.0,
        }
    }

    /// The name in settings.
    pub fn name(self) -> &'static str {
        match self {
            RealRounding::HalfEven => "half-even",
            RealRounding::HalfAway => "half-away",
            RealRounding::HalfToZero => "half-to-zero",
            RealRounding::Floor => "floor",
            RealRounding::Ceil => "ceil",
            RealRounding::ToZero => "to-zero",
            RealRounding::FromZero => "from-zero",
            RealRounding::Sign => "sign",
        }
    }
}

/// What to do with a value that does not fit its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Overflow {
    /// Clamp to the nearest representable value.
    Saturate,
    /// Keep the low bits.
    Wrap,
}

/// `x / 2^n`, rounded. Exact for every `i128` whose sum with `2^n` does not overflow.
pub fn round_shift(x: i128, n: u32, rounding: Rounding) -> i128 {
    if n == 0 {
        return x;
    }
    let (floor, half) = (x >> n, 1i128 << (n - 1));
    let rem = x - (floor << n);
    let up = match rounding {
        Rounding::Floor => false,
        Rounding::HalfUp => rem >= half,
        Rounding::HalfAway => rem > half || (rem == half && x >= 0),
        Rounding::HalfEven => rem > half || (rem == half && floor & 1 == 1),
        Rounding::TowardZero => rem != 0 && x < 0,
    };
    floor + i128::from(up)
}

/// The nearest number of 24 significant bits, half to even: what a conversion to float32 does.
pub fn nearest_in_24_bits(x: i128) -> i128 {
    let bits = 128 - x.unsigned_abs().leading_zeros();
    let drop = bits.saturating_sub(24);
    round_shift(x, drop, Rounding::HalfEven) << drop
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Prng;

    #[test]
    fn nearest_in_24_bits__is_the_conversion_to_float32() {
        let mut rng = Prng::new(6);
        for i in 0..20_000 {
            let x = (rng.next() as i64) >> rng.below(60);
            // Ties among them: what lies below 24 bits is one half.
            let x = if i % 2 == 0 { (x << 8 | 0x80) >> rng.below(8) } else { x };
            assert_eq!(nearest_in_24_bits(x.into()), i128::from(x) as f32 as i128, "{x}");
        }
    }

    #[test]
    fn round_shift__agrees_with_exact_rationals() {
        // Second formula: the value as an exact binary64 (small enough), rounded by the library.
        for n in 0..6u32 {
            for x in -300i128..=300 {
                let v = x as f64 / f64::from(1u32 << n);
                let want = |r: Rounding| match r {
                    Rounding::Floor => v.floor(),
                    Rounding::HalfUp => (v + 0.5).floor(),
                    Rounding::HalfAway => v.round(),
                    Rounding::HalfEven => v.round_ties_even(),
                    Rounding::TowardZero => v.trunc(),
                };
                for r in Rounding::ALL {
                    assert_eq!(round_shift(x, n, r) as f64, want(r), "x={x} n={n} {r}");
                }
            }
        }
    }
}
