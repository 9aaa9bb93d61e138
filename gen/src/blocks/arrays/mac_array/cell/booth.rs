//! Radix-4 Booth products in carry-save form (OPT1, github wqzustc/High-Performance-Tensor-Processing-Engines).
//!
//! A digit `d` in -2..=2 of `b` selects `d a 2^(2i)`. With `n = bits(a) + 1`, the selected row is written as the
//! unsigned number `d a + 2^(n-1)` (its sign bit inverted), so that no sign is extended; the sum of those constants
//! is known and is taken off once, where the sum starts. A negative row is a complement, and its missing one stands
//! in a free low bit of the next row.

use num_bigint::BigInt;

use super::compress::{self, compress};
use super::{lane, Cell, Sum};
use crate::hdl::{Bool, Mod, SInt, UInt};
use crate::num::bits_for_unsigned;

fn digits(cell: &Cell) -> u32 {
    cell.b_bits().div_ceil(2)
}

/// What the inverted sign bits add to each step's sum, negated.
pub fn correction(cell: &Cell) -> BigInt {
    let each: BigInt = (0..digits(cell)).map(|i| BigInt::from(1) << (cell.a_bits() + 2 * i)).sum();
    -each * cell.depth
}

/// Rows of one product.
fn rows<'m>(cell: &Cell, m: &'m Mod<'_>, k: u32, a: SInt<'m>, b: SInt<'m>) -> Vec<UInt<'m>> {
    let n = cell.a_bits() + 1;
    let b = b.sext(2 * digits(cell)).as_unsigned();
    let mut rows = Vec::new();
    let mut missing: Option<Bool> = None;
    for i in 0..digits(cell) {
        let (high, mid) = (b.bit(2 * i + 1), b.bit(2 * i));
        let low = if i == 0 { m.bool(false) } else { b.bit(2 * i - 1) };
        let one = mid ^ low;
        let two = (high & !mid & !low) | (!high & mid & low);
        let single = one.pick(a.sext(n), m.s(0, n));
        let chosen = two.pick((a << 1).sext(n.max(a.width() + 1)).trunc(n), single).as_unsigned();
        let row = compress::row(m, chosen, high).named(format!("row{k}x{i}"));
        // The row before it lacks a one at the weight of its lowest bit, two bits below this row's.
        let placed = missing.map_or(row, |neg| {
            let below = m.concat(&[m.u(0, 1), neg.to_uint()]).called("below");
            m.concat(&[row, below])
        });
        rows.push(if i > 1 { placed << (2 * (i - 1)) } else { placed });
        missing = Some(high);
    }
    if let Some(neg) = missing {
        rows.push(neg.to_uint() << (2 * (digits(cell) - 1)));
    }
    rows
}

/// The products of a step.
pub fn products<'m>(cell: &Cell, m: &'m Mod<'_>, run: Bool<'m>, a: UInt<'m>, b: UInt<'m>) -> Sum<'m> {
    let mut all = Vec::new();
    for k in 0..cell.depth {
        all.extend(rows(cell, m, k, lane(a, k, cell.a_bits()), lane(b, k, cell.b_bits())));
    }
    // Every row is a positive number, so this many bits hold their sum, and the pair's.
    let most: u128 = all.iter().map(|r| (1u128 << r.width().min(100)) - 1).sum();
    let width = bits_for_unsigned(most).min(cell.acc_bits());
    let (sum, carry) = compress(m, all, width);
    if cell.pipeline == 0 {
        return Sum::CarrySave(sum, carry);
    }
    Sum::CarrySave(m.delay("prod_sum", run, sum), m.delay("prod_carry", run, carry))
}
