//! Table lookup instead of multiplication (T-MAC, microsoft/T-MAC).
//!
//! For a group of four activations, `T[x] = a_3 +- a_2 +- a_1 +- a_0` (plus where bit `i` of `x` is set), eight
//! entries; four weight bits of one plane address `CB = +-T`: the mirror half is the negative. With `s = +-1` from
//! every bit (the sign bit inverted): `2 dot = sum_p 2^p sum_g CB_(p,g) - sum_k a_k`. The table is built once for a
//! row of elements.

use super::plain::tree;
use super::Cell;
use crate::hdl::{Bool, Mod, SInt, UInt};
use crate::num::{bits_for_range, Range};

/// Activations of a table.
pub const GROUP: u32 = 4;
const ENTRIES: u32 = 8;

fn entry_bits(cell: &Cell) -> u32 {
    let most = cell.a.lo.abs().max(cell.a.hi.abs()) * i128::from(GROUP);
    bits_for_range(Range::new(-most, most), true)
}

/// Bits of a table.
pub fn table_bits(cell: &Cell) -> u32 {
    ENTRIES * entry_bits(cell)
}

/// Terms of the final sum: one for each group, all planes in it.
pub fn terms(cell: &Cell) -> u32 {
    cell.depth / GROUP
}

/// The tables of a row, from its activations.
pub fn tables<'m>(cell: &Cell, m: &'m Mod<'_>, name: &str, a: &[SInt<'m>]) -> UInt<'m> {
    let bits = entry_bits(cell);
    let mut entries = Vec::new();
    for (g, four) in a.chunks(GROUP as usize).enumerate() {
        let [a0, a1, a2, a3] = *four else { continue };
        let (low, high) = ([-a1 - a0, a0 - a1, a1 - a0, a1 + a0], [a3 - a2, a3 + a2]);
        for x in 0..ENTRIES {
            let entry = high[(x >> 2) as usize] + low[(x & 3) as usize];
            entries.push(entry.at_width(bits).as_unsigned().named(format!("{name}_g{g}_t{x}")));
        }
    }
    m.lanes(&entries)
}

/// The sum of a step's products.
pub fn products<'m>(cell: &Cell, m: &'m Mod<'_>, run: Bool<'m>, a: UInt<'m>, b: UInt<'m>) -> SInt<'m> {
    let (bits, b_bits) = (entry_bits(cell), cell.b_bits());
    let mut groups = Vec::new();
    for g in 0..terms(cell) {
        let entry = |x: u32| a.slice(g * table_bits(cell) + x * bits, bits).as_signed().named(format!("t{g}x{x}"));
        let table: Vec<SInt> = (0..ENTRIES).map(entry).collect();
        let mut planes = Vec::new();
        for p in 0..b_bits {
            let bit = |i: u32| {
                let own = b.bit((g * GROUP + i) * b_bits + p);
                if p + 1 == b_bits {
                    !own
                } else {
                    own
                }
            };
            // Where the top activation enters negatively, the mirror entry, negated.
            let plus = bit(3);
            let index = m.lanes(&(0..3).map(|i| (!(bit(i) ^ plus)).to_uint()).collect::<Vec<_>>());
            let found = m.select(index.named(format!("index{g}x{p}")), &table);
            let signed = plus.pick(found.sext(bits + 1), -found);
            planes.push(signed << p);
        }
        let all = table[(ENTRIES - 1) as usize];
        let twice = SInt::sum(planes).unwrap_or(m.s(0, 1)) - all;
        // Exact: the sum is even.
        let half = twice >> 1;
        let p = cell.product();
        let width = bits_for_range(Range::new(p.lo * i128::from(GROUP), p.hi * i128::from(GROUP)), true);
        let half = half.at_most(width);
        groups.push(if cell.pipeline > 0 { m.delay(&format!("group{g}"), run, half) } else { half });
    }
    tree(cell, m, run, "sum", groups)
}
