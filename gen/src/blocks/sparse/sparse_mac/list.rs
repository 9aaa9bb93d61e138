//! Rows of the sparse operand as they come: a list for each, of the groups that are there and their places along `k`.

use super::Config;
use crate::blocks::parts::row_queue::Given;
use crate::blocks::sparse::cutter::{report, rows, Row, Taken};
use crate::hdl::{Bool, Level, Mod, UInt};
use crate::num::{bits_for_count, bits_for_unsigned};

/// Registers from the view to rows of elements.
const TO_ROW: u32 = 2;

/// Lists that have a place: one that is read, one that comes.
pub const LISTS: u32 = 2;

impl Config {
    /// Bits of a list's entry: the place along k, and the group.
    pub fn entry_bits(&self) -> u32 {
        self.place_bits() + self.code().width
    }
    /// Bits of a group's place along k.
    pub fn place_bits(&self) -> u32 {
        bits_for_count(self.groups().into())
    }
    /// Words of the memory of both lists.
    pub fn list_words(&self) -> u32 {
        LISTS * self.groups().next_power_of_two()
    }
    /// Bits of a row's description: whether no row of its code is behind it, whether it has an entry, entries less one.
    pub fn row_bits(&self) -> u32 {
        2 + self.place_bits()
    }
}

/// What is written, and what is known of a row or a code when all of it is.
pub struct List<'m> {
    /// An entry, and its address.
    pub entry: Given<'m>,
    /// See `entry`.
    pub address: UInt<'m>,
    /// A row's description.
    pub row: Given<'m>,
    /// A code is whole: its groups that have a place, and the number of its first malformed block.
    pub report: Given<'m>,
}

/// Of what is taken; `lists` counts those that are taken, until they are `freed`.
pub fn list<'m>(m: &'m Mod<'_>, c: &Config, taken: &Taken<'m>, lists: Level<'m>, freed: Bool<'m>) -> List<'m> {
    let (on, one) = (m.bool(true), m.u(1, 1));
    let (blocks, place) = (c.blocks(), c.place_bits());
    let next = |v: UInt<'m>| (v + one).trunc(v.width());

    m.section("where blocks and rows end, in front of the rows' elements");
    let fin = ((taken.pairs | taken.values) & taken.fin).named("block_fin");
    let (within, all_rows) =
        (m.counter("block_of_row", blocks.into()).reset(0), m.u(c.m.into(), bits_for_unsigned(c.m.into())));
    let rows_in = m.counter("rows_in", u64::from(c.m) + 1).reset(0);
    let beyond = rows_in.q().eq(all_rows).called("row_beyond");
    let is_last = within.q().eq(m.u(u64::from(blocks) - 1, within.q().width())).called("block_is_last");
    let row_ends = (fin & (is_last | taken.ends)).named("row_ends");
    within.set_when(fin, row_ends.pick(m.u(0, within.q().width()), next(within.q()).called("block_next")));
    let counts = (row_ends & !beyond).named("row_counts");
    rows_in
        .set_when(counts | taken.end, taken.end.pick(m.u(0, all_rows.width()), next(rows_in.q()).called("rows_next")));
    lists.moves(counts, freed);

    m.section("entries of a row's list");
    let cutter = c.cutter();
    let put = rows(m, &cutter, taken);
    let row = Row::of(&cutter, put.value);
    let later = |name: &str, v: Bool<'m>| m.pipe_flag(name, on, v, TO_ROW);
    let there =
        (put.at & row.there.bit(0) & !row.end & !m.pipe("beyond_then", on, beyond, TO_ROW)).named("entry_there");
    let ends = later("row_ends_then", counts);
    let half = m.reg_b("write_list").reset(0);
    half.set_when(ends, !half.q());
    let count = m.reg_u("entries", place + 1).reset(0);
    let after = (count.q() + there.to_uint()).trunc(place + 1).called("entries_next");
    count.set_when(there | ends, ends.pick(m.u(0, place + 1), after));
    let address = m.concat(&[half.q().to_uint(), count.q().trunc(place)]);
    let at = if blocks == 1 {
        row.groups[0]
    } else {
        m.concat(&[m.pipe("block_of_row_then", on, within.q(), TO_ROW), row.groups[0]])
    };
    let entry = Given { at: there, value: m.concat(&[at.at_width(place), row.values[0]]) };
    let less = (count.q() - m.u(1, 1)).as_unsigned().trunc(place).called("entries_less");
    // A cycle later the last entry is counted: less one of it is what was there before.
    let less = there.pick(count.q().trunc(place), less);
    let describes = m.concat(&[row.ends.to_uint(), after.any().to_uint(), less]);
    let described = Given { at: m.delay_flag("row_whole", on, ends), value: m.delay("row_is", on, describes) };

    m.section("what is said of the code");
    let most = u64::from(c.m) * u64::from(c.groups());
    let report = report(m, &row, put.at, (most, u64::from(c.m * blocks)), c.report_bits());
    List { entry, address, row: described, report }
}
