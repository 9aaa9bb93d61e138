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
    let there = m.reg_b("bitmap_there").reset(0);
    let feeds = (there.q() & stage.free()).named("feeds");

    // Flags beyond the block's end are none of it.
    let inside: Vec<UInt> = (0..bits).map(|i| size_less.ge(m.u(i.into(), size_less.width())).to_uint()).collect();
    let inside = m.delay("bitmap_inside", on, m.lanes(&inside));
    let flags = m.reg_u("bitmap", bits);
    let less = (flags.q() - m.u(1, 1)).as_unsigned().trunc(bits).called("bitmap_less");
    let rest = (flags.q() & less).called("bitmap_rest");
    let lowest = (flags.q() & !less).called("bitmap_lowest");
    let fin = (!rest.any()).called("bitmap_last");
    let fresh = part.view.trunc(bits) & inside;
    flags.set_when(part.at | feeds, part.at.pick(fresh, rest));
    there.set_when(part.at | feeds, part.at | !fin);
    stage.fill(there.q());

    let some = flags.q().any().called("bitmap_some");
    let lowest = m.delay("flags_lowest", feeds, lowest);
    let index = (0..c.code.index_bits()).map(|level| {
        let those = (0..bits).filter(|i| i >> level & 1 == 1).map(|i| lowest.bit(i)).reduce(|a, b| a | b);
        those.unwrap_or(m.bool(false)).to_uint()
    });
    let by = some.pick(m.u(c.code.width.into(), c.by_bits()), m.bits(Bits::zero(c.by_bits())));
    Flags {
        there: stage.valid(),
        mask: m.delay("flags_mask", feeds, some.to_uint()),
        by: m.delay("flags_by", feeds, by),
        fin: m.delay("flags_last", feeds, fin),
        index: Some(m.lanes(&index.collect::<Vec<_>>())),
    }
}
