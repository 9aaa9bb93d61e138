//! The ring buffer's fill level, and what each patch needs of it and frees.

use super::super::Geometry;
use crate::hdl::{Bool, Mod, Ram, Reg, SInt, Source, UInt};
use crate::num::{bits_for_range, bits_for_unsigned, Range};

/// The beats that are held, and how many to come nobody needs.
pub struct Held<'m> {
    source: Source<'m>,
    held: Reg<'m, UInt<'m>>,
    skip: Option<Reg<'m, UInt<'m>>>,
    dropping: Bool<'m>,
    store: Bool<'m>,
}

impl<'m> Held<'m> {
    /// Takes beats as long as there is room for them.
    pub fn new(m: &'m Mod<'_>, g: &Geometry, source: Source<'m>) -> Held<'m> {
        let held = m.counter("held", u64::from(g.capacity) + 1).reset(0);
        let skip = (g.most_skipped > 0).then(|| m.counter("skip", u64::from(g.most_skipped) + 1).reset(0));
        let dropping = skip.map_or(m.bool(false), |k| k.q().any()).named("dropping");
        let room = held.q().lt(m.lit(g.capacity.into())).called("room");
        source.set_ready(dropping | room);
        let store = (source.valid() & !dropping & room).named("store");
        Held { source, held, skip, dropping, store }
    }

    /// How many.
    pub fn count(&self) -> UInt<'m> {
        self.held.q()
    }

    /// The fill level after this cycle, in which a patch may end. What is freed before it has come is dropped when it comes.
    pub fn free(&self, m: &'m Mod<'_>, freed: UInt<'m>, patch_end: Bool<'m>) {
        let now = (self.held.q() + self.store.to_uint()).named("held_now");
        let dropped = self.source.valid() & self.dropping;
        let w = self.held.q().width();
        let wide = now.width().max(freed.width());
        let left = (now.zext(wide) - freed.zext(wide)).called("left");
        let Some(skip) = self.skip else {
            self.held.set(patch_end.pick(left.as_unsigned().trunc(w), now.trunc(w)));
            return;
        };
        let short = left.is_negative().named("short");
        let kept = short.pick(m.u(0, w), left.as_unsigned().trunc(w)).called("kept");
        self.held.set(patch_end.pick(kept, now.trunc(w)));
        let k = skip.q().width();
        let missing = (-left).as_unsigned().at_width(k).called("missing");
        let fewer = (skip.q() - dropped.to_uint()).as_unsigned().trunc(k).called("fewer");
        skip.set((patch_end & short).pick(missing, fewer));
    }

    /// The memory, with its write port.
    pub fn ram(&self, m: &'m Mod<'_>, g: &Geometry) -> Ram<'m> {
        let write = m.counter("write_addr", g.capacity.into()).reset(0);
        m.count_to(write, g.capacity.into(), self.source.fire());
        let ram = m.ram("pixels", self.source.shape().width(), g.capacity);
        ram.write(self.store, write.q().zext(ram.addr_bits().max(write.q().width())), self.source.data());
        ram
    }
}

/// What a patch needs and what it frees, in beats. Where a patch has several beats, that is worked out while the patch
/// before it is read: `x` and `y` are then the next patch's place.
pub struct Place<'m> {
    y: Reg<'m, SInt<'m>>,
    x: Reg<'m, SInt<'m>>,
    /// How many beats it needs, from the first one that is held.
    pub need: UInt<'m>,
    /// How many it frees.
    pub freed: UInt<'m>,
    /// Registers for the patch at hand, and what they take with the next one.
    ahead: Vec<(Reg<'m, UInt<'m>>, UInt<'m>)>,
    /// The place after that of `x` and `y`.
    next: (SInt<'m>, SInt<'m>),
}

impl<'m> Place<'m> {
    /// That of the first patch.
    pub fn new(m: &'m Mod<'_>, g: &Geometry) -> Place<'m> {
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
    pub fn advance(&self, go: Bool<'m>) {
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
    let axis = |name: &str, v: SInt<'m>, start: i64, steps: u32, step: u32| {
        let end = start + i64::from(steps - 1) * i64::from(step);
        let last = if steps == 1 { m.bool(true) } else { v.eq(m.s(end, v.width())) };
        let stepped = (v + number(m, step.into())).called(format!("{name}_stepped")).at_width(v.width());
        (last.called(format!("{name}_at_end")), last.pick(m.s(start, v.width()), stepped))
    };
    let (x_last, next_x) = axis("x", x, g.left, g.cols, g.step_across);
    let (_, next_y) = axis("y", y, g.top, g.rows, g.step_down);
    (x_last.pick(next_y, y).named("next_y"), next_x.named("next_x"))
}

/// The first beat that a patch or a later one needs: its row's, and its own in the row. In rows above the image nothing may
/// be freed, because the next row of patches begins at the same pixel.
fn first<'m>(m: &'m Mod<'_>, g: &Geometry, y: SInt<'m>, x: SInt<'m>) -> (UInt<'m>, UInt<'m>) {
    let (row, col) = (zero_or_more(m, y), zero_or_more(m, x));
    if g.top + i64::from(g.step_down) > 0 {
        return (row, col);
    }
    let slides = y.gt(number(m, -i64::from(g.step_down))).called("slides");
    (row, slides.pick(col, m.u(0, col.width())))
}

/// From the first to the last needed one on an axis: the patch's reach, cut off at the image's end.
fn span<'m>(m: &'m Mod<'_>, at: SInt<'m>, first: UInt<'m>, reach: u32, last: u32) -> UInt<'m> {
    let (end, most) = ((at + number(m, reach.into())).called("reach"), number(m, last.into()));
    let w = end.width().max(most.width());
    let end = end.sext(w).min(most.sext(w)).called("reach_inside");
    (end - first.to_signed()).called("span").as_unsigned().at_width(bits_for_unsigned(last.into()))
}

/// A constant as a signed number.
pub fn number<'m>(m: &'m Mod<'_>, value: i64) -> SInt<'m> {
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
