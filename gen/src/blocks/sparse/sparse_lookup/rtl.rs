use super::load::load;
use super::tree::tree;
use super::{Checked, Config};
use crate::blocks::sparse::code::Format;
use crate::blocks::sparse::cutter::{steps, Words};
use crate::hdl::{Bool, Build, Mod, Ram, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::Bits;

/// Tables that have a place: one that is asked, one that comes.
const TABLES: u32 = 2;

/// Registers from an index to the row of its block.
const TO_ROW: u32 = 3;

/// Registers from an element's place in its block to the element.
const TO_VALUE: u32 = 3;

impl Config {
    /// Registers from an index to its element.
    pub fn query_cycles(&self) -> u32 {
        TO_ROW + self.stages() + TO_VALUE
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
    let report_stage = m.stage("report", report.ready());
    let (coming, whole) = (m.level("tables", TABLES), m.level("tables_whole", TABLES));
    // Nothing is taken while a report waits: it has left when the next table ends.
    let room = !(coming.full() | report_stage.valid());
    let taken = steps(&m, &cutter, words, room);
    let load = load(&m, c, &taken);
    report_stage.fill(load.done);
    report.drive(report_stage.valid(), m.delay("report", load.done, m.concat(&[load.malformed, load.size])), None);

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

    m.section("queries");
    let (value_stage, outside_stage) = (m.stage("value_out", out.ready()), m.stage("outside_out", outside.ready()));
    let run = (value_stage.free() & outside_stage.free()).named("run");
    ask.set_ready(run & whole.some());
    let last = (ask.fire() & ask.last()).named("frame_asked");
    whole.moves(load.done, last);
    let read_half = half("read_half", last);
    let size = read_half.pick(sizes[1], sizes[0]);
    let cycles = c.query_cycles() - 1;
    // Memories are read where a query is: elsewhere their address may be one that is written.
    let at_row = m.delay_flag("asked_row", run, ask.fire());
    let at_element = m.pipe_flag("asked_element", run, at_row, cycles - 2);
    let at = m.delay_flag("asked", run, at_element);
    let is_last = m.pipe_flag("asked_last", run, last, cycles);
    // All of its reads are done.
    emptied.drive(run & is_last);
    let mut found = Vec::new();
    for k in 0..c.queries {
        let one = Query { m: &m, c, run, at: (at_row, at_element), half: read_half, k };
        let rows = m.ram(&format!("rows{k}"), c.row_bits(), TABLES << load.block.width());
        rows.write(load.row.at, m.concat(&[write_half.to_uint(), load.block]), load.row.value);
        let elements = m.ram(&format!("elements{k}"), c.width, TABLES << load.place.width());
        elements.write(load.value.at, m.concat(&[write_half.to_uint(), load.place]), load.value.value);
        found.push(one.of(ask.lane(k), size, rows, elements));
    }
    value_stage.fill(run & at);
    outside_stage.fill(run & at);
    let (elements, flags): (Vec<UInt>, Vec<UInt>) = found.iter().map(|f| (f.0, f.1.to_uint())).unzip();
    let last = m.delay("out_last", run, is_last);
    out.drive(value_stage.valid(), m.lanes(&elements), Some(last));
    outside.drive(outside_stage.valid(), m.lanes(&flags), Some(last));
    m.finish()
}

/// A lane of queries.
struct Query<'m, 'a> {
    m: &'m Mod<'m>,
    c: &'a Config,
    run: Bool<'m>,
    /// A query is where its row is read, and where its element is.
    at: (Bool<'m>, Bool<'m>),
    half: Bool<'m>,
    k: u32,
}

impl<'m> Query<'m, '_> {
    /// The element, and whether the index is outside.
    fn of(&self, index: UInt<'m>, size: UInt<'m>, rows: Ram<'m>, elements: Ram<'m>) -> (UInt<'m>, Bool<'m>) {
        let (m, c, run, k) = (self.m, self.c, self.run, self.k);
        let named = |what: &str| format!("q{k}_{what}");
        let (a, bits) = (c.within_bits(), c.index_bits());
        m.section(&format!("lane {k}: its row, its place, its element"));
        let half = m.delay(&named("half"), run, self.half);
        let index = m.delay(&named("index"), run, index);
        let size = m.delay(&named("size"), run, size);
        let outside = m.delay(&named("outside"), run, index.ge(size));
        let block = index.slice(a, rows.addr_bits() - 1);
        let row = rows.read(run & self.at.0, m.concat(&[half.to_uint(), block]));
        let row = m.delay(&named("row"), run, row);
        let within = m.pipe(&named("within"), run, index.trunc(a), 2);
        let flags_bits = c.flags_bits();
        let base = row.slice(flags_bits, c.address_bits());
        let kind = match c.format {
            Format::Hybrid => row.bit(flags_bits + c.address_bits()),
            only => m.bool(only == Format::Coordinates),
        };
        let stages = c.stages();
        let (place, there) = tree(m, c, &named("tree"), run, (kind, row.trunc(flags_bits), within));
        let base = m.pipe(&named("base"), run, base, stages);
        let to = (base + place).trunc(bits).called(named("to"));
        let address = m.delay(&named("address"), run, to);
        let there = m.delay(&named("there"), run, there);
        let half = m.pipe(&named("half_then"), run, half, 2 + stages + 1);
        let value = elements.read(run & self.at.1, m.concat(&[half.to_uint(), address.trunc(elements.addr_bits() - 1)]));
        let has = address.lt(m.u(c.values.into(), bits)).called(named("has"));
        let outside = m.pipe(&named("is_outside"), run, outside, stages + 2);
        let shown = m.delay(&named("shown"), run, there & has & !outside);
        let value = shown.pick(value, m.bits(Bits::zero(c.width)));
        (m.delay(&named("value"), run, value), m.pipe(&named("flag"), run, outside, 2))
    }
}
