//! A bit vector of a run-time width: the value every IR net carries.

use num_bigint::{BigInt, BigUint, Sign};

/// `width` bits, kept as an unsigned number below `2^width`. Signedness is a matter of the reader.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bits {
    width: u32,
    value: BigUint,
}

impl Bits {
    /// The low `width` bits of `value`.
    pub fn new(width: u32, value: BigUint) -> Bits {
        if value.bits() <= u64::from(width) {
            return Bits { width, value };
        }
        let mask = (BigUint::from(1u8) << width) - 1u8;
        Bits { width, value: value & mask }
    }

    /// All zeros.
    pub fn zero(width: u32) -> Bits {
        Bits { width, value: BigUint::ZERO }
    }

    /// The low `width` bits of `value`.
    pub fn from_u64(width: u32, value: u64) -> Bits {
        Bits::new(width, BigUint::from(value))
    }

    /// `value` in two's complement, cut to `width` bits.
    pub fn from_i128(width: u32, value: i128) -> Bits {
        match width {
            // Words of memories: a network has millions of them.
            0..=63 => Bits { width, value: BigUint::from(value as u64 & ((1 << width) - 1)) },
            _ => Bits::from_bigint(width, &BigInt::from(value)),
        }
    }

    /// `value` in two's complement, cut to `width` bits.
    pub fn from_bigint(width: u32, value: &BigInt) -> Bits {
        let modulus = BigInt::from(1u8) << width;
        let rem = ((value % &modulus) + &modulus) % &modulus;
        Bits { width, value: rem.magnitude().clone() }
    }

    /// From 64-bit words, least significant first.
    pub fn from_words(width: u32, words: &[u64]) -> Bits {
        let digits = words.iter().flat_map(|w| [*w as u32, (*w >> 32) as u32]).collect();
        Bits::new(width, BigUint::new(digits))
    }

    /// Values of `bits` bits side by side, the first in the low ones.
    pub fn pack(values: impl Iterator<Item = i64>, bits: u32) -> Bits {
        let mut bytes: Vec<u8> = Vec::new();
        let mut at = 0usize;
        for v in values {
            for b in 0..bits as usize {
                if (at + b) / 8 == bytes.len() {
                    bytes.push(0);
                }
                bytes[(at + b) / 8] |= ((v >> b.min(63) & 1) as u8) << ((at + b) % 8);
            }
            at += bits as usize;
        }
        Bits::new(at as u32, BigUint::from_bytes_le(&bytes))
    }

    /// With more bits above.
    pub fn below(self, high: &Bits) -> Bits {
        Bits { width: self.width + high.width, value: self.value | (&high.value << self.width) }
    }

    /// Number of bits.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// The value read as unsigned.
    pub fn unsigned(&self) -> &BigUint {
        &self.value
    }

    /// The value read as two's complement.
    pub fn signed(&self) -> BigInt {
        let v = BigInt::from_biguint(Sign::Plus, self.value.clone());
        if self.width > 0 && self.bit(self.width - 1) {
            v - (BigInt::from(1u8) << self.width)
        } else {
            v
        }
    }

    /// One bit; false past the end.
    pub fn bit(&self, index: u32) -> bool {
        self.value.bit(u64::from(index))
    }

    /// True if any bit is set.
    pub fn any(&self) -> bool {
        self.value.bits() != 0
    }

    /// The low 64 bits.
    pub fn low_u64(&self) -> u64 {
        self.value.iter_u64_digits().next().unwrap_or(0)
    }

    /// The value as an index: `usize::MAX` where it does not fit.
    pub fn index(&self) -> usize {
        usize::try_from(&self.value).unwrap_or(usize::MAX)
    }

    /// As 64-bit words, least significant first; exactly `ceil(width / 64)` of them.
    pub fn words(&self) -> Vec<u64> {
        let mut words: Vec<u64> = self.value.iter_u64_digits().collect();
        words.resize(self.width.div_ceil(64) as usize, 0);
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits__signed_reading_is_twos_complement() {
        for w in 1..=130u32 {
            let minus_one = Bits::from_i128(w, -1);
            assert_eq!(minus_one.signed(), BigInt::from(-1));
            assert_eq!(minus_one.unsigned().bits(), u64::from(w));
            assert_eq!(Bits::from_bigint(w, &minus_one.signed()), minus_one);
        }
        assert_eq!(Bits::from_i128(8, -128).signed(), BigInt::from(-128));
        assert_eq!(Bits::from_i128(8, 130).signed(), BigInt::from(-126));
    }

    #[test]
    fn bits__words_round_trip() {
        let words = [0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210, 5];
        let b = Bits::from_words(131, &words);
        assert_eq!(b.words(), words);
        assert_eq!(Bits::from_words(129, &words).words(), [words[0], words[1], 1]);
    }
}
