//! Products of a number with one that is wider than a multiplier takes.

use crate::blocks::Cost;
use crate::hdl::{Bool, Mod, SInt, UInt};
use crate::num::{bits_for_range, range_of, Range};

/// Bits of the wide factor that the first multiplier takes.
pub const LOW: u32 = 17;

/// `y factor`, one cycle later: a register behind each part's multiplier, and the sum of both.
pub fn wide<'m>(m: &'m Mod<'_>, k: u32, run: Bool<'m>, y: SInt<'m>, factor: UInt<'m>) -> SInt<'m> {
    let low = m.delay(&format!("low{k}"), run, y * factor.trunc(LOW.min(factor.width())).to_signed());
    if factor.width() <= LOW {
        return low;
    }
    let high = factor.slice(LOW, factor.width() - LOW).to_signed();
    let high = m.delay(&format!("high{k}"), run, y * high);
    let upper = (high + (low >> LOW)).called(format!("upper{k}"));
    m.concat(&[upper.as_unsigned(), low.as_unsigned().trunc(LOW)]).as_signed()
}

/// Bits, two's complement, of any sum of so many products of two numbers, each of so many bits and signed or not.
pub fn sum_bits(a: (u32, bool), b: (u32, bool), terms: u32) -> u32 {
    // Of 16 bits each no product of ranges leaves 127 bits.
    let of = |(bits, signed)| range_of(bits, signed).unwrap_or(Range::new(0, 0));
    let product = of(a).checked_mul(of(b)).unwrap_or(Range::new(0, 0));
    let terms = i128::from(terms);
    bits_for_range(Range::new(product.lo * terms, product.hi * terms), true)
}

/// Bits of a limb: two of them are a multiplier's operands.
const LIMB: u32 = 17;

/// Registers of [`whole`].
pub fn whole_cycles(a_bits: u32, b_bits: u32) -> u32 {
    let terms = a_bits.div_ceil(LIMB) * b_bits.div_ceil(LIMB);
    2 + terms.next_power_of_two().trailing_zeros()
}

/// Bits of the limbs of a number.
fn limbs(bits: u32) -> impl Iterator<Item = u32> {
    (0..bits.div_ceil(LIMB)).map(move |i| LIMB.min(bits - i * LIMB))
}

/// With the multipliers of so many of [`whole`].
pub fn whole_cost(cost: Cost, count: u64, a_bits: u32, b_bits: u32) -> Cost {
    let pairs = limbs(a_bits).flat_map(|a| limbs(b_bits).map(move |b| (a, b)));
    pairs.fold(cost, |cost, (a, b)| cost.multipliers(count, a, b))
}

/// `a b` of numbers of any width, [`whole_cycles`] later: registers in front of the multipliers of all limbs and behind them, and behind each level of
/// their sum.
pub fn whole<'m>(m: &'m Mod<'_>, name: &str, run: Bool<'m>, a: UInt<'m>, b: UInt<'m>) -> UInt<'m> {
    let named = |what: &str, i: u32| format!("{name}_{what}{i}");
    let cut = |what: &str, v: UInt<'m>| -> Vec<UInt<'m>> {
        let v = m.delay(&format!("{name}_{what}"), run, v);
        limbs(v.width()).zip(0..).map(|(bits, i)| v.slice(i * LIMB, bits)).collect()
    };
    let (a, b, width) = (cut("a", a), cut("b", b), a.width() + b.width());
    let mut terms = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let part = m.delay(&named("part", terms.len() as u32), run, *x * *y);
            terms.push((part, (i + j) as u32 * LIMB));
        }
    }
    let mut level = 0;
    while terms.len() > 1 {
        terms.sort_by_key(|t| t.1);
        let add = |(n, pair): (usize, &[(UInt<'m>, u32)])| {
            let name = named(&format!("sum{level}_"), n as u32);
            match *pair {
                [(low, at), (high, above)] => (m.delay(&name, run, low + (high << (above - at))), at),
                _ => (m.delay(&name, run, pair[0].0), pair[0].1),
            }
        };
        terms = terms.chunks(2).enumerate().map(add).collect();
        level += 1;
    }
    (terms[0].0 << terms[0].1).at_width(width)
}
