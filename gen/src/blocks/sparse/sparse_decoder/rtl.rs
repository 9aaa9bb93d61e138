use super::spread::spread;
use super::{Checked, Config};
use crate::blocks::parts::queue::queue;
use crate::blocks::sparse::cutter::{self, steps, Words};
use crate::hdl::Build;
use crate::ir::{BeatShape, ModuleId};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let s = m.stream_in("s_axis", BeatShape::new(c.word / 8, 8, false), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes, c.width, c.signed), true);
    let report = m.stream_out("m_report", BeatShape::new(2, c.report_bits, false), false);

    m.section("words, and a place in them; a header");
    let cutter = c.cutter();
    let words = Words::new(&m, &cutter, s);
    let rows = m.level("rows_taken", c.rows());
    // Known a cycle late: for what comes in that one there is a place.
    let room = !m.delay_flag("rows_close", m.bool(true), rows.reaches(c.rows() - 1));
    let taken = steps(&m, &cutter, words, room);

    m.section("rows of elements with their indices");
    let put = cutter::rows(&m, &cutter, &taken);
    let row_taken = m.wire("row_goes");
    let first = queue(&m, "rows", c.rows(), put, row_taken.value());
    rows.moves(taken.places, first.left);

    m.section("a group of places a cycle");
    row_taken.drive(spread(&m, c, first.there, first.value, (out, report)));
    m.finish()
}
