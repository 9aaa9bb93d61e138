//! Carry-save addition: three vectors become two with the same sum, without a carry that travels.

use crate::hdl::{Bool, Mod, UInt};
use crate::num::Bits;

/// A multiple as an unsigned row: negated but for the one that a complement lacks, and its sign bit inverted, which
/// adds `2^(n-1)`, so that no sign is extended.
pub fn row<'m>(m: &'m Mod<'_>, multiple: UInt<'m>, negative: Bool<'m>) -> UInt<'m> {
    let n = multiple.width();
    let top = m.bits(Bits::from_u64(1, 1)).zext(n) << (n - 1);
    multiple ^ negative.repeat(n) ^ top.trunc(n)
}

/// Two vectors with the sum of all rows, modulo `2^width`. A layer takes the rows in threes.
pub fn compress<'m>(m: &'m Mod<'_>, mut rows: Vec<UInt<'m>>, width: u32) -> (UInt<'m>, UInt<'m>) {
    while rows.len() > 2 {
        let mut next = Vec::new();
        for group in rows.chunks(3) {
            match group {
                [x, y, z] => {
                    let w = x.width().max(y.width()).max(z.width());
                    let [x, y, z] = [x, y, z].map(|row| row.zext(w).called("row_ext"));
                    let half = (x ^ y).called("row_xor");
                    let carry = (((x & y) | (half & z)) << 1).called("row_carry");
                    next.push((half ^ z).called("row_sum"));
                    next.push(carry.at_most(width));
                }
                few => next.extend(few),
            }
        }
        rows = next;
    }
    let zero = m.u(0, 1);
    let (a, b) = (rows.first().copied().unwrap_or(zero), rows.get(1).copied().unwrap_or(zero));
    (a.at_width(width), b.at_width(width))
}
