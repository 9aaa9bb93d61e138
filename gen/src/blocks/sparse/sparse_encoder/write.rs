//! What a cycle writes: a block's header, a part of its bitmap, or a row of its elements.

use super::Config;
use crate::blocks::parts::pack::{Group, Row};
use crate::blocks::parts::row_queue::Given;
use crate::blocks::sparse::code::Format;
use crate::hdl::{Bool, Mod, UInt};
use crate::num::bits_for_unsigned;

/// What is written.
pub struct Write<'m> {
    /// Bits of a cycle, for the packer.
    pub group: Group<'m>,
    /// A block's record is taken.
    pub header: Bool<'m>,
    /// No more beats may come.
    pub close: Bool<'m>,
}

/// The next block's record, whether it is there; rows of elements and parts of bitmaps as they come; registers move where `run`.
pub fn write<'m>(
    m: &'m Mod<'_>,
    c: &Config,
    run: Bool<'m>,
    (there, record): (Bool<'m>, UInt<'m>),
    (row, part): (Row<'m>, Option<Given<'m>>),
) -> Write<'m> {
    // Fields of the record, from the lowest.
    let mut at = 0;
    let mut field = |bits: u32| {
        at += bits;
        record.slice(at - bits, bits)
    };
    let (row_last, rows, part_last) = (field(c.row_bits()), field(c.count_bits()), field(c.part_bits()));
    let (left, end, pairs) = (field(c.parts_left_bits()), field(1).any(), field(1).any());
    let (header_bits, header) = (field(5), field(c.header_width()));

    let (in_parts, in_rows) = (m.reg_b("in_parts").reset(0), m.reg_b("in_rows").reset(0));
    let header_go = (run & there & !in_parts.q() & !in_rows.q()).named("header_now");
    let part_go = (run & in_parts.q()).named("part_go");
    let row_go = (run & in_rows.q()).named("row_go");
    let has_rows = rows.any().called("has_rows");
    let keep = |name: &str, v: UInt<'m>| m.delay(name, header_go, v);
    let (cur_rows, cur_pairs, cur_end) = (
        m.delay("cur_has_rows", header_go, has_rows),
        m.delay("cur_pairs", header_go, pairs),
        m.delay("cur_end", header_go, end),
    );
    let (cur_row_last, cur_part_last) = (keep("cur_row_last", row_last), keep("cur_part_last", part_last));
    let down = |name: &str, from: UInt<'m>, go: Bool<'m>| {
        let left = m.reg_u(name, from.width());
        let less = (left.q() - m.u(1, 1)).as_unsigned().trunc(from.width()).called(format!("{name}_less"));
        left.set_when(header_go | go, header_go.pick(from, less));
        (!left.q().any()).called(format!("{name}_none"))
    };
    let rows_less = (rows - m.u(1, 1)).as_unsigned().trunc(c.count_bits()).called("rows_less");
    let (last_part, last_row) = (down("parts_left", left, part_go), down("rows_left", rows_less, row_go));
    in_parts.set_when(header_go | part_go, header_go.pick(!pairs, !last_part));
    let to_rows = header_go.pick(pairs & has_rows, part_go.pick(last_part & cur_rows, !last_row));
    in_rows.set_when(header_go | part_go | row_go, to_rows);
    let ends = header_go.pick(end & pairs & !has_rows, cur_end & (part_go & last_part & !cur_rows | row_go & last_row));

    m.section("memories of both");
    let margin = c.margin();
    let none = m.u(0, 1);
    let rows_kept = Stored { name: "rows", places: c.rows(), margin };
    let (row_data, rows_close) = rows_kept.of(m, Given { at: row.at, value: row.items }, run, row_go, none);
    // Where coordinates are written the bitmap is left out, one cycle behind the header.
    let left_out = m.delay_flag("left_out", m.bool(true), header_go & pairs);
    let parts_here = (m.delay("cur_parts", header_go, left) + m.u(1, 1)).called("parts_here");
    let left_out = left_out.pick(parts_here, m.u(0, parts_here.width()));
    let parts_kept = Stored { name: "parts", places: c.parts(), margin };
    let stored_parts = part.map(|p| parts_kept.of(m, p, run, part_go, left_out));
    let close = stored_parts.map_or(rows_close, |(_, parts_close)| rows_close | parts_close);

    m.section("bits of the cycle, and how many");
    let go = m.pipe_flag("write", run, header_go | part_go | row_go, 2);
    let is_header = m.pipe("write_header", run, header_go, 2);
    let is_part = m.pipe("write_part", run, part_go, 2);
    let ends = m.pipe("write_ends", run, ends, 2);
    let header = m.pipe("write_bits", run, header, 2);
    let lengths = lengths(m, c, (last_part, cur_part_last), (last_row, cur_row_last, cur_pairs));
    let count_bits = bits_for_unsigned(c.word.into());
    let count = header_go.pick(header_bits.zext(count_bits), part_go.pick(lengths.0, lengths.1));
    let count = m.pipe("write_count", run, count, 2);
    let pairs = m.pipe("write_pairs", run, cur_pairs, 2);
    let rows = entries(m, c, row_data, pairs).at_width(c.word);
    let parts = stored_parts.map_or(rows, |(data, _)| is_part.pick(data.zext(c.word), rows));
    let items = m.delay("group", run, is_header.pick(header.zext(c.word), parts));
    let group = Group {
        at: m.delay_flag("group_at", run, go),
        items,
        count: m.delay("group_count", run, count),
        end: m.delay("group_ends", run, ends),
    };
    Write { group, header: header_go, close }
}

