use super::load::load;
use super::tree::tree;
use super::{Checked, Config};
use crate::blocks::parts::queue::{self, queue};
use crate::blocks::parts::row_queue::Given;
use crate::blocks::sparse::code::Format;
use crate::blocks::sparse::cutter::{steps, Words};
use crate::hdl::{Bool, Build, Mod, Ram, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::Bits;

/// Tables that have a place: one that is asked, one that comes.
const TABLES: u32 = 2;

/// Reports that have a place.
const REPORTS: u32 = 4;

/// Registers from an index to the row of its block.
const TO_ROW: u32 = 3;

/// Registers from an element's place in its block to the element.
const TO_VALUE: u32 = 4;

impl Config {
    /// Registers from an index to its element.
    pub fn query_cycles(&self) -> u32 {
        TO_ROW + self.stages() + TO_VALUE
    }
    /// Cycles from an index to its element at the stream.
    pub fn latency(&self) -> u64 {
        u64::from(self.query_cycles()) + queue::CYCLES + 1
    }
    /// Elements that are found and not yet taken have a place.
    pub fn places(&self) -> u32 {
        (self.query_cycles() + 4).next_power_of_two()
    }
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let s = m.stream_in("s_table", BeatShape::new(c.word / 8, 8, false), true);
    let ask = m.stream_in("s_index", BeatShape::new(c.queries, c.index_bits(), false), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.queries, c.width, c.signed), true);
    let outside = m.stream_out("m_outside", BeatShape::new(c.queries, 1, false), true);
    let report = m.stream_out("m_table", BeatShape::new(2, c.index_bits(), false), false);

    m.section("a table is taken apart, where there is a place for it");
    let cutter = c.cutter();
    let words = Words::new(&m, &cutter, s);
    let (coming, whole) = (m.level("tables", TABLES), m.level("tables_whole", TABLES));
    let reports = m.level("reports_taken", REPORTS);
    // Known a cycle late: no step of the next table goes so early.
    let room = !m.delay_flag("tables_close", m.bool(true), coming.full() | reports.full());
    let taken = steps(&m, &cutter, words, room);
    let load = load(&m, c, &taken);
    let said = Given { at: load.done, value: m.concat(&[load.malformed, load.size]) };
    let said = queue(&m, "reports", REPORTS, said, report.ready());
    reports.moves(taken.end, said.left);
    report.drive(said.there, said.value, None);

    m.section("two tables by turns");
    let half = |name: &str, step: Bool| {
        let r = m.reg_b(name).reset(0);
        r.set_when(step, !r.q());
        r.q()
    };
    let (write_half, emptied) = (half("write_half", load.done), m.wire("emptied"));
    let sizes: Vec<UInt> = [(0, !write_half), (1, write_half)]
        .map(|(k, here)| m.delay(&format!("size_of_{k}"), load.done & here, load.size))
        .to_vec();
    coming.moves(taken.end, emptied.value());

    m.section("queries, where there is a place for what is found");
    let on = m.bool(true);
    let found_places = m.level("found_taken", c.places());
    ask.set_ready(whole.some() & !found_places.full());
    let last = (ask.fire() & ask.last()).named("frame_asked");
    whole.moves(load.done, last);
    let read_half = half("read_half", last);
    let size = read_half.pick(sizes[1], sizes[0]);
    // Memories are read where a query is: elsewhere their address may be one that is written.
    let at_row = m.delay_flag("asked_row", on, ask.fire());
    let at_element = m.pipe_flag("asked_element", on, at_row, c.query_cycles() - TO_VALUE);
    let at = m.pipe_flag("asked", on, at_element, TO_VALUE - 1);
    let is_last = m.pipe_flag("asked_last", on, last, c.query_cycles());
    // All of its reads are done.
    emptied.drive(is_last);
    let mut found = Vec::new();
    for k in 0..c.queries {
        let one = Query { m: &m, c, at: (at_row, at_element), half: read_half, k };
        let rows = m.ram(&format!("rows{k}"), c.row_bits(), TABLES << load.block.width());
        rows.write(load.row.at, m.concat(&[write_half.to_uint(), load.block]), load.row.value);
        let elements = m.ram(&format!("elements{k}"), c.width, TABLES << load.place.width());
        elements.write(load.value.at, m.concat(&[write_half.to_uint(), load.place]), load.value.value);
        found.push(one.of(ask.lane(k), size, rows, elements));
    }
    let (elements, flags): (Vec<UInt>, Vec<UInt>) = found.iter().map(|f| (f.0, f.1.to_uint())).unzip();
    let (elements, flags) = (m.lanes(&elements), m.lanes(&flags));

    m.section("both streams of what is found");
    let (value_stage, outside_stage) = (m.stage("value_out", out.ready()), m.stage("outside_out", outside.ready()));
    let free = (value_stage.free() & outside_stage.free()).named("out_free");
    let put = Given { at, value: m.concat(&[is_last.to_uint(), flags, elements]) };
    let first = queue(&m, "found", c.places(), put, free);
    found_places.moves(ask.fire(), first.left);
    let goes = (free & first.there).named("found_goes");
    value_stage.fill(goes);
    outside_stage.fill(goes);
    let hold = |name: &str, at: u32, bits: u32| m.delay(name, goes, first.value.slice(at, bits));
    let (wide, lanes) = (elements.width(), flags.width());
    let last = hold("out_last", wide + lanes, 1).any();
    out.drive(value_stage.valid(), hold("out_values", 0, wide), Some(last));
    outside.drive(outside_stage.valid(), hold("out_outside", wide, lanes), Some(last));
    m.finish()
}

