use super::{Checked, Config, DIVISION};
use crate::hdl::{Bool, Build, Mod, Reg, SInt, Sink, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_count;

/// Rows between their last beat and the start of their results.
pub const ROWS: u32 = 4;

/// Steps of the division, a bit of the inverse each: 255 at most.
const STEPS: u32 = 8;

impl Config {
    /// A row's length less one, and whether its frame ends with it.
    pub fn length_bits(&self) -> u32 {
        bits_for_count(self.beats().into()) + 1
    }

    /// Cycles from a beat to the denominator with it.
    fn depth(&self) -> u32 {
        5 + 2 * self.levels()
    }
}

/// Bits of a row's maximum and inverse.
pub const RESULT_BITS: u32 = 8 + STEPS;

/// What the first pass takes.
struct Taken<'m> {
    beat: Bool<'m>,
    row: Bool<'m>,
    /// Its row's length less one, and whether its frame ends.
    length: UInt<'m>,
}

/// The end of the first pass: where `done`, a row's denominator and maximum.
struct Row<'m> {
    done: Bool<'m>,
    denominator: UInt<'m>,
    max: SInt<'m>,
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let s = m.stream_in("s_axis", BeatShape::new(c.lanes, 8, true), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes, 8, false), true);

    m.section("rows that have ended and wait for their results, and beats in the ring");
    let rows = Level::new(&m, "rows", ROWS);
    let used = Level::new(&m, "used", c.ring());
    let taken = take(&m, c, s, rows.full(), used.full());
    let row = first_pass(&m, c, s, &taken);
    let (ready, result) = divide(&m, c, &row);
    let (load, issue) = second_pass(&m, c, s, out, &taken, ready, result);
    rows.moves(taken.row, load);
    used.moves(taken.beat, issue);
    m.finish()
}

/// How many there are of something.
struct Level<'m> {
    m: &'m Mod<'m>,
    name: &'static str,
    most: u32,
    count: Reg<'m, UInt<'m>>,
}

impl<'m> Level<'m> {
    fn new(m: &'m Mod<'_>, name: &'static str, most: u32) -> Level<'m> {
        let count = m.counter(name, u64::from(most) + 1).reset(0);
        Level { m, name, most, count }
    }
    fn some(&self) -> Bool<'m> {
        self.count.q().any()
    }
    fn full(&self) -> Bool<'m> {
        let q = self.count.q();
        q.eq(self.m.u(self.most.into(), q.width())).called(format!("{}_full", self.name))
    }
    fn moves(&self, more: Bool<'m>, less: Bool<'m>) {
        let (q, one) = (self.count.q(), self.m.u(1, 1));
        let up = (q + one).trunc(q.width()).called(format!("{}_up", self.name));
        let down = (q - one).as_unsigned().trunc(q.width()).called(format!("{}_down", self.name));
        self.count.set_when(more ^ less, more.pick(up, down));
    }
}

/// Beats are taken where the ring has room; the last one of a row where the division will be free, and a place for its result.
fn take<'m>(m: &'m Mod<'_>, c: &Checked<Config>, s: Source<'m>, no_row: Bool<'m>, no_room: Bool<'m>) -> Taken<'m> {
    m.section("beats of a row");
    let beats = u64::from(c.beats());
    let beat = m.counter("beat", beats.max(2)).reset(0);
    let longest = beat.q().eq(m.u(beats - 1, beat.q().width())).called("longest");
    let last = (s.last() | longest).named("row_last");
    let next = (beat.q() + m.u(1, 1)).trunc(beat.q().width()).called("beat_next");
    beat.set_when(s.fire(), last.pick(m.u(0, beat.q().width()), next));

    m.section("the division is free again so many cycles after a row's end");
    let wait = m.counter("wait", DIVISION).reset(0);
    let w = wait.q().width();
    let row = (s.fire() & last).named("row");
    let less = (wait.q() - m.u(1, 1)).as_unsigned().trunc(w).called("wait_less");
    let held = wait.q().any().pick(less, m.u(0, w));
    wait.set(row.pick(m.u(DIVISION - 1, w), held));
    s.set_ready(!no_room & !(last & (wait.q().any() | no_row)));
    Taken { beat: s.fire(), row, length: m.concat(&[s.last().to_uint(), beat.q()]) }
}

