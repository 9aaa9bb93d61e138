//! Small floating-point formats: E4M3, E5M2, E3M2, E2M3, E2M1 (OCP 8-bit and MX specifications), and exact sums rounded
//! to float32.

/// What the highest codes mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Special {
    /// Numbers: no infinity, no NaN.
    None,
    /// All ones is NaN, there is no infinity (E4M3).
    NanOnly,
    /// The highest exponent holds infinity and NaN, as in IEEE 754 (E5M2).
    Ieee,
}

/// A format: sign, `exponent` bits, `mantissa` bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MiniFloat {
    /// Bits of the exponent.
    pub exponent: u32,
    /// Bits of the mantissa.
    pub mantissa: u32,
    /// Offset of the exponent.
    pub bias: i32,
    /// What the highest codes mean.
    pub special: Special,
}

/// What a code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// `+- significand 2^shift` units, see [`MiniFloat::unit`].
    Finite {
        /// Below zero, or the negative zero.
        negative: bool,
        /// With the leading one, if it has one.
        significand: u32,
        /// The exponent above the smallest.
        shift: u32,
    },
    /// Infinity; true: negative.
    Infinity(bool),
    /// Not a number.
    Nan,
}

impl MiniFloat {
    /// 8 bits: 4 exponent, 3 mantissa, largest 448.
    pub const E4M3: MiniFloat = MiniFloat { exponent: 4, mantissa: 3, bias: 7, special: Special::NanOnly };
    /// 8 bits: 5 exponent, 2 mantissa, largest 57,344.
    pub const E5M2: MiniFloat = MiniFloat { exponent: 5, mantissa: 2, bias: 15, special: Special::Ieee };
    /// 6 bits: 3 exponent, 2 mantissa, largest 28.
    pub const E3M2: MiniFloat = MiniFloat { exponent: 3, mantissa: 2, bias: 3, special: Special::None };
    /// 6 bits: 2 exponent, 3 mantissa, largest 7.5.
    pub const E2M3: MiniFloat = MiniFloat { exponent: 2, mantissa: 3, bias: 1, special: Special::None };
    /// 4 bits: 0, 0.5, 1, 1.5, 2, 3, 4, 6 and their negatives.
    pub const E2M1: MiniFloat = MiniFloat { exponent: 2, mantissa: 1, bias: 1, special: Special::None };

    /// Bits of a code.
    pub fn bits(self) -> u32 {
        1 + self.exponent + self.mantissa
    }

    /// A unit is `2^unit`: the smallest positive value.
    pub fn unit(self) -> i32 {
        1 - self.bias - self.mantissa as i32
    }

    /// The largest shift of a finite code.
    pub fn most_shift(self) -> u32 {
        (1 << self.exponent) - 2 - u32::from(self.special == Special::Ieee)
    }

    /// The largest finite magnitude, in units.
    pub fn most(self) -> i128 {
        let top = (2i128 << self.mantissa) - 1 - i128::from(self.special == Special::NanOnly);
        top << self.most_shift()
    }

    /// What a code stands for.
    pub fn decode(self, code: u32) -> Decoded {
        let magnitude = code & ((1 << (self.bits() - 1)) - 1);
        let (e, m) = (magnitude >> self.mantissa, magnitude & ((1 << self.mantissa) - 1));
        let negative = code >> (self.bits() - 1) & 1 == 1;
        let top = (1 << self.exponent) - 1;
        match self.special {
            Special::NanOnly if e == top && m + 1 == 1 << self.mantissa => Decoded::Nan,
            Special::Ieee if e == top && m == 0 => Decoded::Infinity(negative),
            Special::Ieee if e == top => Decoded::Nan,
            _ => {
                let normal = u32::from(e > 0);
                Decoded::Finite { negative, significand: m + (normal << self.mantissa), shift: e.saturating_sub(1) }
            }
        }
    }

    /// The value of a finite code, in units.
    pub fn units(self, code: u32) -> Option<i128> {
        match self.decode(code) {
            Decoded::Finite { negative, significand, shift } => {
                let v = i128::from(significand) << shift;
                Some(if negative { -v } else { v })
            }
            _ => None,
        }
    }
}

/// float32 bits of `x 2^unit`, rounded half to even. Zero is positive. The result is a normal number for the formats
/// here.
pub fn float32_bits(x: i128, unit: i32) -> u32 {
    if x == 0 {
        return 0;
    }
    let sign = u32::from(x < 0) << 31;
    let mut magnitude = x.unsigned_abs();
    let top = 127 - magnitude.leading_zeros() as i32;
    let drop = top - 23;
    let mut exponent = top + unit + 127;
    if drop > 0 {
        let (kept, rest, half) = (magnitude >> drop, magnitude & ((1 << drop) - 1), 1u128 << (drop - 1));
        magnitude = kept + u128::from(rest > half || (rest == half && kept & 1 == 1));
        if magnitude >> 24 == 1 {
            magnitude >>= 1;
            exponent += 1;
        }
    } else {
        magnitude <<= -drop;
    }
    sign | (exponent as u32) << 23 | (magnitude as u32 & 0x7f_ffff)
}

