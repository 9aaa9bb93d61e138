//! Products of small floats, exactly, as fixed-point numbers.
//!
//! A finite code is `+- significand 2^shift` units. A product is the product of the significands, shifted by the sum of
//! the shifts, in units of `2^(2 unit)`: no rounding anywhere before the end. With L-Mul the product is a code again.
//! NaN and infinities are flags beside the sums.

use super::plain::tree;
use super::Cell;
use crate::hdl::{Bool, Mod, SInt, UInt};
use crate::num::minifloat::{MiniFloat, Special};
use crate::num::{bits_for_unsigned, Range};

/// NaN, then +infinity and -infinity, as far as a format has them.
pub fn flags(f: MiniFloat) -> u32 {
    match f.special {
        Special::None => 0,
        Special::NanOnly => 1,
        Special::Ieee => 3,
    }
}

/// An operand as elements see it.
struct Operand<'m> {
    significand: UInt<'m>,
    shift: UInt<'m>,
    negative: Bool<'m>,
    nan: Bool<'m>,
    infinite: Bool<'m>,
    /// The code, for L-Mul.
    magnitude: UInt<'m>,
}

/// Bits of the parts of an operand: significand (L-Mul: the magnitude's code), shift, sign, NaN, infinity.
fn layout(f: MiniFloat, l_mul: bool) -> [u32; 5] {
    let specials = [u32::from(f.special != Special::None), u32::from(f.special == Special::Ieee)];
    if l_mul {
        [f.bits() - 1, 0, 1, specials[0], specials[1]]
    } else {
        [f.mantissa + 1, bits_for_unsigned(f.most_shift().into()), 1, specials[0], specials[1]]
    }
}

/// Bits of an operand as elements see it.
pub fn operand_bits(f: MiniFloat, l_mul: bool) -> u32 {
    layout(f, l_mul).iter().sum()
}

/// Values of a product, in its units.
pub fn product(f: MiniFloat, l_mul: bool) -> Range {
    let most = if l_mul { f.most() } else { f.most() * f.most() };
    Range::new(-most, most)
}

/// A product's unit is two to this.
pub fn product_unit(f: MiniFloat, l_mul: bool) -> i32 {
    if l_mul {
        f.unit()
    } else {
        2 * f.unit()
    }
}

/// Takes a code apart: once for a whole row or column.
pub fn decode<'m>(m: &'m Mod<'_>, f: MiniFloat, l_mul: bool, code: UInt<'m>) -> UInt<'m> {
    let (e, frac) = (code.slice(f.mantissa, f.exponent).called("exponent"), code.trunc(f.mantissa).called("fraction"));
    let sign = code.slice(f.bits() - 1, 1);
    let top = e.all().called("exponent_ones");
    let (nan, infinite) = match f.special {
        Special::None => (m.bool(false), m.bool(false)),
        Special::NanOnly => (top & frac.all(), m.bool(false)),
        Special::Ieee => (top & frac.any(), top & !frac.any()),
    };
    let normal = e.any().called("normal");
    let mut parts = Vec::new();
    if l_mul {
        parts.push(code.trunc(f.bits() - 1));
    } else {
        let significand = m.concat(&[normal.to_uint(), frac]);
        // What is no number contributes nothing to the sum.
        let special = nan | infinite;
        parts.push(special.pick(m.u(0, significand.width()), significand));
        let shift = (e - normal.to_uint()).as_unsigned();
        let w = layout(f, false)[1];
        let shift = shift.at_width(w).called("exponent_shift");
        parts.push(special.pick(m.u(0, w), shift));
    }
    parts.push(sign);
    if f.special != Special::None {
        parts.push(nan.to_uint());
    }
    if f.special == Special::Ieee {
        parts.push(infinite.to_uint());
    }
    m.lanes(&parts)
}

fn operand<'m>(m: &'m Mod<'_>, f: MiniFloat, l_mul: bool, v: UInt<'m>) -> Operand<'m> {
    let widths = layout(f, l_mul);
    let at = |i: usize| widths[..i].iter().sum::<u32>();
    let flag = |i: usize| if widths[i] > 0 { v.bit(at(i)) } else { m.bool(false) };
    let first = v.trunc(widths[0]).called("first");
    Operand {
        significand: first,
        shift: if widths[1] > 0 { v.slice(at(1), widths[1]) } else { m.u(0, 1) },
        negative: flag(2),
        nan: flag(3),
        infinite: flag(4),
        magnitude: first,
    }
}

