//! Items of one width in rows: a few come in a cycle, and a row leaves when it is full or when what it belongs to ends.
//!
//! No cycle has more items than a row. A group that ends can fill one row and begin another: that one leaves a cycle later, in the place of a row that the
//! next group cannot fill. So rows leave one a cycle if the first group of what begins anew never fills a row.

use crate::hdl::{Bool, Mod, UInt};
use crate::num::bits_for_count;

/// What comes in a cycle.
#[derive(Clone, Copy, Debug)]
pub struct Group<'m> {
    /// Something does.
    pub at: Bool<'m>,
    /// The items, the first one lowest; zeros above them.
    pub items: UInt<'m>,
    /// How many.
    pub count: UInt<'m>,
    /// What they belong to ends with them.
    pub end: Bool<'m>,
}

/// A row that leaves.
#[derive(Clone, Copy, Debug)]
pub struct Row<'m> {
    /// One does.
    pub at: Bool<'m>,
    /// Its items; zeros above the last one.
    pub items: UInt<'m>,
    /// It is the last one of what it belongs to.
    pub end: Bool<'m>,
}

/// Rows.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// Bits of an item.
    pub item: u32,
    /// Items of a row, a power of two from 2 on.
    pub items: u32,
}

impl Rows {
    /// Bits that name an item of a row.
    fn place_bits(&self) -> u32 {
        bits_for_count(self.items.into())
    }

    /// Registers from a group to the row that it fills; one that it begins and ends leaves a cycle later.
    pub fn cycles(&self) -> u32 {
        1 + self.place_bits().div_ceil(2) + 1
    }

    /// Packs; registers move where `run`.
    pub fn pack<'m>(&self, m: &'m Mod<'_>, name: &str, run: Bool<'m>, group: Group<'m>) -> Row<'m> {
        let named = |what: &str| format!("{name}_{what}");
        let w = self.place_bits();
        let fill = m.reg_u(&named("fill"), w).reset(0);
        let now = (fill.q() + group.count).at_width(w + 1).called(named("fill_now"));
        let go = (run & group.at).named(named("go"));
        fill.set_when(go, group.end.pick(m.u(0, w), now.trunc(w)));
        // Sides of a group: whether it fills its row, whether it leaves something for another one, whether it ends with any.
        let (fills, more) = (now.bit(w), now.trunc(w).any());
        let ends = group.end & (fills | more);
        let flags = m.concat(&[ends.to_uint(), (fills & more).to_uint(), fills.to_uint()]);
        let stages = w.div_ceil(2);
        let at = m.pipe_flag(&named("at"), run, group.at, 1 + stages);
        let flags = m.pipe(&named("flags"), run, flags, 1 + stages);
        let mut by = m.delay(&named("by"), run, fill.q());
        let mut items = m.delay(&named("items"), run, group.items.at_width(self.item * self.items));
        for stage in 0..stages {
            for level in (2 * stage)..(2 * stage + 2).min(w) {
                items = by.bit(level).pick(self.rotated(m, items, 1 << level), items);
            }
            items = m.delay(&named(&format!("turned{stage}")), run, items);
            by = m.delay(&named(&format!("by{stage}")), run, by);
        }
        self.rows(m, name, run, at, (items, by, flags))
    }

    /// Items moved up, those at the end to the front.
    fn rotated<'m>(&self, m: &'m Mod<'_>, items: UInt<'m>, by: u32) -> UInt<'m> {
        let low = self.item * (self.items - by);
        m.concat(&[items.trunc(low), items.slice(low, self.item * by)])
    }

    /// The row so far, and the one that leaves.
    fn rows<'m>(
        &self,
        m: &'m Mod<'_>,
        name: &str,
        run: Bool<'m>,
        at: Bool<'m>,
        (items, by, flags): (UInt<'m>, UInt<'m>, UInt<'m>),
    ) -> Row<'m> {
        let named = |what: &str| format!("{name}_{what}");
        let (fills, both, ends) = (flags.bit(0), flags.bit(1), flags.bit(2));
        let width = self.item * self.items;
        let here = (0..self.items).map(|i| by.le(m.lit(i.into())).to_uint().any().repeat(self.item));
        let here = m.lanes(&here.collect::<Vec<_>>()).called(named("here"));
        let zeros = m.u(0, width.min(64)).zext(width);
        let so_far = m.reg_u(&named("so_far"), width).reset(0);
        let row = (so_far.q() | (items & here)).named(named("row"));
        let beyond = (items & !here).named(named("beyond"));
        let kept = fills.pick(beyond, row);
        so_far.set_when(run & at, ends.pick(zeros, kept));
        // A row leaves: a full one, or the last one. What begins beyond it and ends waits a cycle.
        let leaves = (at & (fills | ends)).named(named("leaves"));
        let second = (at & both & ends).named(named("second"));
        let waits = m.reg_b(&named("waits")).reset(0);
        waits.set_when(run, second | (waits.q() & leaves));
        let waiting = m.delay(&named("waiting"), run & (second | (waits.q() & leaves)), second.pick(beyond, row));
        let end_waits = m.delay(&named("end_waits"), run & (second | (waits.q() & leaves)), second | ends);
        let out = waits.q().pick(waiting, row);
        let end = waits.q().pick(end_waits, ends & !second);
        Row {
            at: m.delay_flag(&named("out_at"), run, waits.q() | leaves),
            items: m.delay(&named("out"), run, out),
            end: m.delay(&named("out_end"), run, end),
        }
    }
}
