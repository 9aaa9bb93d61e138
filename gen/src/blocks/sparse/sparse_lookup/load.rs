//! A table as it comes: rows of blocks, and elements behind each other.

use super::Config;
use crate::blocks::parts::row_queue::Given;
use crate::blocks::sparse::code::Format;
use crate::blocks::sparse::cutter::Taken;
use crate::hdl::{Bool, Mod, UInt};
use crate::num::Bits;

/// What is written, and what is known of a table when all of it is.
pub struct Load<'m> {
    /// A row, and the block's number.
    pub row: Given<'m>,
    /// See `row`.
    pub block: UInt<'m>,
    /// An element, and its place.
    pub value: Given<'m>,
    /// See `value`.
    pub place: UInt<'m>,
    /// A table is whole.
    pub done: Bool<'m>,
    /// Elements that it serves.
    pub size: UInt<'m>,
    /// The first malformed block, from 1 on, or 0.
    pub malformed: UInt<'m>,
}

/// Of what is taken in groups of one element.
pub fn load<'m>(m: &'m Mod<'_>, c: &Config, taken: &Taken<'m>) -> Load<'m> {
    let on = m.bool(true);
    let bits = c.index_bits();
    let one = m.u(1, 1);
    let (done, fin) = (m.delay_flag("table_end", on, taken.end), m.delay("block_end", on, taken.fin));
    let at = m.delay_flag("element_at", on, taken.pairs | taken.values);
    let first = m.delay("element_first", on, taken.first);
    let flag = taken.mask.bit(0);
    let block = m.reg_u("block", c.block_number_bits()).reset(0);
    let beyond = block.q().eq(m.u(c.blocks.into(), block.q().width())).called("block_beyond");

    m.section("elements that are there, and keys of pairs");
    let values = m.reg_u("values", bits).reset(0);
    let pairs = (c.format != Format::Bitmap).then(|| pairs(m, c, taken, at, first));
    let of_bitmap = m.delay_flag("element_of_bitmap", on, taken.values & flag);
    let there = pairs.as_ref().map_or(of_bitmap, |p| of_bitmap | p.kept).called("element_there");
    let no_place = values.q().ge(m.u(c.values.into(), bits)).called("no_place");
    let counted = (there & !beyond).named("element_counted");
    let value = match c.format {
        Format::Bitmap => taken.view.trunc(c.width),
        Format::Coordinates => taken.view.slice(c.within_bits(), c.width),
        Format::Hybrid => taken.values.pick(taken.view.trunc(c.width), taken.view.slice(c.within_bits(), c.width)),
    };
    let value = Given { at: counted & !no_place, value: m.delay("element", on, value) };
    let after = (values.q() + one).trunc(bits).called("values_next");
    values.set_when(counted | done, done.pick(m.u(0, bits), after));

    m.section("a row when its block has come");
    let ends = (at & fin).named("block_ends");
    let write = m.delay_flag("row_at", on, ends & !beyond);
    let base = m.delay("base", m.delay_flag("part_at", on, taken.part), values.q());
    let number = m.delay("row_block", on, block.q());
    let flags = m.delay("bitmap_row", taken.part, taken.view.trunc(c.block.min(c.word)));
    let wide = |v: UInt<'m>| v.at_width(c.flags_bits());
    let row = match &pairs {
        None => m.concat(&[base, wide(flags)]),
        Some(p) => {
            // The address of the first key, if all of them were there.
            let start = (values.q() - m.u(c.pairs.into(), bits)).as_unsigned().trunc(bits).called("keys_base");
            let kind = m.delay("row_of_pairs", on, m.delay("element_of_pairs", on, taken.pairs));
            match c.format {
                Format::Coordinates => m.concat(&[start, wide(p.keys)]),
                _ => m.concat(&[kind.to_uint(), kind.pick(start, base), kind.pick(wide(p.keys), wide(flags))]),
            }
        }
    };

    m.section("what is said of the table");
    let lost = m.reg_b("lost").reset(0);
    let loses = (there & no_place) | pairs.as_ref().map_or(m.bool(false), |p| p.lost);
    let broken = (loses | lost.q()).named("broken");
    lost.set_when(at, broken & !fin);
    let wrong = broken | taken.wrong | beyond;
    let size = m.reg_u("served", bits).reset(0);
    let sum = (size.q() + taken.size_less + one).trunc(bits).called("served_next");
    size.set_when((ends & !beyond) | done, done.pick(m.u(0, bits), sum));
    let next = beyond.pick(block.q(), (block.q() + one).trunc(block.q().width())).called("block_next");
    block.set_when(ends | done, done.pick(m.u(0, next.width()), next));
    let malformed = m.reg_u("malformed", bits).reset(0);
    let end_wrong = m.delay("table_end_wrong", on, taken.end_wrong);
    let is_wrong = done.pick(end_wrong, wrong) & !malformed.q().any();
    // Of an end that is wrong its last block is.
    let last = m.delay("last_block", ends, block.q());
    let name = (done.pick(last, block.q()) + one).at_width(bits).called("wrong_block");
    let found = is_wrong.pick(name, malformed.q());
    malformed.set_when(ends | done, done.pick(m.u(0, bits), found));
    let block = number.trunc(crate::num::bits_for_count(c.blocks.into()));
    Load {
        row: Given { at: write, value: row },
        block,
        value,
        place: values.q().trunc(c.place_bits()),
        done,
        size: size.q(),
        malformed: found,
    }
}

/// Of blocks of coordinates.
struct Pairs<'m> {
    /// A pair is kept.
    kept: Bool<'m>,
    /// One is left out, which makes its block malformed.
    lost: Bool<'m>,
    /// Those of the block so far, the last one highest: whether there is one, and its index.
    keys: UInt<'m>,
}

fn pairs<'m>(m: &'m Mod<'_>, c: &Config, taken: &Taken<'m>, at: Bool<'m>, first: Bool<'m>) -> Pairs<'m> {
    let (on, a) = (m.bool(true), c.within_bits());
    let index = taken.view.trunc(a);
    let before = m.delay("key_before", taken.pairs, index);
    let good = taken.mask.bit(0) & (taken.first | index.gt(before)) & index.le(taken.size_less);
    let asked = m.delay_flag("pair_asked", on, taken.pairs & taken.mask.bit(0));
    let good = m.delay_flag("pair_good", on, taken.pairs & good);
    // Behind one that is not as it should be none is kept.
    let broke = m.reg_b("broke");
    let broken = (asked & !good) | (!first & broke.q());
    broke.set_when(at, broken);
    let key = m.concat(&[m.u(1, 1), m.delay("key", on, index)]);
    let keys = m.reg_u("keys", c.keys_bits());
    let so_far = first.pick(m.bits(Bits::zero(c.keys_bits())), keys.q()).called("keys_so_far");
    let full = so_far.bit(a).called("keys_full");
    let kept = (good & !(!first & broke.q()) & !full).named("pair_kept");
    let with = match c.pairs {
        1 => key,
        _ => m.concat(&[key, so_far.slice(a + 1, c.keys_bits() - a - 1)]),
    };
    keys.set_when(at, kept.pick(with, so_far));
    Pairs { kept, lost: asked & !kept, keys: keys.q() }
}

impl Config {
    /// Bits of a block's number, that of none included.
    fn block_number_bits(&self) -> u32 {
        crate::num::bits_for_unsigned(self.blocks.into())
    }
}
