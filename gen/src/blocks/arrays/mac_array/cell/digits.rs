//! EN-T digits: a magnitude in base 4 with digits -1, 0, 1, 2, and a sign.
//!
//! `c_0 = 0`, `c_i = a_(i-1)[1] & (a_(i-1)[0] | c_(i-1))`, `code_i = (a_i + c_i) mod 4`, where `a_i` are the base-4
//! digits of the magnitude. Codes 0, 1, 2, 3 stand for 0, 1, 2, -1 (the borrow is the next digit's carry).
//! Source: EN-T encoding in wqzustc/High-Performance-Tensor-Processing-Engines.

use crate::hdl::{Bool, Mod, SInt, UInt};
use crate::num::Range;

/// Digits of values in a range: enough that no carry leaves the highest.
pub fn count(range: Range) -> u32 {
    let most = range.lo.unsigned_abs().max(range.hi.unsigned_abs());
    // The largest value of n digits is 2 (4^n - 1) / 3.
    (1..=32).find(|n| 2 * ((1u128 << (2 * n)) - 1) / 3 >= most).unwrap_or(32)
}

/// Bits of an encoded value: two a digit, and the sign on top.
pub fn bits(range: Range) -> u32 {
    2 * count(range) + 1
}

/// Encodes a value.
pub fn encode<'m>(m: &'m Mod<'_>, x: SInt<'m>, range: Range) -> UInt<'m> {
    let n = count(range);
    let magnitude = x.abs().at_width(2 * n).called("magnitude");
    let mut carry = m.bool(false);
    let mut codes = Vec::new();
    for i in 0..n {
        let (high, low) = (magnitude.bit(2 * i + 1), magnitude.bit(2 * i));
        codes.push((low ^ carry).to_uint());
        codes.push((high ^ (low & carry)).to_uint());
        carry = high & (low | carry);
    }
    codes.push(x.is_negative().to_uint());
    m.lanes(&codes)
}

/// How a digit of an encoded value selects a multiple.
#[derive(Clone, Copy, Debug)]
pub struct Digit<'m> {
    /// Once.
    pub one: Bool<'m>,
    /// Twice.
    pub two: Bool<'m>,
    /// Negated.
    pub negative: Bool<'m>,
}

/// Digit `i` of an encoded value.
pub fn digit(code: UInt<'_>, i: u32) -> Digit<'_> {
    let (low, high) = (code.bit(2 * i), code.bit(2 * i + 1));
    let sign = code.bit(code.width() - 1).called("sign");
    Digit { one: low, two: high & !low, negative: sign ^ (high & low) }
}