/// A lane of queries.
struct Query<'m, 'a> {
    m: &'m Mod<'m>,
    c: &'a Config,
    /// A query is where its row is read, and where its element is.
    at: (Bool<'m>, Bool<'m>),
    half: Bool<'m>,
    k: u32,
}

impl<'m> Query<'m, '_> {
    /// The element, and whether the index is outside.
    fn of(&self, index: UInt<'m>, size: UInt<'m>, rows: Ram<'m>, elements: Ram<'m>) -> (UInt<'m>, Bool<'m>) {
        let (m, c, on, k) = (self.m, self.c, self.m.bool(true), self.k);
        let named = |what: &str| format!("q{k}_{what}");
        let (a, bits) = (c.within_bits(), c.index_bits());
        m.section(&format!("lane {k}: its row, its place, its element"));
        let half = m.delay(&named("half"), on, self.half);
        let index = m.delay(&named("index"), on, index);
        let size = m.delay(&named("size"), on, size);
        let outside = m.delay(&named("outside"), on, index.ge(size));
        let block = index.slice(a, rows.addr_bits() - 1);
        let row = rows.read(self.at.0, m.concat(&[half.to_uint(), block]));
        let row = m.delay(&named("row"), on, row);
        let within = m.pipe(&named("within"), on, index.trunc(a), 2);
        let flags_bits = c.flags_bits();
        let base = row.slice(flags_bits, c.address_bits());
        let kind = match c.format {
            Format::Hybrid => row.bit(flags_bits + c.address_bits()),
            only => m.bool(only == Format::Coordinates),
        };
        let stages = c.stages();
        let (place, there) = tree(m, c, &named("tree"), (kind, row.trunc(flags_bits), within));
        let base = m.pipe(&named("base"), on, base, stages);
        let to = (base + place).trunc(bits).called(named("to"));
        let address = m.delay(&named("address"), on, to);
        let there = m.delay(&named("there"), on, there);
        let half = m.pipe(&named("half_then"), on, half, 2 + stages + 1);
        let value = elements.read(self.at.1, m.concat(&[half.to_uint(), address.trunc(elements.addr_bits() - 1)]));
        let has = address.lt(m.u(c.values.into(), bits)).called(named("has"));
        let outside = m.pipe(&named("is_outside"), on, outside, stages + 2);
        let shown = m.pipe(&named("shown"), on, there & has & !outside, 2);
        let value = shown.pick(m.delay(&named("read"), on, value), m.bits(Bits::zero(c.width)));
        (m.delay(&named("value"), on, value), m.pipe(&named("flag"), on, outside, 3))
    }
}
