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

#[cfg(test)]
mod tests {
    use super::*;

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