/// A tree, a register behind each level.
fn tree<V: Copy>(mut values: Vec<V>, level: impl Fn(u32, usize, V, Option<V>) -> V) -> V {
    let mut l = 0;
    while values.len() > 1 {
        values = values.chunks(2).enumerate().map(|(i, p)| level(l, i, p[0], p.get(1).copied())).collect();
        l += 1;
    }
    values[0]
}

/// Maximum and denominator of a row, block by block. Nothing stalls: what is taken has its place.
fn first_pass<'m>(m: &'m Mod<'_>, c: &Checked<Config>, s: Source<'m>, taken: &Taken<'m>) -> Row<'m> {
    let (on, t) = (m.bool(true), c.levels());
    let lanes = |f: &dyn Fn(u32) -> SInt<'m>| (0..c.lanes).map(f).collect::<Vec<SInt>>();
    m.section("the block's maximum, and the row's");
    let x = lanes(&|k| m.delay(&format!("x{k}"), on, s.lane_s(k)));
    let block = tree(x.clone(), |l, i, a, b| {
        let larger = b.map_or(a, |b| a.max(b));
        m.delay(&format!("max_l{l}x{i}"), on, larger)
    });
    let x = lanes(&|k| m.pipe(&format!("x{k}_tree"), on, x[k as usize], t));
    let some = m.pipe_flag("some", on, taken.beat, 1 + t);
    let last = m.pipe("some_last", on, taken.row, 1 + t);
    let first = m.reg_b("row_first").reset(1);
    first.set_when(some, last);
    let max = m.reg_s("max", 8);
    let before = first.q().pick(m.s(-128, 8), max.q()).called("max_before");
    let larger = before.max(block).named("max_now");
    max.set_when(some, larger);
    let before = m.delay("max_was", on, before);
    let moved = m.delay("moved", on, (max.q() - before).as_unsigned().trunc(8));
    let x = lanes(&|k| m.delay(&format!("x{k}_max"), on, x[k as usize]));

    m.section("a power of two for each column, and their sum");
    let below = |k: usize| m.delay(&format!("below{k}"), on, (max.q() - x[k]).as_unsigned().trunc(8));
    let power = |k: usize| {
        let d = below(k);
        let some = !d.slice(4, 4).any();
        m.delay(&format!("power{k}"), on, some.pick(m.u(256, 9).shr_by(d.trunc(4)), m.u(0, 9)))
    };
    let sum = tree((0..c.lanes as usize).map(power).collect(), |l, i, a: UInt<'m>, b| {
        let sum = b.map_or(a, |b| a + b);
        m.delay(&format!("sum_l{l}x{i}"), on, sum)
    });

    m.section("the denominator, in units of the row's maximum so far");
    let w = c.denominator_bits();
    let rest = c.depth() - 2 - t;
    let moved = m.pipe("moved_sum", on, moved, rest - 2);
    let fresh = m.pipe("fresh", on, first.q(), rest);
    let some = m.pipe_flag("some_sum", on, some, rest);
    let denominator = m.reg_u("denominator", w);
    let far = moved.slice(5, 3).any();
    let old = (fresh | far).pick(m.u(0, w), denominator.q().shr_by(moved.trunc(5))).called("old");
    denominator.set_when(some, (old + sum).trunc(w));
    let done = m.pipe_flag("row_done", on, taken.row, c.depth());
    Row { done, denominator: denominator.q(), max: m.pipe("row_max", on, max.q(), c.depth() - 2 - t) }
}