/// The products of a step, summed, and their flags.
pub fn products<'m>(
    cell: &Cell,
    m: &'m Mod<'_>,
    run: Bool<'m>,
    a: UInt<'m>,
    b: UInt<'m>,
) -> (SInt<'m>, Option<UInt<'m>>) {
    let Some(f) = cell.format else { return (m.s(0, 1), None) };
    let l_mul = cell.l_mul();
    let bits = operand_bits(f, l_mul);
    let (mut terms, mut marks) = (Vec::new(), Vec::new());
    for k in 0..cell.depth {
        let of = |v: UInt<'m>, name: &str| operand(m, f, l_mul, v.slice(k * bits, bits).called(format!("{name}{k}")));
        let (x, y) = (of(a, "a"), of(b, "b"));
        let negative = (x.negative ^ y.negative).called(format!("negative{k}"));
        let (magnitude, zeros) = if l_mul { by_addition(m, f, &x, &y) } else { by_significands(f, &x, &y) };
        let signed = magnitude.to_signed().called(format!("magnitude{k}"));
        let term = negative.pick(-signed, signed.sext(signed.width() + 1)).called(format!("product{k}")).shrink();
        terms.push(if cell.pipeline > 0 { m.delay(&format!("term{k}"), run, term) } else { term });
        marks.push(special(m, f, &x, &y, negative, zeros));
    }
    let joined = marks.into_iter().flatten().reduce(|a, b| a | b);
    let late = joined.map(|v| m.pipe("special", run, v, cell.stages()));
    (tree(cell, m, run, "sum", terms), late)
}

/// The exact product's magnitude; which operands are zero.
fn by_significands<'m>(f: MiniFloat, x: &Operand<'m>, y: &Operand<'m>) -> (UInt<'m>, [Bool<'m>; 2]) {
    let product = (x.significand * y.significand).called("product");
    let most = 2 * f.most_shift();
    let shift = (x.shift + y.shift).called("exponent_shift");
    let wide = product.zext(product.width() + most).shl_by(shift).called("wide");
    let most = f.most() * f.most();
    let zeros = [x, y].map(|o| !o.significand.any() & !o.nan & !o.infinite);
    (wide.trunc(bits_for_unsigned(most as u128)), zeros)
}

/// The sum of the codes, decoded; see [`crate::num::minifloat::l_mul`]. Operands below the smallest normal count as zero.
fn by_addition<'m>(m: &'m Mod<'_>, f: MiniFloat, x: &Operand<'m>, y: &Operand<'m>) -> (UInt<'m>, [Bool<'m>; 2]) {
    let (offset, largest) = l_mul_constants(f);
    let w = f.bits() + 2;
    let r = ((x.magnitude + y.magnitude).to_signed() - m.s(offset, w)).sext(w + 1).called("r");
    let zeros = [x, y].map(|o| !o.magnitude.slice(f.mantissa, f.exponent).any());
    let under = r.lt(m.s(1 << f.mantissa, w + 1)) | zeros[0] | zeros[1] | x.nan | y.nan | x.infinite | y.infinite;
    let over = r.gt(m.s(largest, w + 1)).called("over");
    let code = over.pick(m.u(largest as u64, f.bits() - 1), r.as_unsigned().trunc(f.bits() - 1)).called("code");
    // Where it overflows to infinity the flag tells; the sum gets nothing.
    let nothing = if f.special == Special::Ieee { under | over } else { under };
    let significand = m.concat(&[m.u(1, 1), code.trunc(f.mantissa)]);
    let shift =
        (code.slice(f.mantissa, f.exponent) - m.u(1, 1)).as_unsigned().trunc(f.exponent).called("exponent_shift");
    let value = significand.zext(f.mantissa + 1 + f.most_shift()).shl_by(shift).called("value");
    let value = nothing.pick(m.u(0, 1).zext(value.width()), value);
    (value.trunc(bits_for_unsigned(f.most() as u128)), zeros)
}

/// What is taken from the sum of two codes, and the largest finite code. Both formats have at most 3 mantissa bits.
fn l_mul_constants(f: MiniFloat) -> (i64, i64) {
    let offset = (f.bias << f.mantissa) - (1 << (f.mantissa - f.mantissa.min(3)));
    let beyond = if f.special == Special::Ieee { 1 + (1 << f.mantissa) } else { 2 };
    (offset.into(), (1i64 << (f.bits() - 1)) - beyond)
}

/// Flags of a product.
fn special<'m>(
    m: &'m Mod<'_>,
    f: MiniFloat,
    x: &Operand<'m>,
    y: &Operand<'m>,
    negative: Bool<'m>,
    zeros: [Bool<'m>; 2],
) -> Option<UInt<'m>> {
    let nan = x.nan | y.nan;
    match f.special {
        Special::None => None,
        Special::NanOnly => Some(nan.to_uint()),
        Special::Ieee => {
            let nan = (nan | (x.infinite & zeros[1]) | (y.infinite & zeros[0])).called("nan");
            let overflow =
                if x.magnitude.width() + 1 == f.bits() { l_mul_overflows(m, f, x, y, zeros) } else { m.bool(false) };
            let infinite = ((x.infinite | y.infinite | overflow) & !nan).called("infinite");
            Some(m.lanes(&[nan.to_uint(), (infinite & !negative).to_uint(), (infinite & negative).to_uint()]))
        }
    }
}

/// L-Mul's sum of codes is beyond the largest number.
fn l_mul_overflows<'m>(
    m: &'m Mod<'_>,
    f: MiniFloat,
    x: &Operand<'m>,
    y: &Operand<'m>,
    zeros: [Bool<'m>; 2],
) -> Bool<'m> {
    let (offset, largest) = l_mul_constants(f);
    let sum = (x.magnitude + y.magnitude).called("sum");
    sum.gt(m.lit((largest + offset) as u64).zext(sum.width())) & !zeros[0] & !zeros[1]
}
