use super::list::{list, LISTS};
use super::{Checked, Config};
use crate::blocks::parts::queue::{queue, First};
use crate::blocks::parts::row_queue::Given;
use crate::blocks::parts::tree::{levels, sum_signed};
use crate::blocks::sparse::cutter::{steps, Words};
use crate::hdl::{Bool, Build, Mod, SInt, Source, UInt};
use crate::ir::{BeatShape, ModuleId};

/// Matrices `b` that have a place: one that is multiplied, one that comes.
const MATRICES: u32 = 2;

/// Reports that have a place.
pub const REPORTS: u32 = 4;

/// Registers from an entry's address to its products.
const TO_PRODUCTS: u32 = 6;

/// Registers from an entry's address to the row of `b` that it asks for.
pub const TO_ROW: u32 = 4;

impl Config {
    /// Registers from an entry's address to the sum that has it.
    pub fn to_sum(&self) -> u32 {
        TO_PRODUCTS + 1 + levels(self.group) + 1
    }
    /// Sums on their way have a place.
    pub fn places(&self) -> u32 {
        (self.to_sum() + 6).next_power_of_two()
    }
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let a = m.stream_in("a_axis", BeatShape::new(c.word / 8, 8, false), true);
    let b = m.stream_in("b_axis", BeatShape::new(c.cols * c.group, c.b_bits, c.b_signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.cols, c.sum_bits(), true), true);
    let report = m.stream_out("m_report", BeatShape::new(2, c.report_bits(), false), false);
    let on = m.bool(true);

    m.section("the code is taken apart, where a list has a place");
    let words = Words::new(&m, &c.cutter(), a);
    let (lists, reports) = (m.level("lists", LISTS), m.level("reports_taken", REPORTS));
    // Known a cycle late: no step that gives an entry of the next row goes so early.
    let room = !m.delay_flag("lists_close", on, lists.full() | reports.full());
    let taken = steps(&m, &c.cutter(), words, room);
    let freed = m.wire("list_freed");
    let list = list(&m, c, &taken, lists, freed.value());
    let said = queue(&m, "reports", REPORTS, list.report, report.ready());
    reports.moves(taken.end, said.left);
    report.drive(said.there, said.value, None);
    let entries = m.ram("list", c.entry_bits(), c.list_words());
    entries.write(list.entry.at, list.address, list.entry.value);
    let row = queue(&m, "rows", LISTS, list.row, freed.value());

    let places = m.level("sums_taken", c.places());
    let matrix_done = m.wire("matrix_done");
    let matrix = matrix(c, &m, b, matrix_done.value());
    let step = step(c, &m, &row, (matrix.there, !places.full()));
    freed.drive(step.frees);
    matrix_done.drive(step.frame);

    m.section("an entry, and the row of b that it asks for");
    let to_sum = c.to_sum();
    let word = entries.read(step.go & step.some, step.entry);
    let word = m.delay("entry", on, word);
    let width = c.code().width;
    let from = m.pipe("tile_from", on, matrix.base(c, &m, &step), 2);
    let address = m.delay("b_at", on, (from + word.slice(width, c.place_bits())).trunc(from.width()));
    let some = m.pipe_flag("some", on, step.go & step.some, 3);
    let row = m.delay("b_row", on, matrix.memory.read(some, address));
    let group = m.pipe("group", on, word.trunc(width), 3);

    m.section("products, and their sums");
    let live = m.pipe("live", on, some, 3);
    let first = m.pipe("first", on, step.first, to_sum - 1);
    let valid = m.pipe_flag("valid", on, step.go, to_sum - 1);
    let sums: Vec<UInt> = (0..c.cols)
        .map(|j| {
            let terms = (0..c.group).map(|t| product(c, &m, live, (j, t), (group, row))).collect();
            let term = sum_signed(&m, &format!("terms{j}"), terms);
            let sum = m.reg_s(&format!("sum{j}"), c.sum_bits());
            let before = first.pick(m.s(0, c.sum_bits()), sum.q());
            sum.set_when(valid, (before + term).trunc(c.sum_bits()).called(format!("sum{j}_next")));
            sum.q().as_unsigned()
        })
        .collect();

    m.section("sums that are done");
    let done = m.pipe_flag("done", on, step.tile, to_sum);
    let last = m.pipe("done_last", on, step.frame, to_sum);
    let put = Given { at: done, value: m.concat(&[last.to_uint(), m.lanes(&sums)]) };
    let ready = queue(&m, "sums", c.places(), put, out.ready());
    places.moves(step.go & step.first, ready.left);
    let bits = c.cols * c.sum_bits();
    out.drive(ready.there, ready.value.trunc(bits), Some(ready.value.bit(bits)));
    m.finish()
}