/// The inverse, a bit a cycle from the highest one: 255 and eight zeros over the denominator. Where it is ready, with the maximum.
fn divide<'m>(m: &'m Mod<'_>, c: &Checked<Config>, row: &Row<'m>) -> (Bool<'m>, UInt<'m>) {
    m.section("the division, a bit of the inverse a cycle");
    let w = c.denominator_bits();
    let step = m.counter("step", u64::from(STEPS) + 1).reset(0);
    let busy = step.q().any().named("dividing");
    let less = (step.q() - m.u(1, 1)).as_unsigned().trunc(step.q().width()).called("step_less");
    step.set_when(row.done | busy, row.done.pick(m.u(STEPS.into(), step.q().width()), less));
    let divisor = m.delay("divisor", row.done, row.denominator);
    let max = m.delay("divided_max", row.done, row.max);
    let rest = m.reg_u("rest", w);
    let twice = (rest.q() << 1).named("twice");
    let left = (twice - divisor.zext(w + 1)).named("left");
    let goes = (!left.is_negative()).named("goes");
    let kept = goes.pick(left.as_unsigned().trunc(w), twice.trunc(w));
    rest.set_when(row.done | busy, row.done.pick(m.u(255, w), kept));
    let inverse = m.reg_u("inverse", STEPS);
    inverse.set_when(busy, m.concat(&[inverse.q().trunc(STEPS - 1), goes.to_uint()]));
    let ready = m.delay_flag("ready", m.bool(true), step.q().eq(m.u(1, step.q().width())));
    (ready, m.concat(&[max.as_unsigned(), inverse.q()]))
}

/// Results of rows in their order: where a row's result is loaded, and where a beat leaves the ring.
fn second_pass<'m>(
    m: &'m Mod<'_>,
    c: &Checked<Config>,
    s: Source<'m>,
    out: Sink<'m>,
    taken: &Taken<'m>,
    ready: Bool<'m>,
    result: UInt<'m>,
) -> (Bool<'m>, Bool<'m>) {
    m.section("lengths and results of rows, the next one fetched ahead");
    let place = |name: &str, n: u64, step: Bool<'m>| m.count(name, n, step).value;
    let rows = u64::from(ROWS);
    let pending = Level::new(m, "pending", ROWS);
    let active = m.reg_b("active").reset(0);
    let run = out.free().named("run");
    let issue = (run & active.q()).named("issue");
    let left = m.reg_u("left", c.length_bits() - 1);
    let ends = (!left.q().any()).named("row_ends");
    let next = m.reg_b("next_valid").reset(0);
    let load = (next.q() & (!active.q() | (issue & ends))).named("load");
    let fetch = (pending.some() & (!next.q() | load)).named("fetch");
    next.set_when(fetch | load, fetch);
    active.set_when(load | issue, load | !ends);
    pending.moves(ready, fetch);
    let lengths = m.ram("lengths", c.length_bits(), ROWS);
    lengths.write(taken.row, place("length_at", rows, taken.row), taken.length);
    let results = m.ram("results", RESULT_BITS, ROWS);
    results.write(ready, place("result_at", rows, ready), result);
    let at = place("fetch_at", rows, fetch);
    let (length, result) = (lengths.read(fetch, at), results.read(fetch, at));
    let bits = left.q().width();
    let less = (left.q() - m.u(1, 1)).as_unsigned().trunc(bits).called("left_less");
    left.set_when(load | issue, load.pick(length.trunc(bits), less));
    let end = m.delay("frame_ends", load, length.bit(bits));
    let max = m.delay("result_max", load, result.slice(STEPS, 8).as_signed());
    let inverse = m.delay("result_inverse", load, result.trunc(STEPS));

    m.section("a row's beats from the ring, and the inverse shifted by how far each lies below the maximum");
    let ring = m.ram("ring", 8 * c.lanes, c.ring());
    ring.write(taken.beat, place("wr", c.ring().into(), taken.beat), s.data());
    let beat = ring.read(issue, place("rd", c.ring().into(), issue));
    let beat = m.delay("beat_held", run, beat);
    let max = m.pipe("max_held", run, max, 2);
    let inverse = m.pipe("inverse_held", run, inverse, 3);
    let y = |k: u32| {
        let below = (max - beat.slice(8 * k, 8).as_signed()).as_unsigned().trunc(8).called(format!("apart{k}"));
        let below = m.delay(&format!("apart{k}"), run, below);
        let some = !below.slice(3, 5).any();
        m.delay(&format!("y{k}"), run, some.pick(inverse.shr_by(below.trunc(3)), m.u(0, STEPS)))
    };
    let y: Vec<UInt> = (0..c.lanes).map(y).collect();
    let valid = m.pipe_flag("valid", run, active.q(), 4);
    out.drive(valid, m.lanes(&y), Some(m.pipe("end", run, end & ends, 4)));
    (load, issue)
}
