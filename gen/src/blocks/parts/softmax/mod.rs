//! What softmaxes of rows share: the maximum, then an exponential of each code's distance below it and their sum, then a division, then a product for
//! each exponential. A block says what its exponentials and products are ([`Lane`]).
//!
//! Rows go through three stages, several rows at a time, a beat a cycle in each; two queues lie between them. A row is as long as its frame, cut after
//! `columns`.

use crate::blocks::parts::divide::{self, Dividend};
use crate::blocks::parts::row_queue::{self, Behind, Entry, Given, Leaving, RowQueue, Size};
use crate::blocks::parts::tree;
use crate::blocks::Cost;
use crate::hdl::{Bool, Mod, SInt, Sink, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_unsigned;

pub mod stimulus;

/// Rows of codes.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// Codes of the longest row.
    pub columns: u32,
    /// Codes of a beat.
    pub lanes: u32,
    /// Bits of a code.
    pub bits: u32,
    /// Codes are two's complement.
    pub signed: bool,
    /// A lane has one bit more, and a number that is no code is no part of the row.
    pub absent: bool,
    /// Bits of a result.
    pub out_bits: u32,
    /// Results are two's complement.
    pub out_signed: bool,
}

/// Rows under way before their maximum.
const ROWS: u32 = 4;

/// What differs between softmaxes. Cycles count registers, the last one at the output.
pub trait Lane {
    /// Bits of what is kept of an exponential until its row's sum is there.
    fn word_bits(&self) -> u32;
    /// The largest exponential.
    fn largest(&self) -> u64;
    /// Registers of [`Lane::exp`].
    fn exp_cycles(&self) -> u32;
    /// Of the distance below the maximum: the kept word and the exponential.
    fn exp<'m>(&self, m: &'m Mod<'_>, k: u32, below: UInt<'m>) -> (UInt<'m>, UInt<'m>);
    /// A sum beyond it counts as this.
    fn most(&self) -> u64;
    /// What is divided by the sum.
    fn dividend<'m>(&self, m: &'m Mod<'_>) -> Dividend<'m>;
    /// Bits of the quotient.
    fn quotient_bits(&self) -> u32;
    /// Bits of a result's product's operands, in two's complement.
    fn product(&self) -> [u32; 2];
    /// Registers of [`Lane::result`].
    fn result_cycles(&self) -> u32;
    /// Of the kept word and the quotient; registers move where `run`.
    fn result<'m>(&self, m: &'m Mod<'_>, k: u32, run: Bool<'m>, word: UInt<'m>, quotient: UInt<'m>) -> UInt<'m>;
}

impl Rows {
    /// Beats of the longest row.
    pub fn beats(&self) -> u32 {
        self.columns.div_ceil(self.lanes)
    }
    /// The lowest and the highest code.
    pub fn codes_range(&self) -> (i64, i64) {
        match self.signed {
            true => (-1 << (self.bits - 1), (1 << (self.bits - 1)) - 1),
            false => (0, (1 << self.bits) - 1),
        }
    }
    fn levels(&self) -> u32 {
        tree::levels(self.lanes)
    }
    /// Bits of a lane of the input.
    pub fn lane_bits(&self) -> u32 {
        self.bits + u32::from(self.absent)
    }
    /// The largest sum.
    fn largest_sum(&self, lane: &impl Lane) -> u64 {
        lane.largest() * u64::from(self.beats() * self.lanes)
    }
    fn clamps(&self, lane: &impl Lane) -> bool {
        self.largest_sum(lane) > lane.most()
    }
    /// Cycles from a row's last beat to the maximum.
    fn max_cycles(&self) -> u32 {
        2 + self.levels()
    }
    /// Cycles from the read of a beat to its word in the second queue.
    fn word_cycles(&self, lane: &impl Lane) -> u32 {
        row_queue::TO_BEAT as u32 + 1 + lane.exp_cycles()
    }
    /// Cycles from the read of a row's last beat to the start of the division.
    fn sum_cycles(&self, lane: &impl Lane) -> u32 {
        self.word_cycles(lane) + self.levels() + 1 + u32::from(self.clamps(lane))
    }
    /// Cycles between the ends of two rows: the division's.
    pub fn apart(&self, lane: &impl Lane) -> u64 {
        divide::serial_apart(lane.quotient_bits())
    }
    /// Cycles from the read of a row's last beat to that of its first word.
    fn to_words(&self, lane: &impl Lane) -> u64 {
        u64::from(self.sum_cycles(lane) + lane.quotient_bits() + 1) + row_queue::TO_ISSUE
    }
    /// The queue of codes.
    pub fn codes(&self) -> Size {
        let ring = self.beats() + self.max_cycles() + row_queue::TO_ISSUE as u32 + 2;
        let (beat_bits, number_bits) = (self.lanes * self.lane_bits(), self.bits);
        Size { name: "code", beats: self.beats(), ring, rows: ROWS, beat_bits, number_bits }
    }
    /// The queue of exponentials.
    pub fn words(&self, lane: &impl Lane) -> Size {
        let wait = self.to_words(lane) + 2;
        let rows = (wait.div_ceil(self.apart(lane)) + 1) as u32;
        let (beat_bits, number_bits) = (self.lanes * lane.word_bits(), lane.quotient_bits());
        Size { name: "word", beats: self.beats(), ring: self.beats() + wait as u32, rows, beat_bits, number_bits }
    }
    /// Latency and II of a frame of `n` beats.
    pub fn timing(&self, lane: &impl Lane, n: u64) -> (u64, u64) {
        let rows = row_queue::cut(n, self.beats().into());
        let ends = row_queue::ends(&rows, 1);
        let apart = self.apart(lane);
        let read = row_queue::pace(&ends, &rows, u64::from(self.max_cycles()) + row_queue::TO_ISSUE, apart);
        let left = row_queue::pace(&read, &rows, self.to_words(lane), 1);
        let last = left.last().copied().unwrap_or(0);
        let ii = rows.iter().map(|n| (*n).max(apart)).sum();
        (last + row_queue::TO_BEAT + u64::from(lane.result_cycles()), ii)
    }
}