/// A product of one of a group, nothing where there is no entry; two registers.
fn product<'m>(
    c: &Config,
    m: &'m Mod<'_>,
    live: Bool<'m>,
    (j, t): (u32, u32),
    (group, row): (UInt<'m>, UInt<'m>),
) -> SInt<'m> {
    let a = group.slice(t * c.a_bits, c.a_bits).number(c.a_signed);
    let b = row.slice((j * c.group + t) * c.b_bits, c.b_bits).number(c.b_signed);
    let on = m.bool(true);
    let x = m.delay(&format!("product{j}x{t}"), on, a * b);
    m.delay(&format!("term{j}x{t}"), on, live.pick(x, m.s(0, x.width())))
}

/// The dense operand.
struct Matrix<'m> {
    memory: crate::hdl::Ram<'m>,
    /// One is there.
    there: Bool<'m>,
}

/// Two matrices by turns; a place is free some cycles after all of it is multiplied.
fn matrix<'m>(c: &Config, m: &'m Mod<'m>, b: Source<'m>, done: Bool<'m>) -> Matrix<'m> {
    m.section("matrices b, two by turns");
    let on = m.bool(true);
    let (coming, whole) = (m.level("matrices", MATRICES), m.level("matrices_whole", MATRICES));
    b.set_ready(!coming.full());
    let (beat, ends) = {
        let place = m.count("b_place", u64::from(MATRICES * c.b_beats()), b.fire());
        let beat = m.count("b_beat", c.b_beats().into(), b.fire());
        (place.value, (b.fire() & beat.at_last).named("matrix_comes"))
    };
    let memory = m.ram("matrix", b.data().width(), MATRICES * c.b_beats());
    memory.write(b.fire(), beat.at_width(memory.addr_bits()), b.data());
    // Its last row is read.
    coming.moves(ends, m.pipe_flag("matrix_freed", on, done, TO_ROW));
    whole.moves(m.delay_flag("matrix_whole", on, ends), done);
    Matrix { memory, there: whole.some() }
}

impl<'m> Matrix<'m> {
    /// The address of the tile's first row.
    fn base(&self, c: &Config, m: &'m Mod<'_>, step: &Step<'m>) -> UInt<'m> {
        let bits = self.memory.addr_bits();
        let at = |n: u32| m.u(n.into(), bits);
        let (base, half) = (m.reg_u("tile_base", bits).reset(0), m.reg_b("read_matrix").reset(0));
        half.set_when(step.frame, !half.q());
        let starts = (half.q() ^ step.frame).pick(at(c.b_beats()), at(0)).called("matrix_starts");
        let next = (base.q() + at(c.groups())).trunc(bits).called("tile_next");
        base.set_when(step.tile, step.row.pick(starts, next));
        base.q()
    }
}

/// What an entry's cycle is of.
struct Step<'m> {
    /// There is one: an entry, or of a row without any a cycle.
    go: Bool<'m>,
    some: Bool<'m>,
    /// The entry's address.
    entry: UInt<'m>,
    /// It is its tile's first; its tile, row or frame ends.
    first: Bool<'m>,
    tile: Bool<'m>,
    row: Bool<'m>,
    frame: Bool<'m>,
    /// The row's list is left.
    frees: Bool<'m>,
}

/// Entries of the first row's list, once for each tile, where a matrix is there and a place for the sums.
fn step<'m>(c: &Config, m: &'m Mod<'_>, list: &First<'m>, (matrix, place): (Bool<'m>, Bool<'m>)) -> Step<'m> {
    m.section("entries of a row, once for each tile");
    let bits = c.place_bits();
    let less = list.value.trunc(bits);
    let (has, ends) = (list.value.bit(bits), list.value.bit(bits + 1));
    // Rows behind a code's last one have no entries.
    let missing = m.reg_b("row_missing").reset(0);
    let some = (has & !missing.q()).named("row_some");
    let entry = m.reg_u("entry_at", bits).reset(0);
    let first = (!entry.q().any()).called("entry_first");
    let go = (list.there & matrix & (place | !first)).named("go");
    let last = (!some | entry.q().eq(less)).called("entry_last");
    let next = (entry.q() + m.u(1, 1)).trunc(bits).called("entry_next");
    entry.set_when(go, last.pick(m.u(0, bits), next));
    let tile_ends = (go & last).named("tile_ends");
    let tile = m.count("product_tile", c.tiles().into(), tile_ends);
    let row_done = (tile_ends & tile.at_last).named("row_done");
    let row = m.count("product_row", c.m.into(), row_done);
    missing.set_when(row_done, ends & !row.at_last);
    let frees = (row_done & (!ends | row.at_last)).named("row_leaves");
    let half = m.reg_b("read_list").reset(0);
    half.set_when(frees, !half.q());
    let frame = (row_done & row.at_last).named("frame_done");
    Step {
        go,
        some,
        entry: m.concat(&[half.q().to_uint(), entry.q()]),
        first,
        tile: tile_ends,
        row: row_done,
        frame,
        frees,
    }
}
