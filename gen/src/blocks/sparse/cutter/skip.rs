//! Bitmaps whose places without an element take no step.

use super::masks::{Flags, Part};
use super::Cutter;
use crate::hdl::{Mod, UInt};
use crate::num::Bits;

/// Places of the bitmaps of blocks of `size_less + 1` elements that have one, until they are `taken`; of a block without any, one step.
pub fn skip<'m>(
    m: &'m Mod<'_>,
    c: &Cutter,
    part: &Part<'m>,
    size_less: UInt<'m>,
    taken: crate::hdl::Bool<'m>,
) -> Flags<'m> {
    let (bits, on) = (c.code.block, m.bool(true));
    let stage = m.stage("flags", taken);
    let found = m.stage("lowest", stage.free());
    let begins = m.reg_b("bitmap_begins").reset(0);

    // Flags beyond the block's end are none of it.
    let inside: Vec<UInt> = (0..bits).map(|i| size_less.ge(m.u(i.into(), size_less.width())).to_uint()).collect();
    let inside = m.delay("bitmap_inside", on, m.lanes(&inside));
    let flags = m.reg_u("bitmap", bits).reset(0);
    let some = flags.q().any().named("bitmap_some");
    let feeds = ((begins.q() | some) & found.free()).named("feeds");
    found.fill(begins.q() | some);
    begins.set_when(part.at | feeds, part.at);
    let less = (flags.q() - m.u(1, 1)).as_unsigned().trunc(bits).called("bitmap_less");
    let lowest = (flags.q() & !less).called("bitmap_lowest");
    let rest = (flags.q() & less).called("bitmap_rest");
    let fresh = part.view.trunc(bits) & inside;
    flags.set_when(part.at | feeds, part.at.pick(fresh, rest));

    // Where it is, and that it is the last one, a register later: what is left then is what is behind it.
    let (lowest, is) = (m.delay("lowest", feeds, lowest), m.delay("lowest_is", feeds, some));
    stage.fill(found.valid());
    let moves = (found.valid() & stage.free()).named("lowest_moves");
    let index = (0..c.code.index_bits()).map(|level| {
        let those = (0..bits).filter(|i| i >> level & 1 == 1).map(|i| lowest.bit(i)).reduce(|a, b| a | b);
        those.unwrap_or(m.bool(false)).to_uint()
    });
    let index = m.lanes(&index.collect::<Vec<_>>());
    let by = is.pick(m.u(c.code.width.into(), c.by_bits()), m.bits(Bits::zero(c.by_bits())));
    Flags {
        there: stage.valid(),
        mask: m.delay("flags_mask", moves, is.to_uint()),
        by: m.delay("flags_by", moves, by),
        fin: m.delay("flags_last", moves, !some),
        index: Some(m.delay("flags_index", moves, index)),
    }
}
