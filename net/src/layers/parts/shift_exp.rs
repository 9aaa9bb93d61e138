//! I-ViT's exponential of integers, in plain loops (operators.md 1.1), and what both of its uses have in common.

pub use niello_gen::blocks::shiftmax::{Half, Numerator};

/// `e(x)`, near `2^octaves inverse_scale exp(x / inverse_scale)`, and what sums of it divide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShiftExp {
    /// `-floor(-1 / S)`: codes that make 1.0.
    pub inverse_scale: u32,
    /// Exponentials reach down to `2^-octaves` of the largest.
    pub octaves: u32,
    /// What becomes of the half in an exponential.
    pub half: Half,
    /// What is divided.
    pub numerator: Numerator,
}

/// What exponentials and sums of them count at most.
pub const MOST: i64 = (1 << 31) - 1;

impl ShiftExp {
    /// Of a code below its row's maximum, or of a negated maximum; not above `2^31 - 1`.
    pub fn exp(&self, x: i64) -> i64 {
        let (x0, n) = (i128::from(self.inverse_scale), i128::from(self.octaves));
        // `x log2(e)`, which is near 1.0111b in binary, downwards.
        let below = -(i128::from(x) + i128::from(x >> 1) - i128::from(x >> 4));
        let below = below.min(n * x0);
        let (octaves, rest) = (below.div_euclid(x0), below.rem_euclid(x0));
        let up = n - octaves;
        // `2 - rest / x0` of the next octave, in halves of a code.
        let halves = match self.half {
            Half::Keep => 2 * x0 - rest,
            Half::Floor => 2 * (x0 - (rest + 1).div_euclid(2)),
        };
        let wide = if up > 64 { i128::from(MOST) * 2 } else { halves << up };
        (wide / 2).min(i128::from(MOST)) as i64
    }

    /// The quotient of a sum that is not zero.
    pub fn quotient(&self, sum: i64) -> i64 {
        let whole = match self.numerator {
            Numerator::Less => MOST,
            Numerator::Whole => MOST + 1,
        };
        whole / sum.min(MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second formula: the real exponential. The line between powers of two is 6 % off at most, the shifted logarithm some more.
    #[test]
    fn shift_exp__is_near_the_real_one() {
        for (inverse_scale, half) in [(16, Half::Keep), (100, Half::Floor), (777, Half::Keep)] {
            let s = ShiftExp { inverse_scale, octaves: 15, half, numerator: Numerator::Less };
            let one = f64::from(inverse_scale) * f64::from(1 << 15);
            for x in -3 * i64::from(inverse_scale)..=0 {
                let (e, real) = (s.exp(x) as f64 / one, (x as f64 / f64::from(inverse_scale)).exp());
                assert!(
                    (e / real - 1.0).abs() < 0.1 + 2.0 / f64::from(inverse_scale),
                    "{inverse_scale} {x}: {e} for {real}"
                );
            }
            assert_eq!(s.exp(0), one as i64);
        }
    }
}
