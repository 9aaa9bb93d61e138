//! Bitmaps: groups of flags in their order, and how many bits the elements of each take.

use super::Cutter;
use crate::blocks::parts::queue::queue;
use crate::blocks::parts::row_queue::Given;
use crate::hdl::{Bool, Mod, UInt};

/// The next group of a bitmap.
#[derive(Clone, Copy)]
pub struct Flags<'m> {
    /// There is one.
    pub there: Bool<'m>,
    /// Which elements are not zero.
    pub mask: UInt<'m>,
    /// Bits that these take.
    pub by: UInt<'m>,
    /// It is the block's last.
    pub fin: Bool<'m>,
    /// Of single elements, where those that are zero are skipped: the index within the block.
    pub index: Option<UInt<'m>>,
}

/// A part of a bitmap that is in the view.
pub struct Part<'m> {
    /// In this cycle.
    pub at: Bool<'m>,
    /// It is the block's first.
    pub first: Bool<'m>,
    /// Its flags, lowest.
    pub view: UInt<'m>,
}

/// Groups of the bitmaps of blocks of `size_less + 1` elements, until they are `taken`.
pub fn flags<'m>(m: &'m Mod<'_>, c: &Cutter, part: &Part<'m>, size_less: UInt<'m>, taken: Bool<'m>) -> Flags<'m> {
    let (group, bits) = (c.group, c.part());
    let within = group.trailing_zeros();
    let index_bits = c.group_index_bits();
    let stage = m.stage("flags", taken);
    let there = m.reg_b("bitmap_there").reset(0);
    let index = m.reg_u("group", index_bits).reset(0);
    let fin = index.q().eq(size_less.slice(within, index_bits)).called("group_last");
    // The part behind this one is there, or none is needed.
    let goes_on = m.wire("goes_on");
    let feeds = (there.q() & stage.free() & goes_on.value()).named("feeds");
    let next = (index.q() + m.u(1, 1)).trunc(index_bits).called("group_next");
    index.set_when(feeds, fin.pick(m.u(0, index_bits), next));

    // The part's flags, the next group's lowest.
    let flags = m.reg_u("bitmap", bits);
    let fresh = part.view.trunc(bits);
    let shifted = if bits > group { (flags.q() >> group).zext(bits) } else { flags.q() };
    if c.parts() == 1 {
        goes_on.drive(m.bool(true));
        there.set_when(part.at | feeds, part.at | !fin);
        flags.set_when(part.at | feeds, part.at.pick(fresh, shifted));
    } else {
        let groups_bits = (bits / group).trailing_zeros();
        let part_last = (!fin & index.q().trunc(groups_bits).all()).named("part_last");
        let used_up = (feeds & part_last).named("used_up");
        let waits = queue(m, "parts", c.parts() - 1, Given { at: part.at & !part.first, value: fresh }, used_up);
        goes_on.drive(!part_last | waits.there);
        let begins = (part.at & part.first).named("begins");
        let fills = (begins | used_up).named("refills");
        there.set_when(fills | feeds, begins | (feeds & !fin));
        flags.set_when(fills | feeds, fills.pick(part.first.pick(fresh, waits.value), shifted));
    }

    // Flags beyond the block's end are none of it.
    let size = c.within(m, size_less);
    let here = (0..group).map(|i| (!fin | size.ge(m.lit(i.into()).at_width(size.width()))).to_uint());
    let mask = (flags.q().trunc(group) & m.lanes(&here.collect::<Vec<_>>())).named("group_flags");
    let count = UInt::sum((0..group).map(|i| mask.bit(i).to_uint()).collect());
    let by: Vec<UInt> = (0..=group).map(|n| m.u((n * c.code.width).into(), c.by_bits())).collect();
    let by = m.select(count.unwrap_or(m.u(0, 1)), &by);
    stage.fill(there.q() & goes_on.value());
    let hold = |name: &str, v: UInt<'m>| m.delay(name, feeds, v);
    Flags {
        there: stage.valid(),
        mask: hold("flags_mask", mask),
        by: hold("flags_by", by),
        fin: m.delay("flags_last", feeds, fin),
        index: None,
    }
}
