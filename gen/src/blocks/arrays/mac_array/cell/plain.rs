//! Elements that multiply, or add and subtract; and their adder trees.

use super::{lane, Cell};
use crate::hdl::{Bool, Mod, SInt, UInt};
use crate::num::{bits_for_range, Range};

/// The sum of terms: registers as `pipeline` says.
pub fn tree<'m>(cell: &Cell, m: &'m Mod<'_>, run: Bool<'m>, name: &str, terms: Vec<SInt<'m>>) -> SInt<'m> {
    let mut level: Vec<SInt> = terms;
    let mut depth = 0;
    while level.len() > 1 {
        let registered = cell.pipeline == 3;
        level = level
            .chunks(2)
            .enumerate()
            .map(|(i, p)| {
                let sum = if let [a, b] = p { (*a + *b).called(format!("{name}_tree{depth}x{i}")) } else { p[0] };
                if registered {
                    m.delay(&format!("{name}_l{depth}x{i}"), run, sum)
                } else {
                    sum
                }
            })
            .collect();
        depth += 1;
    }
    let sum = level.pop().unwrap_or(m.s(0, 1));
    if cell.pipeline == 2 {
        m.delay(name, run, sum)
    } else {
        sum
    }
}

/// Lanes of both operands, each named.
fn operands<'m>(cell: &Cell, a: UInt<'m>, b: UInt<'m>, b_bits: u32) -> Vec<(u32, SInt<'m>, SInt<'m>)> {
    (0..cell.depth)
        .map(|k| {
            let (x, y) = (lane(a, k, cell.a_bits()), lane(b, k, b_bits));
            if cell.depth > 1 {
                (k, x.named(format!("a{k}")), y.named(format!("b{k}")))
            } else {
                (k, x, y)
            }
        })
        .collect()
}

fn numbered(cell: &Cell, name: &str, k: u32) -> String {
    if cell.depth > 1 {
        format!("{name}{k}")
    } else {
        name.into()
    }
}

/// One multiplier a product.
pub fn products<'m>(cell: &Cell, m: &'m Mod<'_>, run: Bool<'m>, a: UInt<'m>, b: UInt<'m>) -> SInt<'m> {
    let registered = u32::from(cell.pipeline > 0);
    let product = |(k, x, y): (u32, SInt<'m>, SInt<'m>)| {
        let p = (x * y).shrink().called("p");
        if registered == 1 {
            m.delay(&numbered(cell, "prod", k), run, p)
        } else {
            p
        }
    };
    let products = operands(cell, a, b, cell.b_bits()).into_iter().map(product).collect();
    tree(cell, m, run, "sum", products)
}

/// `b` is -1, 0 or 1.
pub fn ternary<'m>(cell: &Cell, m: &'m Mod<'_>, run: Bool<'m>, a: UInt<'m>, b: UInt<'m>) -> SInt<'m> {
    let term = |(k, x, y): (u32, SInt<'m>, SInt<'m>)| {
        let (nonzero, negative) = (y.as_unsigned().bit(0), y.is_negative());
        let wide = x.sext(x.width() + 1);
        let signed = negative.pick((-x).sext(x.width() + 1), wide).called("signed_value");
        let t = nonzero.pick(signed, m.s(0, wide.width())).called("t");
        if cell.pipeline > 0 {
            m.delay(&numbered(cell, "term", k), run, t)
        } else {
            t
        }
    };
    let terms = operands(cell, a, b, cell.b_bits()).into_iter().map(term).collect();
    tree(cell, m, run, "sum", terms)
}

/// Distance of the two weights in a packed operand: the lower product fits below it.
fn packed_shift(cell: &Cell) -> u32 {
    bits_for_range(cell.product(), true)
}

/// Bits of two packed weights.
pub fn packed_bits(cell: &Cell) -> u32 {
    let one = 1i128 << packed_shift(cell);
    bits_for_range(Range::new(cell.b.lo * (one + 1), cell.b.hi * (one + 1)), true)
}

/// `high 2^shift + low` for each product; `b` holds the low column's values, then the high one's.
pub fn pack<'m>(cell: &Cell, m: &'m Mod<'_>, b: &[SInt<'m>]) -> UInt<'m> {
    let (low, high) = b.split_at(cell.depth as usize);
    let bits = packed_bits(cell);
    let word = |(l, h): (&SInt<'m>, &SInt<'m>)| {
        let sum = ((*h << packed_shift(cell)) + *l).called("sum");
        sum.sext(bits.max(sum.width())).trunc(bits).as_unsigned()
    };
    m.lanes(&low.iter().zip(high).map(word).collect::<Vec<_>>())
}

/// One multiplier for two products: `a (high 2^s + low) = (a high) 2^s + a low`. The lower product is signed: where
/// it is negative it has borrowed one from the upper product.
pub fn packed<'m>(cell: &Cell, m: &'m Mod<'_>, run: Bool<'m>, a: UInt<'m>, b: UInt<'m>) -> Vec<SInt<'m>> {
    let s = packed_shift(cell);
    let (mut lows, mut highs) = (Vec::new(), Vec::new());
    for (k, x, y) in operands(cell, a, b, packed_bits(cell)) {
        let mut both = (x * y).as_unsigned();
        if cell.pipeline > 0 {
            both = m.delay(&numbered(cell, "prods", k), run, both);
        }
        let low = both.trunc(s).as_signed().called("low");
        let borrowed = low.is_negative().to_uint().to_signed().called("borrowed");
        let high = both.slice(s, s.min(both.width() - s)).as_signed() + borrowed;
        lows.push(low);
        highs.push(high.trunc(s.min(high.width())));
    }
    vec![tree(cell, m, run, "sum_low", lows), tree(cell, m, run, "sum_high", highs)]
}