/// Bits of a part of a bitmap and of a row of elements.
fn lengths<'m>(
    m: &'m Mod<'_>,
    c: &Config,
    (last_part, part_last): (Bool<'m>, UInt<'m>),
    (last_row, row_last, pairs): (Bool<'m>, UInt<'m>, Bool<'m>),
) -> (UInt<'m>, UInt<'m>) {
    let bits = bits_for_unsigned(c.word.into());
    let times = |of: UInt<'m>, most: u32, each: u32| {
        let arms: Vec<UInt> = (1..=most).map(|n| m.u(u64::from(n * each), bits)).collect();
        m.select(of, &arms)
    };
    let all = |n: u32, each: u32| m.u(u64::from(n * each), bits);
    let part = last_part.pick(times(part_last, c.part_beats(), c.lanes), all(c.part_beats(), c.lanes));
    let of = |each: u32| last_row.pick(times(row_last, c.entries(), each), all(c.entries(), each));
    let row = match c.format {
        Format::Bitmap => of(c.width),
        Format::Coordinates => of(c.entry_bits()),
        Format::Hybrid => pairs.pick(of(c.entry_bits()), of(c.width)),
    };
    (part, row)
}

/// A row's elements alone, or with their indices.
fn entries<'m>(m: &'m Mod<'_>, c: &Config, row: UInt<'m>, pairs: Bool<'m>) -> UInt<'m> {
    if c.format != Format::Hybrid {
        return row;
    }
    let a = c.code().index_bits();
    let value = |i: u32| row.slice(i * c.entry_bits() + a, c.width);
    let values = m.lanes(&(0..c.entries()).map(value).collect::<Vec<_>>());
    pairs.pick(row, values.zext(row.width()))
}

/// A memory of what comes, in its order.
struct Stored {
    name: &'static str,
    places: u32,
    /// Beats that still come when no more shall.
    margin: u32,
}

impl Stored {
    /// What is asked for by `get`, two cycles behind it; and whether no more beats may come. So many as `left_out` says are passed over, in other cycles
    /// than those of `get`, and only if the places are a power of two.
    fn of<'m>(
        &self,
        m: &'m Mod<'_>,
        put: Given<'m>,
        run: Bool<'m>,
        get: Bool<'m>,
        left_out: UInt<'m>,
    ) -> (UInt<'m>, Bool<'m>) {
        let named = |what: &str| format!("{}_{what}", self.name);
        let places = self.places;
        let ram = m.ram(self.name, put.value.width(), places);
        ram.write(put.at, m.count(&named("wr"), places.into(), put.at).value, put.value);
        let gone = get.pick(m.u(1, left_out.width()), left_out).called(named("gone"));
        let at = if places.is_power_of_two() {
            let rd = m.counter(&named("rd"), places.into()).reset(0);
            rd.set((rd.q() + gone).trunc(rd.q().width()));
            rd.q()
        } else {
            m.count(&named("rd"), places.into(), get).value
        };
        let data = ram.read(get, at);
        let used = m.counter(&named("used"), u64::from(places) + 1).reset(0);
        let w = used.q().width();
        let more = (used.q() + put.at.to_uint()).at_width(w + 1).called(named("more"));
        used.set((more - gone).as_unsigned().trunc(w));
        let close = m.delay_flag(&named("close"), m.bool(true), used.q().ge(m.u((places - self.margin).into(), w)));
        (m.delay(&named("data"), run, data), close)
    }
}
