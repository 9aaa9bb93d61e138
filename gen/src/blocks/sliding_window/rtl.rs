use super::geometry::Steps;
use super::{Checked, Config, Geometry, Order};
use crate::hdl::{Bool, Build, Mod, Reg, SInt, UInt, Value};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, bits_for_range, bits_for_unsigned, Bits, Range};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let g = c.derived();
    let shape = BeatShape::new(c.lanes, c.bits, c.signed);
    let s = m.stream_in("s_axis", shape, true);
    let out = m.stream_out("m_axis", shape, true);
    let run = out.free().named("run");

    m.section("beats that are held, and beats to come that nobody needs");
    let held = m.counter("held", u64::from(g.capacity) + 1).reset(0);
    let skip = (g.most_skipped > 0).then(|| m.counter("skip", u64::from(g.most_skipped) + 1).reset(0));
    let dropping = skip.map_or(m.bool(false), |k| k.q().any()).named("dropping");
    let room = held.q().lt(m.lit(g.capacity.into()));
    s.set_ready(dropping | room);
    let store = (s.valid() & !dropping & room).named("store");

    m.section("patches: a beat is read where all that its patch needs is held");
    let place = Place::new(&m, g);
    let some = held.q().ge(place.need).named("some");
    let step = (run & some).named("step");
    let at = loops(&m, c, g, step);
    let patch_end = (step & at.patch_end).named("patch_end");
    let (next_y, next_x) = place.advance(&m, g, patch_end, at.x_last, at.y_last);

    m.section("what no later patch needs is freed");
    let image = bits_for_unsigned(g.image.into());
    let (fy, fx) = first(&m, g, next_y, next_x);
    let next = (fy + fx).at_width(image);
    let behind = (at.x_last & at.y_last).pick(m.u(g.image.into(), image), next);
    let freed = (behind - place.first).as_unsigned().trunc(image).named("freed");
    let now = (held.q() + store.to_uint()).named("held_now");
    settle(&m, held, skip, now, freed, patch_end, s.valid() & dropping);

    m.section("the ring buffer");
    let write = m.counter("write_addr", g.capacity.into()).reset(0);
    m.count_to(write, g.capacity.into(), s.fire());
    let read = read_address(&m, c, g, step, &at);
    let ram = m.ram("pixels", shape.width(), g.capacity);
    let wide = bits_for_count(g.capacity.into());
    ram.write(store, write.q().zext(wide.max(write.q().width())), s.data());
    let inside = inside(&m, c, g, step, &at);
    let data = ram.read(step & inside, read.zext(wide.max(read.width())));
    let outside = m.delay("outside", step, !inside);
    let lane = Bits::from_i128(c.bits, c.pad_value.into());
    let padding = m.lanes(&vec![m.bits(lane); c.lanes as usize]);
    let valid = m.delay_flag("valid", run, some);
    let end = m.delay("end", run, at.patch_end & at.x_last & at.y_last);
    out.drive(valid, outside.pick(padding, data), Some(end));
    m.finish()
}

/// Where the patch lies, in beats; and what it needs.
struct Place<'m> {
    y: Reg<'m, SInt<'m>>,
    x: Reg<'m, SInt<'m>>,
    /// The first beat that it needs.
    first: UInt<'m>,
    /// How many from there on.
    need: UInt<'m>,
}

impl<'m> Place<'m> {
    fn new(m: &'m Mod<'_>, g: &Geometry) -> Place<'m> {
        let axis = |name: &str, start: i64, steps: u32, step: u32| {
            let end = start + i64::from(steps - 1) * i64::from(step);
            m.reg_s(name, bits_for_range(Range::new(start.into(), end.into()), true)).reset(start)
        };
        let y = axis("patch_y", g.top, g.rows, g.step_down);
        let x = axis("patch_x", g.left, g.cols, g.step_across);
        let (fy, fx) = first(m, g, y.q(), x.q());
        let (fy, fx) = (fy.named("first_y"), fx.named("first_x"));
        let rows = span(m, y.q(), fy, g.down, g.image - g.row).named("need_y");
        let cols = span(m, x.q(), fx, g.across, g.row - g.pixel).named("need_x");
        let need = rows + cols + m.lit(g.pixel.into());
        Place { y, x, first: fy + fx, need: need.named("need") }
    }

    /// To the next patch; gives where that lies.
    fn advance(
        &self,
        m: &'m Mod<'_>,
        g: &Geometry,
        go: Bool<'m>,
        x_last: Bool<'m>,
        y_last: Bool<'m>,
    ) -> (SInt<'m>, SInt<'m>) {
        let axis = |r: &Reg<'m, SInt<'m>>, start: i64, step: u32, back: Bool<'m>| {
            let w = r.q().width();
            back.pick(m.s(start, w), (r.q() + number(m, step.into())).at_width(w))
        };
        let x = axis(&self.x, g.left, g.step_across, x_last).named("next_x");
        let y = x_last.pick(axis(&self.y, g.top, g.step_down, y_last), self.y.q()).named("next_y");
        self.x.set_when(go, x);
        self.y.set_when(go & x_last, y);
        (y, x)
    }
}

