//! Rows whose beats wait until a number of their own is known: what normalizes a row reads it more than once.
//!
//! Beats lie in a ring, numbers and lengths of rows in small memories of their own. Nothing that has entered is ever refused: who sends asks for a
//! place first ([`RowQueue::no_beat`], [`RowQueue::no_row`]) and takes it by [`Entry`]; the beat may be written cycles later. Rows leave in their
//! order, without a gap between them where their numbers are known in time.

use crate::hdl::{Bool, Level, Mod, Source, UInt, Wire};
use crate::num::bits_for_count;

/// Cycles from the one in which a row's number is given to the one in which its first beat is read.
pub const TO_ISSUE: u64 = 3;

/// Cycles from the read of a beat to the beat with its row's number.
pub const TO_BEAT: u64 = 2;

/// Sizes.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// What the names of its nets begin with.
    pub name: &'static str,
    /// Beats of the longest row.
    pub beats: u32,
    /// Beats that have a place.
    pub ring: u32,
    /// Rows between the place for their last beat and the first read.
    pub rows: u32,
    /// Bits of a beat.
    pub beat_bits: u32,
    /// Bits of a row's number.
    pub number_bits: u32,
}

impl Size {
    /// The ring has a place for every beat of the rows that have theirs, of the one before them that is read and of the one behind them: it is never full.
    fn rows_bound(&self) -> bool {
        u64::from(self.ring) >= u64::from(self.rows + 2) * u64::from(self.beats)
    }

    /// Bits of a row's length less one, and the frame's end above them.
    pub fn length_bits(&self) -> u32 {
        length_bits(self.beats)
    }
}

/// Bits of a row's length less one, and the frame's end above them.
pub fn length_bits(beats: u32) -> u32 {
    bits_for_count(beats.into()) + 1
}

/// Beats of a ring for rows that wait so long: no more than as many rows need; a power of two, whose counters wrap by themselves, where it is in
/// block RAMs anyhow.
pub fn ring(beats: u32, wait: u32, rows: u32) -> u32 {
    match (beats + wait).min((rows + 2) * beats) {
        few @ ..=96 => few,
        many => many.next_power_of_two(),
    }
}

/// Places taken.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'m> {
    /// A beat's.
    pub beat: Bool<'m>,
    /// It is its row's last: the row's place too.
    pub row: Bool<'m>,
    /// With `row`: beats less one; above them whether a frame ends with the row.
    pub length: UInt<'m>,
}

/// What comes for rows that have entered, in their order.
#[derive(Clone, Copy, Debug)]
pub struct Given<'m> {
    /// In this cycle.
    pub at: Bool<'m>,
    /// A beat, or a row's number.
    pub value: UInt<'m>,
}

/// Whether the pipeline behind the queue stalls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// It moves where the queue may: the flags and beats given do so too.
    Moves,
    /// It always moves; beats come where they are read.
    Always,
}

/// Beats that leave.
#[derive(Clone, Copy, Debug)]
pub struct Leaving<'m> {
    /// The queue may read, and so the pipeline behind it moves.
    pub run: Bool<'m>,
    /// A beat is read in this cycle: two cycles before it is in `beat`.
    pub issue: Bool<'m>,
    /// It is its row's last.
    pub row: Bool<'m>,
    /// Its row's length and mark, as they entered.
    pub length: UInt<'m>,
    /// `beat` is one.
    pub valid: Bool<'m>,
    /// The beat.
    pub beat: UInt<'m>,
    /// Its row's number.
    pub number: UInt<'m>,
}

/// The queue.
#[derive(Clone, Copy, Debug)]
pub struct RowQueue<'m> {
    m: &'m Mod<'m>,
    size: Size,
    rows: Level<'m>,
    /// None where a row's place is what runs out first.
    used: Option<Level<'m>>,
}