/// The whole module; `m` has its header.
pub fn build(m: Mod<'_>, rows: &Rows, lane: &impl Lane) -> ModuleId {
    let s = m.stream_in("s_axis", BeatShape::new(rows.lanes, rows.lane_bits(), rows.signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(rows.lanes, rows.out_bits, rows.out_signed), true);

    m.section("beats of a row; codes wait for the row's maximum");
    let codes = RowQueue::new(&m, rows.codes());
    let entry = row_queue::take(&m, s, rows.beats(), |last| !codes.no_beat() & !(last & codes.no_row()));
    let max = maximum(&m, rows, s, entry);

    m.section("exponentials wait for the row's sum; a row ends where the division will be free");
    let words = RowQueue::new(&m, rows.words(lane));
    let row_read = m.wire("row_read");
    let busy = row_queue::busy(&m, "division_wait", rows.apart(lane), row_read);
    let beat = Given { at: entry.beat, value: s.data() };
    let read =
        codes.serve(entry, beat, max, Behind::Always, |last| !words.no_beat() & !(last & (busy | words.no_row())));
    row_read.drive(read.row);
    let (word, sum) = exponentials(&m, rows, lane, &read);

    m.section("the division, a bit of the quotient a cycle");
    let done = m.pipe_flag("row_summed", m.bool(true), read.row, rows.sum_cycles(lane));
    let (at, value) = divide::serial(&m, "division", done, lane.dividend(&m), sum, lane.quotient_bits());
    results(&m, rows, lane, out, words, &read, word, Given { at, value });
    m.finish()
}

/// Whether a lane holds no code: it needs its upper bit.
fn is_absent<'m>(rows: &Rows, lane: UInt<'m>) -> Option<Bool<'m>> {
    let top = |i: u32| lane.bit(rows.bits - i);
    rows.absent.then(|| if rows.signed { top(0) ^ top(1) } else { top(0) })
}

/// A code as a signed number in the same order: of unsigned ones the middle is zero.
fn code_of<'m>(m: &'m Mod<'_>, rows: &Rows, lane: UInt<'m>) -> SInt<'m> {
    let code = lane.trunc(rows.bits);
    if rows.signed {
        return code.as_signed();
    }
    m.concat(&[(!code.bit(rows.bits - 1)).to_uint(), code.trunc(rows.bits - 1)]).as_signed()
}

/// The row's maximum: the least code where none is there.
fn maximum<'m>(m: &'m Mod<'_>, rows: &Rows, s: Source<'m>, entry: Entry<'m>) -> Given<'m> {
    m.section("the beat's maximum, and the row's");
    let on = m.bool(true);
    let least = m.s(-1 << (rows.bits - 1), rows.bits);
    let code = |k: u32| {
        let code = code_of(m, rows, s.lane(k));
        let code = is_absent(rows, s.lane(k)).map_or(code, |none| none.pick(least, code));
        m.delay(&format!("x{k}"), on, code)
    };
    let beat = tree::max(m, "max", (0..rows.lanes).map(code).collect());
    let (some, last) = ("some", "some_last");
    let some = m.pipe_flag(some, on, entry.beat, 1 + rows.levels());
    let last = m.pipe(last, on, entry.row, 1 + rows.levels());
    let first = m.reg_b("row_first").reset(1);
    first.set_when(some, last);
    let max = m.reg_s("max", rows.bits);
    let before = first.q().pick(least, max.q()).called("max_before");
    max.set_when(some, before.max(beat).named("max_now"));
    let at = m.pipe_flag("row_done", on, entry.row, rows.max_cycles());
    Given { at, value: max.q().as_unsigned() }
}

