//! Products by digits of `a`: those of equal weight are added first, then the weighted sums (OPT2).
//!
//! `sum_k a_k b_k = sum_w 4^w sum_k d_(k,w) b_k` with EN-T digits `d`. Source: see `digits.rs`.

use super::compress::{self, compress};
use super::{digits, lane, Cell};
use crate::hdl::{Bool, Mod, SInt, UInt};
use crate::num::{bits_for_unsigned, Range};

/// The sum of a step's products.
pub fn products<'m>(cell: &Cell, m: &'m Mod<'_>, run: Bool<'m>, a: UInt<'m>, b: UInt<'m>) -> SInt<'m> {
    let code_bits = digits::bits(cell.a);
    let lanes: Vec<(UInt, SInt)> = (0..cell.depth)
        .map(|k| {
            (
                a.slice(k * code_bits, code_bits).named(format!("code{k}")),
                lane(b, k, cell.b_bits()).named(format!("b{k}")),
            )
        })
        .collect();
    let mut weighted = Vec::new();
    for w in 0..digits::count(cell.a) {
        let sum = equal_weight(cell, m, w, &lanes);
        let sum = if cell.pipeline > 0 { m.delay(&format!("weight{w}"), run, sum) } else { sum };
        weighted.push(sum << (2 * w));
    }
    let whole = SInt::sum(weighted).unwrap_or(m.s(0, 1));
    // The exact sum of products needs no more bits than they do.
    let p = cell.product();
    let n = i128::from(cell.depth);
    let bits = crate::num::bits_for_range(Range::new(p.lo * n, p.hi * n), true);
    let whole = whole.at_most(bits).called("whole");
    if cell.pipeline > 1 {
        m.delay("sum", run, whole)
    } else {
        whole
    }
}

/// `sum_k d_(k,w) b_k`, in carry-save form until its last addition. Rows are unsigned, as in `booth.rs`.
fn equal_weight<'m>(cell: &Cell, m: &'m Mod<'_>, w: u32, lanes: &[(UInt<'m>, SInt<'m>)]) -> SInt<'m> {
    let n = cell.b_bits() + 1;
    let mut rows = Vec::new();
    let mut negatives = Vec::new();
    for (k, (code, b)) in lanes.iter().enumerate() {
        let d = digits::digit(*code, w);
        let double = (*b << 1).sext(n.max(b.width() + 1)).trunc(n);
        let chosen = d.two.pick(double, d.one.pick(b.sext(n), m.s(0, n))).as_unsigned();
        rows.push(compress::row(m, chosen, d.negative).named(format!("row{w}x{k}")));
        negatives.push(d.negative.to_uint());
    }
    // The ones that complements lack, counted.
    rows.push(UInt::sum(negatives).unwrap_or(m.u(0, 1)));
    let depth = u128::from(cell.depth);
    let width = bits_for_unsigned(depth * ((1 << n) - 1) + depth);
    let (sum, carry) = compress(m, rows, width);
    let whole = (sum + carry).trunc(width).to_signed().called("whole");
    let offset = i128::from(cell.depth) << (n - 1);
    let constant = m.s(-(offset as i64), 64 - (offset as u64).leading_zeros() + 1);
    // The range of 2 |b| per digit is known; the sum is exact.
    let most = i128::from(cell.depth) * 2 * cell.b.lo.unsigned_abs().max(cell.b.hi.unsigned_abs()) as i128;
    let bits = crate::num::bits_for_range(Range::new(-most, most), true);
    let exact = whole + constant;
    exact.at_most(bits)
}
