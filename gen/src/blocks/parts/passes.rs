//! Three passes over rows: the first finds a number of each row, the second makes words of its elements with that number and finds another one, the
//! third makes results of the words with the second number. Several rows are under way, a beat a cycle in each pass.
//!
//! Two queues lie between the passes; nothing stalls but the last one. A row is as long as its frame, cut after its most beats.

use super::row_queue::{self, Behind, Entry, Given, Leaving, RowQueue, Size};
use crate::blocks::Cost;
use crate::hdl::{Bool, Mod, Reg, Source, UInt, Value};
use crate::ir::{BeatShape, ModuleId};
use crate::num::Bits;

/// What the passes take. Cycles count registers, the last one at the end.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Elements of a beat.
    pub lanes: u32,
    /// Beats of the longest row.
    pub beats: u32,
    /// Bits of an element, and whether they are two's complement.
    pub input: (u32, bool),
    /// Of a result.
    pub output: (u32, bool),
    /// Of the first number: bits, cycles from a row's last beat to it, cycles between the ends of two rows.
    pub first: Found,
    /// Bits of a word.
    pub word_bits: u32,
    /// Cycles from the read of a beat to its words.
    pub word_cycles: u32,
    /// Of the second number: the cycles are from the read of a row's last beat.
    pub second: Found,
    /// Cycles from a word to its result.
    pub result_cycles: u32,
}

/// A number of a row.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Its bits.
    pub bits: u32,
    /// Cycles until it is there.
    pub cycles: u32,
    /// Cycles between the ends of two rows, at least.
    pub apart: u64,
}

/// What the passes compute.
pub trait Passes {
    /// What they take.
    fn shape(&self) -> Shape;
    /// The first number of the rows that come.
    fn first<'m>(&self, m: &'m Mod<'_>, s: Source<'m>, entry: Entry<'m>) -> Given<'m>;
    /// The words of a beat, and the second number of the rows that are read.
    fn second<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> (Given<'m>, Given<'m>);
    /// The results of a beat of words.
    fn third<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> UInt<'m>;
}

/// Rows whose first number is under way, where these do not keep apart.
const ROWS: u64 = 4;

impl Shape {
    /// The queue of elements.
    pub fn elements(&self) -> Size {
        let wait = u64::from(self.first.cycles) + row_queue::TO_ISSUE + 2;
        let (beat_bits, number_bits) = (self.lanes * self.input.0, self.first.bits);
        let rows = ROWS.max(wait.div_ceil(self.first.apart.max(8)) + 1) as u32;
        Size {
            name: "element",
            beats: self.beats,
            ring: row_queue::ring(self.beats, wait as u32, rows),
            rows,
            beat_bits,
            number_bits,
        }
    }

    /// The queue of words.
    pub fn words(&self) -> Size {
        let wait = u64::from(self.second.cycles) + row_queue::TO_ISSUE + 2;
        let rows = (wait.div_ceil(self.second.apart) + 1) as u32;
        let (beat_bits, number_bits) = (self.lanes * self.word_bits, self.second.bits);
        Size {
            name: "word",
            beats: self.beats,
            ring: row_queue::ring(self.beats, wait as u32, rows),
            rows,
            beat_bits,
            number_bits,
        }
    }

    /// Latency and II of a frame of `n` beats.
    pub fn timing(&self, n: u64) -> (u64, u64) {
        let rows = row_queue::cut(n, self.beats.into());
        let ends = row_queue::ends(&rows, self.first.apart);
        let read = row_queue::pace(&ends, &rows, u64::from(self.first.cycles) + row_queue::TO_ISSUE, self.second.apart);
        let left = row_queue::pace(&read, &rows, u64::from(self.second.cycles) + row_queue::TO_ISSUE, 1);
        let ii = rows.iter().map(|n| (*n).max(self.first.apart).max(self.second.apart)).sum();
        (left.last().copied().unwrap_or(0) + row_queue::TO_BEAT + u64::from(self.result_cycles), ii)
    }

    /// The memories.
    pub fn memories(&self) -> Cost {
        let mut cost = Cost::default();
        for size in [self.elements(), self.words()] {
            cost = cost
                .ram(size.ring.into(), size.beat_bits.into())
                .ram(size.rows.into(), size.length_bits().into())
                .ram(size.rows.into(), size.number_bits.into());
        }
        cost
    }
}