/// The kept words of a beat, and the sum of the row's exponentials.
fn exponentials<'m>(m: &'m Mod<'_>, rows: &Rows, lane: &impl Lane, read: &Leaving<'m>) -> (Given<'m>, UInt<'m>) {
    m.section("how far each code lies below the maximum, and its exponential");
    let on = m.bool(true);
    let max = read.number.as_signed();
    let mut words = Vec::new();
    let mut exps = Vec::new();
    for k in 0..rows.lanes {
        let code = read.beat.slice(k * rows.lane_bits(), rows.lane_bits());
        let below = (max - code_of(m, rows, code)).as_unsigned().trunc(rows.bits);
        let below = m.delay(&format!("below{k}"), on, below.called(format!("apart{k}")));
        let (word, exp) = lane.exp(m, k, below);
        let none = is_absent(rows, code).map(|none| m.pipe(&format!("absent{k}"), on, none, 1 + lane.exp_cycles()));
        let kept = |v: UInt<'m>| none.map_or(v, |none| none.pick(m.u(0, v.width()), v));
        words.push(kept(word));
        exps.push(kept(exp));
    }
    m.section("their sum");
    let cycles = 1 + lane.exp_cycles();
    let beat = tree::sum(m, "sum", exps);
    let some = m.pipe_flag("some_sum", on, read.valid, cycles + rows.levels());
    let last = m.pipe("last_read", on, read.row, row_queue::TO_BEAT as u32 + cycles + rows.levels());
    let first = m.reg_b("sum_first").reset(1);
    first.set_when(some, last);
    let w = bits_for_unsigned(rows.largest_sum(lane).into());
    let sum = m.reg_u("sum", w);
    let before = first.q().pick(m.u(0, w), sum.q()).called("sum_before");
    sum.set_when(some, (before + beat).named("sum_now").trunc(w));
    let sum = if rows.clamps(lane) { m.delay("sum_clamped", on, sum.q().clamp(0, lane.most())) } else { sum.q() };
    let at = m.pipe_flag("some_word", on, read.valid, cycles);
    (Given { at, value: m.lanes(&words) }, sum)
}

/// The results: a word and its row's quotient each.
#[allow(clippy::too_many_arguments)]
fn results<'m>(
    m: &'m Mod<'_>,
    rows: &Rows,
    lane: &impl Lane,
    out: Sink<'m>,
    words: RowQueue<'m>,
    read: &Leaving<'m>,
    word: Given<'m>,
    quotient: Given<'m>,
) {
    m.section("results: a word and its row's quotient each");
    let entry = Entry { beat: read.issue, row: read.row, length: read.length };
    let leaving = words.serve(entry, word, quotient, Behind::Moves, |_| out.free());
    let (run, bits) = (leaving.run, lane.word_bits());
    let y = |k: u32| lane.result(m, k, run, leaving.beat.slice(k * bits, bits), leaving.number);
    let y: Vec<UInt> = (0..rows.lanes).map(y).collect();
    let cycles = lane.result_cycles();
    let valid = m.pipe_flag("valid", run, leaving.valid, cycles);
    let frame_end = leaving.row & leaving.length.bit(leaving.length.width() - 1);
    let end = m.pipe("end", run, frame_end, row_queue::TO_BEAT as u32 + cycles);
    out.drive(valid, m.lanes(&y), Some(end));
}

/// The two queues and the products; `row` and `lane_logic` are the tables of what a row has once and a lane.
pub fn cost(rows: &Rows, lane: &impl Lane, row: u64, lane_logic: u64) -> Cost {
    let mut cost = Cost::logic(row + lane_logic * u64::from(rows.lanes));
    for size in [rows.codes(), rows.words(lane)] {
        cost = cost
            .ram(size.ring.into(), size.beat_bits.into())
            .ram(size.rows.into(), size.length_bits().into())
            .ram(size.rows.into(), size.number_bits.into());
    }
    let [a, b] = lane.product();
    cost.multipliers(rows.lanes.into(), a, b)
}
