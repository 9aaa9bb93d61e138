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
    place.advance(patch_end);

    m.section("what no later patch needs is freed");
    let now = (held.q() + store.to_uint()).named("held_now");
    settle(&m, held, skip, now, place.freed, patch_end, s.valid() & dropping);

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

/// What a patch needs and what it frees, in beats. Where a patch has several beats, that is worked out while the patch
/// before it is read: `x` and `y` are then the next patch's place.
struct Place<'m> {
    y: Reg<'m, SInt<'m>>,
    x: Reg<'m, SInt<'m>>,
    /// How many beats it needs, from the first one that is held.
    need: UInt<'m>,
    /// How many it frees.
    freed: UInt<'m>,
    /// Registers for the patch at hand, and what they take with the next one.
    ahead: Vec<(Reg<'m, UInt<'m>>, UInt<'m>)>,
    /// The place after that of `x` and `y`.
    next: (SInt<'m>, SInt<'m>),
}

impl<'m> Place<'m> {
    fn new(m: &'m Mod<'_>, g: &Geometry) -> Place<'m> {
        let ahead = g.beats_of_patch() > 1;
        // Ahead of the first patch is the second one, or the next image's first.
        let (from_x, from_y) = match (ahead, g.cols > 1, g.rows > 1) {
            (true, true, _) => (1, 0),
            (true, false, true) => (0, 1),
            _ => (0, 0),
        };
        let axis = |name: &str, start: i64, steps: u32, step: u32, from: i64| {
            let end = start + i64::from(steps - 1) * i64::from(step);
            let w = bits_for_range(Range::new(start.into(), end.into()), true);
            m.reg_s(name, w).reset(start + from * i64::from(step))
        };
        let y = axis("patch_y", g.top, g.rows, g.step_down, from_y);
        let x = axis("patch_x", g.left, g.cols, g.step_across, from_x);
        let (fy, fx) = first(m, g, y.q(), x.q());
        let (fy, fx) = (fy.named("first_y"), fx.named("first_x"));
        let rows = span(m, y.q(), fy, g.down, g.image - g.row).named("need_y");
        let cols = span(m, x.q(), fx, g.across, g.row - g.pixel).named("need_x");
        let need = (rows + cols + m.lit(g.pixel.into())).named("need_of_patch");
        let image = bits_for_unsigned(g.image.into());
        let of_patch = (fy + fx).at_width(image).named("first_of_patch");
        let next = next(m, g, y.q(), x.q());
        if !ahead {
            let (fy, fx) = first(m, g, next.0, next.1);
            let starts = at_start(m, g, next.0, next.1);
            let freed = freed(m, g, starts, (fy + fx).at_width(image), of_patch);
            return Place { y, x, need, freed, ahead: Vec::new(), next };
        }
        let always = m.bool(true);
        let first_q = m.reg_u("first", image).reset(0);
        let need_q = m.reg_u("need", need.width()).reset(g.patch(0, 0).needed);
        let starts = at_start(m, g, y.q(), x.q());
        let freed = m.delay("freed", always, freed(m, g, starts, of_patch, first_q.q()));
        let ahead =
            vec![(first_q, m.delay("first_ahead", always, of_patch)), (need_q, m.delay("need_ahead", always, need))];
        Place { y, x, need: need_q.q(), freed, ahead, next }
    }

    /// To the next patch.
    fn advance(&self, go: Bool<'m>) {
        self.y.set_when(go, self.next.0);
        self.x.set_when(go, self.next.1);
        for (r, v) in &self.ahead {
            r.set_when(go, *v);
        }
    }
}

/// From the first beat of a patch to that of the next one; behind an image's last patch nothing is left of it.
fn freed<'m>(m: &'m Mod<'_>, g: &Geometry, starts: Bool<'m>, next: UInt<'m>, first: UInt<'m>) -> UInt<'m> {
    let image = bits_for_unsigned(g.image.into());
    let behind = starts.pick(m.u(g.image.into(), image), next);
    (behind - first).as_unsigned().trunc(image).named("freed_of_patch")
}

/// The place is that of an image's first patch.
fn at_start<'m>(m: &'m Mod<'_>, g: &Geometry, y: SInt<'m>, x: SInt<'m>) -> Bool<'m> {
    let at = |v: SInt<'m>, start: i64, steps: u32| if steps == 1 { m.bool(true) } else { v.eq(m.s(start, v.width())) };
    at(y, g.top, g.rows) & at(x, g.left, g.cols)
}

/// The place after this one.
fn next<'m>(m: &'m Mod<'_>, g: &Geometry, y: SInt<'m>, x: SInt<'m>) -> (SInt<'m>, SInt<'m>) {
    let axis = |v: SInt<'m>, start: i64, steps: u32, step: u32| {
        let end = start + i64::from(steps - 1) * i64::from(step);
        let last = if steps == 1 { m.bool(true) } else { v.eq(m.s(end, v.width())) };
        (last, last.pick(m.s(start, v.width()), (v + number(m, step.into())).at_width(v.width())))
    };
    let (x_last, next_x) = axis(x, g.left, g.cols, g.step_across);
    let (_, next_y) = axis(y, g.top, g.rows, g.step_down);
    (x_last.pick(next_y, y).named("next_y"), next_x.named("next_x"))
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
