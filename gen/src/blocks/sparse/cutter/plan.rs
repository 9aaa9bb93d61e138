//! A block's header, and the steps that it asks for.

use super::Cutter;
use crate::blocks::sparse::code::Format;
use crate::hdl::{Bool, Mod, UInt};

/// What a header says.
pub struct Plan<'m> {
    /// It is known, in the cycle in which its own bits are taken.
    pub at: Bool<'m>,
    /// A cycle earlier: bits of the header.
    pub by: UInt<'m>,
    /// Its block has pairs.
    pub pairs: Bool<'m>,
    /// Rows of pairs or parts of a bitmap, less one.
    pub steps_less: UInt<'m>,
    /// Bits of the last one of them.
    pub last_by: UInt<'m>,
    /// Pairs of the last row, a flag each; none where there are none.
    pub last_mask: Option<UInt<'m>>,
    /// Elements of the block less one.
    pub size_less: UInt<'m>,
    /// The tensor ends with it.
    pub last: Bool<'m>,
    /// Its kind is reserved.
    pub reserved: Bool<'m>,
    /// It is reserved, or its size more than a block.
    pub wrong: Bool<'m>,
}

/// Of the view in which a header is `seen`; a tensor's last header is forgotten where it `ends`.
pub fn plan<'m>(m: &'m Mod<'_>, c: &Cutter, view: UInt<'m>, seen: Bool<'m>, ends: Bool<'m>) -> Plan<'m> {
    let code = c.code;
    let (h, a, cw) = (code.header_bits(), code.index_bits(), code.count_bits());
    let flag = |name: &str, v: Bool<'m>| {
        let held = m.reg_b(name).reset(0);
        held.set_when(seen | ends, v & !ends);
        held.q()
    };
    let last = flag("last", view.bit(0));
    let (has_pairs, reserved) = match c.code.format {
        Format::Hybrid => (view.bit(1) | view.bit(2), flag("reserved", view.bit(2))),
        only => (m.bool(only == Format::Coordinates), m.bool(false)),
    };
    let pairs = if c.code.format == Format::Hybrid { m.delay("pairs", seen, has_pairs) } else { has_pairs };
    let most = m.u(u64::from(c.code.block) - 1, a);
    let size = m.delay("size", seen, view.bit(0).pick(view.slice(h, a), most));
    let (size_less, large) = if c.code.block.is_power_of_two() {
        (size, m.bool(false))
    } else {
        let large = size.gt(most).called("too_large");
        (large.pick(most, size), large)
    };
    let by_bits = c.by_bits();
    let of = |last: bool, pairs: bool| m.u((h + if last { a } else { 0 } + if pairs { cw } else { 0 }).into(), by_bits);
    let of = |pairs: bool| view.bit(0).pick(of(true, pairs), of(false, pairs));
    let by = has_pairs.pick(of(true), of(false));

    let part_bits = c.part().trailing_zeros();
    let parts_less = size_less >> part_bits;
    let part_by = (size_less.trunc(part_bits.min(a)) + m.u(1, 1)).at_width(by_bits);
    let mut plan = Plan {
        at: m.delay_flag("planned", m.bool(true), seen),
        by,
        pairs,
        steps_less: parts_less.at_width(c.step_bits()),
        last_by: part_by,
        last_mask: None,
        size_less,
        last,
        reserved,
        wrong: reserved | large,
    };
    if c.code.format == Format::Bitmap {
        return plan;
    }
    let count = m.delay("count", seen, view.bit(0).pick(view.slice(h + a, cw), view.slice(h, cw)));
    let some = (count.any() & !reserved).called("some_pairs");
    let less = (count - m.u(1, 1)).as_unsigned().trunc(cw).called("pairs_less");
    let group_bits = c.group.trailing_zeros();
    let (rows_less, row) = (less >> group_bits, c.within(m, less));
    let arms: Vec<UInt> = (1..=c.group).map(|n| m.u((n * c.code.entry_bits()).into(), by_bits)).collect();
    let none = |bits: u32| m.u(0, bits);
    let pairs_by = some.pick(m.select(row, &arms), none(by_bits));
    let rows_less = some.pick(rows_less.at_width(c.step_bits()), none(c.step_bits()));
    let flags = (0..c.group).map(|i| (some & row.ge(m.lit(i.into()).at_width(row.width()))).to_uint());
    plan.last_mask = Some(m.lanes(&flags.collect::<Vec<_>>()));
    plan.steps_less = pairs.pick(rows_less, plan.steps_less);
    plan.last_by = pairs.pick(pairs_by, part_by);
    plan
}