/// The first beat that a patch or a later one needs: its row's, and its own in the row. In rows above the image nothing may
/// be freed, because the next row of patches begins at the same pixel.
fn first<'m>(m: &'m Mod<'_>, g: &Geometry, y: SInt<'m>, x: SInt<'m>) -> (UInt<'m>, UInt<'m>) {
    let (row, col) = (zero_or_more(m, y), zero_or_more(m, x));
    if g.top + i64::from(g.step_down) > 0 {
        return (row, col);
    }
    let slides = y.gt(number(m, -i64::from(g.step_down)));
    (row, slides.pick(col, m.u(0, col.width())))
}

/// From the first to the last needed one on an axis: the patch's reach, cut off at the image's end.
fn span<'m>(m: &'m Mod<'_>, at: SInt<'m>, first: UInt<'m>, reach: u32, last: u32) -> UInt<'m> {
    let (end, most) = (at + number(m, reach.into()), number(m, last.into()));
    let w = end.width().max(most.width());
    let end = end.sext(w).min(most.sext(w));
    (end - first.to_signed()).as_unsigned().at_width(bits_for_unsigned(last.into()))
}

/// A constant as a signed number.
fn number<'m>(m: &'m Mod<'_>, value: i64) -> SInt<'m> {
    m.s(value, bits_for_range(Range::new(value.into(), value.into()), true))
}

/// The number, or zero where it is negative.
fn zero_or_more<'m>(m: &'m Mod<'_>, x: SInt<'m>) -> UInt<'m> {
    let w = x.width();
    if w == 1 {
        return m.u(0, 1);
    }
    x.is_negative().pick(m.u(0, w - 1), x.as_unsigned().trunc(w - 1))
}

/// The fill level after this cycle. What is freed before it has come is dropped when it comes.
fn settle<'m>(
    m: &'m Mod<'_>,
    held: Reg<'m, UInt<'m>>,
    skip: Option<Reg<'m, UInt<'m>>>,
    now: UInt<'m>,
    freed: UInt<'m>,
    go: Bool<'m>,
    dropped: Bool<'m>,
) {
    let w = held.q().width();
    let wide = now.width().max(freed.width());
    let left = now.zext(wide) - freed.zext(wide);
    let Some(skip) = skip else {
        held.set(go.pick(left.as_unsigned().trunc(w), now.trunc(w)));
        return;
    };
    let short = left.is_negative().named("short");
    let kept = short.pick(m.u(0, w), left.as_unsigned().trunc(w));
    held.set(go.pick(kept, now.trunc(w)));
    let k = skip.q().width();
    let missing = (-left).as_unsigned().at_width(k);
    let fewer = (skip.q() - dropped.to_uint()).as_unsigned().trunc(k);
    skip.set((go & short).pick(missing, fewer));
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
    let patch_end = inner_last & middle_last & outer_last;
    let x_last = count(("patch_col", g.cols), step & patch_end);
    let y_last = count(("patch_row", g.rows), step & patch_end & x_last);
    Loops { inner_last, middle_last, patch_end, x_last, y_last }
}

/// Picks what belongs to the step that the loops take next.
fn by_step<'m, V: Value<'m>>(at: &Loops<'m>, v: [V; 6]) -> V {
    let [inner, middle, outer, patch, row, image] = v;
    let end = at.x_last.pick(at.y_last.pick(image, row), patch);
    let inside = at.inner_last.pick(at.middle_last.pick(outer, middle), inner);
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
    let back = (sum - m.lit(ring as u64)).as_unsigned().trunc(w);
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
