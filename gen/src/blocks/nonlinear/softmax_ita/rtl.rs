use super::{Checked, Config, DIVISION};
use crate::blocks::parts::divide::{self, Dividend, Low};
use crate::blocks::parts::row_queue::{self, Behind, Entry, Given, RowQueue, Size};
use crate::blocks::parts::tree;
use crate::hdl::{Bool, Build, Mod, SInt, Sink, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_unsigned;

/// Rows between their last beat and the start of their results.
const ROWS: u32 = 4;

/// Steps of the division, a bit of the inverse each: 255 at most.
const STEPS: u32 = 8;

impl Config {
    /// The rows that wait.
    pub fn size(&self) -> Size {
        let (beats, beat_bits, number_bits) = (self.rows().beats(), 8 * self.lanes, 8 + STEPS);
        let ring = row_queue::ring(beats, self.to_issue() as u32 + 2, ROWS);
        Size { name: "row", beats, ring, rows: ROWS, beat_bits, number_bits }
    }

    /// Bits of the denominator: every column adds 256 at most.
    fn denominator_bits(&self) -> u32 {
        bits_for_unsigned(u128::from(self.rows().beats() * self.lanes) * 256)
    }

    /// Cycles from a beat to the denominator with it.
    fn depth(&self) -> u32 {
        5 + 2 * self.rows().levels()
    }

    /// Cycles from a row's last beat to the read of its first one.
    fn to_issue(&self) -> u64 {
        u64::from(self.depth() + STEPS + 1) + row_queue::TO_ISSUE
    }
}

/// Cycles from the read of a beat to its results.
const RESULT: u64 = row_queue::TO_BEAT + 2;

/// Latency and II of a frame of `n` beats.
pub fn timing(c: &Config, n: u64) -> (u64, u64) {
    let rows = row_queue::cut(n, c.rows().beats().into());
    let read = row_queue::pace(&row_queue::ends(&rows, DIVISION), &rows, c.to_issue(), 1);
    let ii = rows.iter().map(|n| (*n).max(DIVISION)).sum();
    (read.last().copied().unwrap_or(0) + RESULT, ii)
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

    m.section("beats of a row, which ends where the division will be free");
    let queue = RowQueue::new(&m, c.size());
    let row_taken = m.wire("row_taken");
    let busy = row_queue::busy(&m, "division_wait", DIVISION, row_taken);
    let held = busy.map_or(queue.no_row(), |busy| busy | queue.no_row());
    let taken = row_queue::take(&m, s, c.rows().beats(), |last| !queue.no_beat() & !(last & held));
    row_taken.drive(taken.row);
    let row = first_pass(&m, c, s, &taken);
    m.section("the division, a bit of the inverse a cycle: 255 and eight zeros over the denominator");
    let dividend = Dividend { high: m.u(255, STEPS), low: Low::Zeros };
    let found = divide::serial(&m, "division", row.done, dividend, row.denominator, STEPS);
    let max = m.delay("divided_max", row.done, row.max);
    let value = m.concat(&[max.as_unsigned(), found.quotient]);
    second_pass(&m, c, s, out, queue, taken, Given { at: found.ready, value });
    m.finish()
}

/// Maximum and denominator of a row, block by block. Nothing stalls: what is taken has its place.
fn first_pass<'m>(m: &'m Mod<'_>, c: &Checked<Config>, s: Source<'m>, taken: &Entry<'m>) -> Row<'m> {
    let (on, t) = (m.bool(true), c.rows().levels());
    let lanes = |f: &dyn Fn(u32) -> SInt<'m>| (0..c.lanes).map(f).collect::<Vec<SInt>>();
    m.section("the block's maximum, and the row's");
    let x = lanes(&|k| m.delay(&format!("x{k}"), on, s.lane_s(k)));
    let block = tree::max(m, "max", x.clone());
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
    let sum = tree::sum(m, "sum", (0..c.lanes as usize).map(|k| power(m, k, below(k))).collect());

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

/// `256 2^-d`, rounded down, of a distance below the maximum, one cycle later.
pub fn power<'m>(m: &'m Mod<'_>, k: usize, d: UInt<'m>) -> UInt<'m> {
    let some = !d.slice(4, 4).any();
    m.delay(&format!("power{k}"), m.bool(true), some.pick(m.u(256, 9).shr_by(d.trunc(4)), m.u(0, 9)))
}

/// The results: a row's beats again, and its inverse shifted by how far each code lies below the maximum.
fn second_pass<'m>(
    m: &'m Mod<'_>,
    c: &Checked<Config>,
    s: Source<'m>,
    out: Sink<'m>,
    queue: RowQueue<'m>,
    taken: Entry<'m>,
    inverse: Given<'m>,
) {
    m.section("a row's beats again, and the inverse shifted by how far each lies below the maximum");
    let beat = Given { at: taken.beat, value: s.data() };
    let leaving = queue.serve(taken, beat, inverse, Behind::Moves, |_| out.free());
    let run = leaving.run;
    let max = leaving.number.slice(STEPS, 8).as_signed();
    let inverse = m.delay("inverse", run, leaving.number.trunc(STEPS));
    let y = |k: u32| {
        let below = (max - leaving.beat.slice(8 * k, 8).as_signed()).as_unsigned().trunc(8).called(format!("apart{k}"));
        let below = m.delay(&format!("apart{k}"), run, below);
        let some = !below.slice(3, 5).any();
        m.delay(&format!("y{k}"), run, some.pick(inverse.shr_by(below.trunc(3)), m.u(0, STEPS)))
    };
    let y: Vec<UInt> = (0..c.lanes).map(y).collect();
    let valid = m.pipe_flag("valid", run, leaving.valid, 2);
    let frame_end = leaving.row & leaving.length.bit(leaving.length.width() - 1);
    let end = m.pipe("end", run, frame_end, RESULT as u32);
    out.drive(valid, m.lanes(&y), Some(end));
}
