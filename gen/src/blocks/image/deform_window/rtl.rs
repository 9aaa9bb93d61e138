use super::{Checked, Config, Geometry};
use crate::blocks::sliding_window::{Held, Place};
use crate::hdl::{Bool, Build, Mod, Reg, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::Bits;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let g = c.derived();
    let shape = BeatShape::new(c.lanes, c.bits, c.signed);
    let s = m.stream_in("s_axis", shape, true);
    let d = m.stream_in("d_axis", BeatShape::new(1, c.d_bits, false), true);
    let out = m.stream_out("m_axis", shape, true);
    let run = out.free().named("run");

    m.section("beats that are held, and beats to come that nobody needs");
    let held = Held::new(&m, g, s);

    m.section("patches: a beat is read where all that the widest patch needs is held, and the dilation is there");
    let place = Place::new(&m, g);
    let known = m.reg_b("known").reset(0);
    let some = (known.q() & held.count().ge(place.need)).named("some");
    let step = (run & some).named("step");
    let tap = Tap::new(&m, g, step);
    let patch_end = (step & tap.patch_end).named("patch_end");
    place.advance(patch_end);
    let take = !known.q() | patch_end;
    d.set_ready(take);
    known.set_when(take, d.valid());

    m.section("what no later patch needs is freed");
    held.free(&m, place.freed, patch_end);

    m.section("the ring buffer");
    let ram = held.ram(&m, g);
    let patch = Patch::new(&m, c, d, step, &tap);
    let inside = patch.inside.named("in_image");
    let data = ram.read(step & inside, patch.addr.zext(ram.addr_bits().max(patch.addr.width())));
    let outside = m.delay("outside", step, !inside);
    let lane = Bits::from_i128(c.bits, c.pad_value.into());
    let padding = m.lanes(&vec![m.bits(lane); c.lanes as usize]);
    let valid = m.delay_flag("valid", run, some);
    let end = m.delay("end", run, tap.patch_end & patch.last);
    out.drive(valid, outside.pick(padding, data), Some(end));
    m.finish()
}

/// Where the loops inside of a patch stand.
struct Tap<'m> {
    x: UInt<'m>,
    y: UInt<'m>,
    x_last: Bool<'m>,
    y_last: Bool<'m>,
    patch_end: Bool<'m>,
}

impl<'m> Tap<'m> {
    fn new(m: &'m Mod<'_>, g: &Geometry, step: Bool<'m>) -> Tap<'m> {
        let count = |name: &str, n: u32, go: Bool<'m>| {
            let counter = m.counter(name, n.into()).reset(0);
            (counter.q(), m.count_to(counter, n.into(), go))
        };
        let (x, x_last) = count("tap_x", 3, step);
        let (y, y_last) = count("tap_y", 3, step & x_last);
        let (_, channel_last) = count("channel", g.pixel, step & x_last & y_last);
        Tap { x, y, x_last, y_last, patch_end: x_last & y_last & channel_last }
    }
}

/// What the dilation of the patch at hand makes of it.
struct Patch<'m> {
    /// The read address.
    addr: UInt<'m>,
    /// The tap lies inside of the image.
    inside: Bool<'m>,
    /// The image's last patch.
    last: Bool<'m>,
}

impl<'m> Patch<'m> {
    fn new(m: &'m Mod<'_>, c: &Checked<Config>, d: Source<'m>, step: Bool<'m>, tap: &Tap<'m>) -> Patch<'m> {
        let g = c.derived();
        let take = d.fire().named("take");
        let (dilation, most) = (d.lane(0), u64::from(c.max_dilation));
        let far = if most + 1 < 1 << c.d_bits { dilation.min(m.u(most, c.d_bits)) } else { dilation };
        let far = far.trunc(crate::num::bits_for_unsigned(most.into())).named("dilation");

        m.section("the centre of the patch whose dilation comes next");
        let centre = |name: &str, n: u32, go: Bool<'m>| {
            let counter = m.counter(name, n.into()).reset(0);
            (counter.q(), m.count_to(counter, n.into(), go))
        };
        let (x, x_last) = centre("patch_col", g.cols, take);
        let (y, y_last) = centre("patch_row", g.rows, take & x_last);
        let last = m.delay("last_patch", take, x_last & y_last);
        let inside = inside(m, c, take, far, (y, x), tap);
        let addr = address(m, c, far, (take, x_last, y_last), (step, tap));
        Patch { addr, inside, last }
    }
}