/// The product by integer addition of the codes (L-Mul, arXiv 2410.00907, in the form of its hardware: carries of the
/// mantissa run into the exponent), for E4M3 and E5M2. `l` is the mantissa width up to 3, 3 for 4 bits, else 4.
///
/// `R = A + B - (bias << m) + 2^(m - l)` on magnitudes. What the paper leaves open: zeros, subnormal operands and
/// results below the smallest normal give a signed zero; too large ones the largest number (E4M3) or infinity (E5M2);
/// NaN propagates, infinity times zero (or a subnormal) is NaN.
pub fn l_mul(f: MiniFloat, a: u32, b: u32) -> u32 {
    let sign_bit = 1u32 << (f.bits() - 1);
    let sign = (a ^ b) & sign_bit;
    let (ma, mb) = (a & (sign_bit - 1), b & (sign_bit - 1));
    let (da, db) = (f.decode(a), f.decode(b));
    let small = |m: u32| m >> f.mantissa == 0;
    let nan = sign_bit - 1;
    let infinity = ((1 << f.exponent) - 1) << f.mantissa;
    match (da, db) {
        (Decoded::Nan, _) | (_, Decoded::Nan) => nan,
        (Decoded::Infinity(_), _) if small(mb) => nan,
        (_, Decoded::Infinity(_)) if small(ma) => nan,
        (Decoded::Infinity(_), _) | (_, Decoded::Infinity(_)) => sign | infinity,
        _ if small(ma) || small(mb) => sign,
        _ => {
            let l = match f.mantissa {
                m @ 0..=3 => m,
                4 => 3,
                _ => 4,
            };
            let r = i64::from(ma) + i64::from(mb) - (i64::from(f.bias) << f.mantissa) + (1 << (f.mantissa - l));
            let largest = i64::from(if f.special == Special::Ieee { infinity } else { nan }) - 1;
            if r >> f.mantissa < 1 {
                sign
            } else if r <= largest {
                sign | r as u32
            } else if f.special == Special::Ieee {
                sign | infinity
            } else {
                sign | largest as u32
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [MiniFloat; 5] = [MiniFloat::E4M3, MiniFloat::E5M2, MiniFloat::E3M2, MiniFloat::E2M3, MiniFloat::E2M1];

    #[test]
    fn minifloat__largest_values_are_those_of_the_specification() {
        let largest = ALL.map(|f| f.most() as f64 * 2f64.powi(f.unit()));
        assert_eq!(largest, [448.0, 57344.0, 28.0, 7.5, 6.0]);
        let e2m1: Vec<f64> = (0..8).map(|c| MiniFloat::E2M1.units(c).unwrap() as f64 / 2.0).collect();
        assert_eq!(e2m1, [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0]);
        assert_eq!(MiniFloat::E4M3.decode(0x7f), Decoded::Nan);
        assert_eq!(MiniFloat::E5M2.decode(0xfc), Decoded::Infinity(true));
    }

    /// The second formula: the definition with a power of two, in floating point.
    #[test]
    fn minifloat__decode_is_the_defining_formula() {
        for f in ALL {
            for code in 0..1u32 << f.bits() {
                let Some(units) = f.units(code) else { continue };
                let (e, m) = (code >> f.mantissa & ((1 << f.exponent) - 1), code & ((1 << f.mantissa) - 1));
                let fraction = f64::from(m) / f64::from(1u32 << f.mantissa);
                let value = match e {
                    0 => fraction * 2f64.powi(1 - f.bias),
                    _ => (1.0 + fraction) * 2f64.powi(e as i32 - f.bias),
                };
                let signed = if code >> (f.bits() - 1) == 1 { -value } else { value };
                assert_eq!(units as f64 * 2f64.powi(f.unit()), signed);
                assert!(units.abs() <= f.most());
            }
        }
    }

    /// Against the machine's own conversion, where float64 holds the number exactly; ties included.
    #[test]
    fn float32_bits__rounds_half_to_even() {
        let mut rng = crate::num::Prng::new(1);
        for i in 0..20_000i128 {
            let x = match i % 3 {
                0 => i128::from(rng.range(-(1 << 52), 1 << 52)),
                1 => (i128::from(rng.range(-(1 << 24), 1 << 24)) << 5) + 16,
                _ => i128::from(rng.range(-300, 300)),
            };
            let expected = ((x as f64) * 2f64.powi(-18)) as f32;
            assert_eq!(float32_bits(x, -18), expected.to_bits(), "{x}");
        }
    }

    #[test]
    fn l_mul__known_values() {
        // 1.5 * 1.5 by addition of codes: 0x3c + 0x3c - 55.
        assert_eq!(l_mul(MiniFloat::E4M3, 0x3c, 0x3c), 0x41);
        assert_eq!(l_mul(MiniFloat::E4M3, 0x7e, 0x7e), 0x7e);
        assert_eq!(l_mul(MiniFloat::E5M2, 0x7b, 0x7b), 0x7c);
        assert_eq!(l_mul(MiniFloat::E4M3, 0x80, 0x3c), 0x80);
        assert_eq!(l_mul(MiniFloat::E5M2, 0x7c, 0x00), 0x7f);
    }
}