/// The whole module; `m` has its header.
pub fn build(m: Mod<'_>, passes: &impl Passes) -> ModuleId {
    let shape = passes.shape();
    let (input, output) = (shape.input, shape.output);
    let s = m.stream_in("s_axis", BeatShape::new(shape.lanes, input.0, input.1), true);
    let out = m.stream_out("m_axis", BeatShape::new(shape.lanes, output.0, output.1), true);

    m.section("rows as they come: elements wait for their row's first number");
    let elements = RowQueue::new(&m, shape.elements());
    let (entry, first) = first(&m, passes, &shape, s, &elements);

    m.section("elements again, with that number: words wait for their row's second one");
    let words = RowQueue::new(&m, shape.words());
    let row_read = m.wire("row_read");
    let busy = row_queue::busy(&m, "second_wait", shape.second.apart, row_read);
    let beat = Given { at: entry.beat, value: s.data() };
    let read = elements.serve(entry, beat, first, Behind::Always, |last| {
        let held = busy.map_or(words.no_row(), |busy| busy | words.no_row());
        !words.no_beat() & !(last & held)
    });
    row_read.drive(read.row);
    let (word, second) = passes.second(&m, &read);

    m.section("words again, with that number: results");
    let entry = Entry { beat: read.issue, row: read.row, length: read.length };
    let read = words.serve(entry, word, second, Behind::Moves, |_| out.free());
    let results = passes.third(&m, &read);
    let valid = m.pipe_flag("valid", read.run, read.valid, shape.result_cycles);
    let frame_end = read.row & read.length.bit(read.length.width() - 1);
    let end = m.pipe("end", read.run, frame_end, row_queue::TO_BEAT as u32 + shape.result_cycles);
    out.drive(valid, results, Some(end));
    m.finish()
}

/// Beats are taken where there is room, a row's last one where its number can be found.
fn first<'m>(
    m: &'m Mod<'_>,
    passes: &impl Passes,
    shape: &Shape,
    s: Source<'m>,
    elements: &RowQueue<'m>,
) -> (Entry<'m>, Given<'m>) {
    let row_taken = m.wire("row_taken");
    let busy = row_queue::busy(m, "first_wait", shape.first.apart, row_taken);
    let entry = row_queue::take(m, s, shape.beats, |last| {
        let held = busy.map_or(elements.no_row(), |busy| busy | elements.no_row());
        !elements.no_beat() & !(last & held)
    });
    row_taken.drive(entry.row);
    (entry, passes.first(m, s, entry))
}

/// A row's total of what its beats bring: in the cycle behind the one where its `last` beat is in `now`, which is made of what there was and of the
/// beat; `start`, which changes nothing, comes where no beat does. What there was begins anew with it behind each last beat: that and the beats that do
/// not come are registers' own resets, not multiplexers.
pub fn total<'m, V: Value<'m>>(m: &'m Mod<'_>, name: &str, last: Bool<'m>, so_far: Reg<'m, V>, start: V, now: V) -> V {
    so_far.set(last.pick(start, now));
    m.delay(name, m.bool(true), now)
}

/// A value of a beat `here`, one cycle later; else, and after reset, zero.
pub fn here<'m>(m: &'m Mod<'_>, name: &str, here: Bool<'m>, value: UInt<'m>) -> UInt<'m> {
    let held = m.reg_u(name, value.width()).reset(0);
    held.set(here.pick(value, m.u(0, value.width())));
    held.q()
}

/// The total of a row's sums.
pub fn sum<'m>(m: &'m Mod<'_>, name: &str, last: Bool<'m>, beat: UInt<'m>, bits: u32) -> UInt<'m> {
    let so_far = m.reg_u(&format!("{name}_so_far"), bits).reset(0);
    let now = (so_far.q() + beat).named(format!("{name}_now")).at_width(bits);
    total(m, name, last, so_far, m.u(0, bits), now)
}

/// A constant for each element of a row, or one for all: those of a beat, `cycles` after it, lanes of `bits` each.
pub fn constants<'m>(
    m: &'m Mod<'_>,
    name: &str,
    values: &[i64],
    bits: u32,
    shape: &Shape,
    read: &Leaving<'m>,
    cycles: u32,
) -> UInt<'m> {
    let (lanes, beats) = (shape.lanes as usize, shape.beats as usize);
    let word = |b: usize, k: usize| match values {
        [one] => *one,
        _ => values.get(b * lanes + k).copied().unwrap_or(0),
    };
    let mut words = (0..beats).map(|b| Bits::pack((0..lanes).map(|k| word(b, k)), bits));
    if values.len() == 1 || beats == 1 {
        return m.bits(words.next().unwrap_or(Bits::zero(bits)));
    }
    let at = m.counter(&format!("{name}_at"), shape.beats.into()).reset(0);
    let w = at.q().width();
    let next = (at.q() + m.u(1, 1)).trunc(w).called(format!("{name}_next"));
    at.set_when(read.issue, read.row.pick(m.u(0, w), next));
    let found = m.rom(name, words.collect(), read.run, at.q());
    m.pipe(name, read.run, found, cycles + row_queue::TO_BEAT as u32 - 1)
}