/// The tap at hand lies inside of the image: whether the outer ones do is settled as the dilation comes.
fn inside<'m>(
    m: &'m Mod<'_>,
    c: &Config,
    take: Bool<'m>,
    far: UInt<'m>,
    (y, x): (UInt<'m>, UInt<'m>),
    tap: &Tap<'m>,
) -> Bool<'m> {
    let axis = |names: [&str; 2], at: UInt<'m>, size: u32, tap: UInt<'m>| {
        let at = if c.stride == 1 { at } else { at * m.lit(c.stride.into()) };
        let before = m.delay(names[0], take, at.ge(far));
        let behind = m.delay(names[1], take, (at + far).lt(m.lit(size.into()))).called("behind");
        m.select(tap, &[before, m.bool(true), behind, m.bool(true)])
    };
    axis(["above", "below"], y, c.height, tap.y) & axis(["left", "right"], x, c.width, tap.x)
}

/// The read address. A step from tap to tap is looked up by the dilation, and so is the way from the centre to the first
/// tap; both count around the ring.
fn address<'m>(
    m: &'m Mod<'_>,
    c: &Checked<Config>,
    far: UInt<'m>,
    (take, x_last, y_last): (Bool<'m>, Bool<'m>, Bool<'m>),
    (step, tap): (Bool<'m>, &Tap<'m>),
) -> UInt<'m> {
    let g = c.derived();
    let ring = i64::from(g.capacity);
    let read = m.counter("read_addr", g.capacity.into()).reset(0);
    if ring == 1 {
        read.set(m.u(0, 1));
        return read.q();
    }
    let w = read.q().width();
    let around = |n: i64| m.u(n.rem_euclid(ring) as u64, w);
    let by_dilation = |f: &dyn Fn(i64, i64) -> i64| {
        let of = |d: i64| around(f(d * i64::from(g.row), d * i64::from(g.pixel)));
        let entries = 1i64 << far.width();
        m.select(far, &(0..entries).map(|d| of(d.min(c.max_dilation.into()))).collect::<Vec<_>>())
    };
    let plus = |name: &str, a: UInt<'m>, b: UInt<'m>| {
        let sum = (a + b).named(name);
        let over = sum.ge(m.lit(ring as u64)).called("over");
        over.pick((sum - m.lit(ring as u64)).as_unsigned().trunc(w), sum.trunc(w))
    };
    let inner = m.delay("step_inner", take, by_dilation(&|_, dx| dx));
    let middle = m.delay("step_middle", take, by_dilation(&|dy, dx| dy - 2 * dx));
    let outer = m.delay("step_outer", take, by_dilation(&|dy, dx| 1 - 2 * dy - 2 * dx));

    let (across, down) = (i64::from(g.step_across), i64::from(g.step_down));
    let back = i64::from(g.cols - 1) * across;
    let next_image = i64::from(g.image) - i64::from(g.rows - 1) * down - back;
    let centre: Reg<UInt> = m.counter("centre_addr", g.capacity.into()).reset(0);
    let on = x_last.pick(y_last.pick(around(next_image), around(down - back)), around(across));
    centre.set_when(take, plus("centre_sum", centre.q(), on));

    let first = plus("first_sum", centre.q(), by_dilation(&|dy, dx| -dy - dx));
    let by = tap.x_last.pick(tap.y_last.pick(outer, middle), inner);
    let next = plus("read_sum", read.q(), by);
    read.set_when(take | step, take.pick(first, next));
    read.q()
}
