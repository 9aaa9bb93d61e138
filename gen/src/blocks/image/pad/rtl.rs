use super::{Checked, Config};
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::Bits;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = BeatShape::new(c.lanes, c.bits, c.signed);
    let s = m.stream_in("s_axis", shape, true);
    let out = m.stream_out("m_axis", shape, true);

    m.section("where the beat that leaves lies");
    let run = out.free().named("run");
    let [rows, cols] = c.out();
    let counters = [("channel", c.pixel()), ("col", cols.into()), ("row", rows.into())]
        .map(|(name, n)| (m.counter(name, n).reset(0), n));
    let [_, (col, _), (row, _)] = counters;
    let in_rows = within(&m, row.q(), c.top, c.height, rows);
    let in_cols = within(&m, col.q(), c.left, c.width, cols);
    let inside = (in_rows & in_cols).named("in_image");
    let in_front =
        (below(&m, row.q(), c.top) | (is(&m, row.q(), c.top, rows) & below(&m, col.q(), c.left))).named("in_front");

    m.section("pixels from the stream, the value from here");
    let some = ((inside | in_front).pick(s.valid(), m.bool(true))).named("some");
    let step = (run & some).named("step");
    s.set_ready(run & inside);
    let mut go = step.called("go");
    for (counter, n) in counters {
        go = (go & m.count_to(counter, n, go)).called("frame_end");
    }
    let value = Bits::from_i128(c.bits, c.value.into());
    let border = m.lanes(&vec![m.bits(value); c.lanes as usize]);
    let valid = m.delay_flag("valid", run, some);
    out.drive(valid, m.delay("data", run, inside.pick(s.data(), border)), Some(m.delay("end", run, go)));
    m.finish()
}

/// `first <= x < first + size`, of `all` places.
fn within<'m>(m: &'m Mod<'_>, x: UInt<'m>, first: u32, size: u32, all: u32) -> Bool<'m> {
    let end = first + size;
    let before_end = if end == all { m.bool(true) } else { below(m, x, end) };
    !below(m, x, first) & before_end
}

fn below<'m>(m: &'m Mod<'_>, x: UInt<'m>, end: u32) -> Bool<'m> {
    if end == 0 {
        return m.bool(false);
    }
    x.lt(m.lit(end.into()))
}

fn is<'m>(m: &'m Mod<'_>, x: UInt<'m>, place: u32, all: u32) -> Bool<'m> {
    if all == 1 {
        return m.bool(true);
    }
    x.eq(m.u(place.into(), x.width()))
}
