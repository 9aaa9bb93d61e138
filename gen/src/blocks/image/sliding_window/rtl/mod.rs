use super::geometry::Steps;
use super::{Checked, Config, Geometry, Order};
use crate::hdl::{Bool, Build, Mod, UInt, Value};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_range, Bits, Range};

pub mod held;
use held::{number, Held, Place};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let g = c.derived();
    let shape = BeatShape::new(c.lanes, c.bits, c.signed);
    let s = m.stream_in("s_axis", shape, true);
    let out = m.stream_out("m_axis", shape, true);
    let run = out.free().named("run");

    m.section("beats that are held, and beats to come that nobody needs");
    let held = Held::new(&m, g, s);

    m.section("patches: a beat is read where all that its patch needs is held");
    let place = Place::new(&m, g);
    let some = held.count().ge(place.need).named("some");
    let step = (run & some).named("step");
    let at = loops(&m, c, g, step);
    let patch_end = (step & at.patch_end).named("patch_end");
    place.advance(patch_end);

    m.section("what no later patch needs is freed");
    held.free(&m, place.freed, patch_end);

    m.section("the ring buffer");
    let ram = held.ram(&m, g);
    let read = read_address(&m, c, g, step, &at);
    let inside = inside(&m, c, g, step, &at);
    let data = ram.read(step & inside, read.zext(ram.addr_bits().max(read.width())));
    let outside = m.delay("outside", step, !inside);
    let lane = Bits::from_i128(c.bits, c.pad_value.into());
    let padding = m.lanes(&vec![m.bits(lane); c.lanes as usize]);
    let valid = m.delay_flag("valid", run, some);
    let end = m.delay("end", run, at.patch_end & at.x_last & at.y_last);
    out.drive(valid, outside.pick(padding, data), Some(end));
    m.finish()
}

/// Where the loops stand.
struct Loops<'m> {
    inner_last: Bool<'m>,
    middle_last: Bool<'m>,
    patch_end: Bool<'m>,
    x_last: Bool<'m>,
    y_last: Bool<'m>,
}

/// The counters of the loops over a patch, and over patches.
fn loops<'m>(m: &'m Mod<'_>, c: &Config, g: &Geometry, step: Bool<'m>) -> Loops<'m> {
    let channels = ("channel", g.pixel);
    let (tap_x, tap_y) = (("tap_x", c.kernel_w), ("tap_y", c.kernel_h));
    let [inner, middle, outer] = match c.order {
        Order::Taps => [channels, tap_x, tap_y],
        Order::Channels => [tap_x, tap_y, channels],
    };
    let count = |(name, n): (&str, u32), go: Bool<'m>| m.count_to(m.counter(name, n.into()).reset(0), n.into(), go);
    let inner_last = count(inner, step);
    let middle_last = count(middle, step & inner_last);
    let outer_last = count(outer, step & inner_last & middle_last);
    let patch_end = (inner_last & middle_last & outer_last).called("patch_last");
    let x_last = count(("patch_col", g.cols), step & patch_end);
    let y_last = count(("patch_row", g.rows), step & patch_end & x_last);
    Loops { inner_last, middle_last, patch_end, x_last, y_last }
}

/// Picks what belongs to the step that the loops take next.
fn by_step<'m, V: Value<'m>>(at: &Loops<'m>, v: [V; 6]) -> V {
    let [inner, middle, outer, patch, row, image] = v;
    let end = at.x_last.pick(at.y_last.pick(image, row), patch);
    let inside = at.inner_last.pick(at.middle_last.pick(outer, middle), inner).called("inside");
    at.patch_end.pick(end, inside)
}

/// The read address: steps around the ring.
fn read_address<'m>(m: &'m Mod<'_>, c: &Config, g: &Geometry, step: Bool<'m>, at: &Loops<'m>) -> UInt<'m> {
    let ring = i64::from(g.capacity);
    let start = (g.top + g.left).rem_euclid(ring);
    let read = m.counter("read_addr", g.capacity.into()).reset(start);
    if ring == 1 {
        read.set(m.u(0, 1));
        return read.q();
    }
    let s = Steps::new(c, g);
    let w = read.q().width();
    let by = [s.inner, s.middle, s.outer, s.patch, s.row, s.image].map(|n| m.u(n.rem_euclid(ring) as u64, w));
    let sum = (read.q() + by_step(at, by)).named("read_sum");
    let over = sum.ge(m.lit(ring as u64));
    let back = (sum - m.lit(ring as u64)).as_unsigned().trunc(w).called("back");
    read.set_when(step, over.pick(back, sum.trunc(w)));
    read.q()
}

/// The tap lies inside of the image.
fn inside<'m>(m: &'m Mod<'_>, c: &Config, g: &Geometry, step: Bool<'m>, at: &Loops<'m>) -> Bool<'m> {
    let (kh, kw) = (i64::from((c.kernel_h - 1) * c.dilation_h), i64::from((c.kernel_w - 1) * c.dilation_w));
    let (dy, dx) = (i64::from(c.dilation_h), i64::from(c.dilation_w));
    // Steps of the row and of the column: inner, middle, outer, patch, row, image.
    let (rows, cols) = match c.order {
        Order::Taps => ([0, 0, dy], [0, dx, -kw]),
        Order::Channels => ([0, dy, -kh], [dx, -kw, -kw]),
    };
    let (sy, sx) = (i64::from(c.stride_h), i64::from(c.stride_w));
    let back_y = -i64::from(g.rows - 1) * sy;
    let back_x = -i64::from(g.cols - 1) * sx;
    let y = [rows[0], rows[1], rows[2], -kh, sy - kh, back_y - kh];
    let x = [cols[0], cols[1], cols[2], sx - kw, back_x - kw, back_x - kw];
    let axis = |name: &str, first: u32, size: u32, patches: u32, stride: i64, reach: i64, steps: [i64; 6]| {
        let start = -i64::from(first);
        let end = start + i64::from(patches - 1) * stride + reach;
        if start >= 0 && end < i64::from(size) {
            return m.bool(true);
        }
        let w = bits_for_range(Range::new(start.into(), end.into()), true);
        let r = m.reg_s(name, w).reset(start);
        let wide = steps.iter().map(|s| bits_for_range(Range::new((*s).into(), (*s).into()), true)).max().unwrap_or(1);
        let by = by_step(at, steps.map(|s| m.s(s, wide)));
        r.set_when(step, (r.q() + by).at_width(w));
        !r.q().is_negative() & r.q().lt(number(m, size.into()))
    };
    let row = axis("tap_row", c.pad_top, c.height, g.rows, sy, kh, y);
    let col = axis("tap_col", c.pad_left, c.width, g.cols, sx, kw, x);
    (row & col).named("in_image")
}