impl<'m> RowQueue<'m> {
    /// Empty after reset.
    pub fn new(m: &'m Mod<'m>, size: Size) -> RowQueue<'m> {
        let name = size.name;
        let rows = m.level(&format!("{name}_rows"), size.rows);
        let used = (!size.rows_bound()).then(|| m.level(&format!("{name}_used"), size.ring));
        RowQueue { m, size, rows, used }
    }

    /// There is no place for a beat.
    pub fn no_beat(&self) -> Bool<'m> {
        self.used.map_or(self.m.bool(false), Level::full)
    }

    /// There is no place for a row to end.
    pub fn no_row(&self) -> Bool<'m> {
        self.rows.full()
    }

    /// The other side, once. `may` is asked with "this is a row's last beat".
    pub fn serve(
        self,
        entry: Entry<'m>,
        beat: Given<'m>,
        number: Given<'m>,
        behind: Behind,
        may: impl FnOnce(Bool<'m>) -> Bool<'m>,
    ) -> Leaving<'m> {
        let (m, size) = (self.m, self.size);
        let named = |what: &str| format!("{}_{what}", size.name);
        let place = |what: &str, n: u32, step: Bool<'m>| m.count(&named(what), n.into(), step).value;
        let active = m.reg_b(&named("active")).reset(0);
        let left = m.reg_u(&named("left"), size.length_bits() - 1);
        let ends = (!left.q().any().called(named("more"))).named(named("ends"));
        let run = may(ends).named(named("run"));
        let issue = (run & active.q()).named(named("issue"));
        let (load, length, held) = self.next_row(entry, number, !active.q() | (issue & ends));
        active.set_when(load | issue, load | !ends);
        let bits = left.q().width();
        let less = (left.q() - m.u(1, 1)).as_unsigned().trunc(bits).called(named("left_less"));
        left.set_when(load | issue, load.pick(length.trunc(bits), less));
        self.rows.moves(entry.row, load);
        if let Some(used) = self.used {
            used.moves(entry.beat, issue);
        }
        let length = m.delay(&named("length"), load, length);

        let moves = if behind == Behind::Moves { run } else { m.bool(true) };
        let held = m.pipe(&named("number"), moves, m.delay(&named("number"), load, held), 2);
        let ring = m.ram(&named("ring"), size.beat_bits, size.ring);
        ring.write(beat.at, place("wr", size.ring, beat.at), beat.value);
        let read = ring.read(issue, place("rd", size.ring, issue));
        let read = m.delay(&named("beat"), moves, read);
        let valid = if behind == Behind::Moves { active.q() } else { issue };
        let valid = m.pipe_flag(&named("valid"), moves, valid, 2);
        Leaving { run, issue, row: issue & ends, length, valid, beat: read, number: held }
    }

    /// Lengths and numbers of rows, the next one fetched ahead: where it is loaded, and what it is.
    fn next_row(&self, entry: Entry<'m>, number: Given<'m>, free: Bool<'m>) -> (Bool<'m>, UInt<'m>, UInt<'m>) {
        let (m, size) = (self.m, self.size);
        let named = |what: &str| format!("{}_{what}", size.name);
        let place = |what: &str, step: Bool<'m>| m.count(&named(what), size.rows.into(), step).value;
        let pending = m.level(&named("pending"), size.rows);
        let next = m.reg_b(&named("next_valid")).reset(0);
        let load = (next.q() & free).named(named("load"));
        let fetch = (pending.some() & (!next.q() | load)).named(named("fetch"));
        next.set_when(fetch | load, fetch);
        pending.moves(number.at, fetch);
        let lengths = m.ram(&named("lengths"), size.length_bits(), size.rows);
        lengths.write(entry.row, place("length_at", entry.row), entry.length);
        let numbers = m.ram(&named("numbers"), size.number_bits, size.rows);
        numbers.write(number.at, place("number_at", number.at), number.value);
        let at = place("fetch_at", fetch);
        (load, lengths.read(fetch, at), numbers.read(fetch, at))
    }
}

/// Beats of rows as they come: rows end with their frames, and after the longest row's beats. `may` is asked whether a beat can be taken, with
/// "it is its row's last".
pub fn take<'m>(m: &'m Mod<'_>, s: Source<'m>, beats: u32, may: impl FnOnce(Bool<'m>) -> Bool<'m>) -> Entry<'m> {
    let beat = m.counter("beat", u64::from(beats).max(2)).reset(0);
    let w = beat.q().width();
    let longest = beat.q().eq(m.u(u64::from(beats) - 1, w)).called("longest");
    let last = (s.last() | longest).named("row_last");
    let next = (beat.q() + m.u(1, 1)).trunc(w).called("beat_next");
    beat.set_when(s.fire(), last.pick(m.u(0, w), next));
    s.set_ready(may(last));
    Entry { beat: s.fire(), row: (s.fire() & last).named("row"), length: m.concat(&[s.last().to_uint(), beat.q()]) }
}

/// For `cycles` after `start`, that cycle counted, something is busy; none where that is the one cycle.
pub fn busy<'m>(m: &'m Mod<'_>, name: &str, cycles: u64, start: Wire<'m>) -> Option<Bool<'m>> {
    if cycles <= 1 {
        return None;
    }
    let wait = m.counter(name, cycles).reset(0);
    let w = wait.q().width();
    let some = wait.q().any().called(format!("{name}_busy"));
    let less = (wait.q() - m.u(1, 1)).as_unsigned().trunc(w).called(format!("{name}_less"));
    let held = some.pick(less, m.u(0, w));
    wait.set(start.value().pick(m.u(cycles - 1, w), held));
    Some(some)
}

/// When the last beats of rows are taken that come without a pause, but end `apart` cycles at least from each other.
pub fn ends(lengths: &[u64], apart: u64) -> Vec<u64> {
    let mut ends: Vec<u64> = Vec::new();
    for n in lengths {
        ends.push(ends.last().map_or(n - 1, |end| end + (*n).max(apart)));
    }
    ends
}

/// Frames of `n` beats through a stage that takes rows of `longest` beats at most, the beats of a row in as many cycles: when each row's last beat
/// leaves it, if its first one can at `ready` of the row's end before it, and rows end `apart` cycles at least from each other.
pub fn pace(ends: &[u64], lengths: &[u64], ready: u64, apart: u64) -> Vec<u64> {
    let mut before: Option<u64> = None;
    let mut left = Vec::new();
    for (end, n) in ends.iter().zip(lengths) {
        let start = (end + ready).max(before.map_or(0, |b| b + 1));
        let end = (start + n - 1).max(before.map_or(0, |b| b + apart));
        left.push(end);
        before = Some(end);
    }
    left
}

/// Beats of the rows of a frame of `n`.
pub fn cut(n: u64, longest: u64) -> Vec<u64> {
    (0..n.div_ceil(longest)).map(|k| (n - k * longest).min(longest)).collect()
}
