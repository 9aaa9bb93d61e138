use super::{Checked, Config, FRACTION};
use crate::blocks::parts::outlet::{self, Outlet};
use crate::blocks::parts::row_queue::{self, Behind, Entry, Given, Leaving, RowQueue, Size};
use crate::blocks::parts::{divide, passes, tree};
use crate::hdl::{Bool, Build, Mod, Ram, SInt, Sink, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_count;

impl Config {
    /// Cycles from a group's last beat to its lowest element and its step.
    fn number_cycles(&self) -> u32 {
        2 + tree::levels(self.lanes) + 1 + self.step_bits()
    }
    /// Cycles from the read of a beat of the token to its codes.
    fn code_cycles(&self) -> u32 {
        row_queue::TO_BEAT as u32 + 2 + 1 + self.cache_bits
    }
    /// Cycles from the read of a beat of a slot to its elements.
    pub fn read_cycles(&self) -> u32 {
        3 + tree::levels(self.cache_bits) + 1
    }
    /// The groups that wait for their steps.
    pub fn size(&self) -> Size {
        let beats = self.group_beats();
        let wait = self.number_cycles() + row_queue::TO_ISSUE as u32 + 2;
        let rows = wait.div_ceil(beats) + 1;
        // Of short groups as many beats as places of groups need: these are what runs out then.
        let ring = if beats < wait { (rows + 2) * beats } else { row_queue::ring(beats, wait, rows) };
        let (beat_bits, number_bits) = (self.lanes * self.bits, self.bits + self.step_bits());
        Size { name: "element", beats, ring, rows, beat_bits, number_bits }
    }
    /// Latency and II of a frame.
    pub fn timing(&self) -> (u64, u64) {
        let (groups, beats) = (vec![u64::from(self.group_beats()); self.groups() as usize], u64::from(self.beats()));
        let ends = row_queue::ends(&groups, 1);
        let read = row_queue::pace(&ends, &groups, u64::from(self.number_cycles()) + row_queue::TO_ISSUE, 1);
        let stored = u64::from(self.code_cycles());
        let slots = u64::from(self.tokens) * beats;
        let last = read.last().copied().unwrap_or(0) + stored + slots;
        (last + u64::from(self.read_cycles()) + outlet::CYCLES, slots + stored + beats)
    }
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = BeatShape::new(c.lanes, c.bits, true);
    let s = m.stream_in("s_axis", shape, true);
    let out = m.stream_out("m_axis", shape, true);
    let codes = m.ram("codes", c.lanes * c.cache_bits, c.tokens * c.beats());
    let scales = m.ram("scales", c.bits + c.step_bits(), c.tokens * c.groups());

    m.section("the token's beats wait for the lowest element and the step of their group");
    let held = m.reg_b("held").reset(0);
    let read = groups(c, &m, s, held.q());
    let beat = m.count("token_beat", c.beats().into(), read.issue);
    let token_issued = (read.issue & beat.at_last).named("token_issued");

    m.section("codes, into the slot of the token");
    let frame_over = m.wire("frame_over");
    held.set_when(token_issued | frame_over.value(), token_issued);
    let stored = store(c, &m, &read, frame_over.value(), codes, scales);

    m.section("all slots, head by head");
    let reading = m.reg_b("reading").reset(0);
    reading.set_when(stored | frame_over.value(), stored);
    let over = slots(c, &m, reading.q(), codes, scales, out);
    frame_over.drive(over);
    m.finish()
}

/// Beats with the numbers of their groups, one after the other unless the slots are `held`.
fn groups<'m>(c: &Checked<Config>, m: &'m Mod<'_>, s: Source<'m>, held: Bool<'m>) -> Leaving<'m> {
    let (on, size) = (m.bool(true), c.size());
    let queue = RowQueue::new(m, size);
    let beat = m.count("group_beat", size.beats.into(), s.fire());
    s.set_ready(!queue.no_beat() & !(beat.at_last & queue.no_row()));
    let length = m.u(u64::from(size.beats) - 1, size.length_bits());
    let entry = Entry { beat: s.fire(), row: (s.fire() & beat.at_last).named("group_taken"), length };

    let last = m.pipe_flag("group_last", on, entry.row, 1 + tree::levels(c.lanes));
    let high = extreme(c, m, "high", entry.beat, last, (0..c.lanes).map(|l| s.lane_s(l)).collect());
    let low = extreme(c, m, "low", entry.beat, last, (0..c.lanes).map(|l| mirrored(s.lane(l))).collect());
    let low = mirrored(low.as_unsigned());
    let range = m.delay("range", on, (high - low).as_unsigned().trunc(c.bits));
    let bits = c.step_bits();
    let (step, _) = divide::by_constant(m, ("step", ""), on, range << FRACTION, c.levels().into(), bits);
    let low = m.pipe("lowest", on, low.as_unsigned(), 1 + bits);
    let at = m.pipe_flag("group_known", on, last, 2 + bits);
    let beat = Given { at: entry.beat, value: s.data() };
    queue.serve(entry, beat, Given { at, value: m.concat(&[low, step]) }, Behind::Always, |_| !held)
}

/// `-1 - x`: of which the largest one is the lowest `x`.
fn mirrored(x: UInt<'_>) -> SInt<'_> {
    (!x).as_signed()
}

/// The largest element of a group.
fn extreme<'m>(
    c: &Config,
    m: &'m Mod<'_>,
    name: &str,
    here: Bool<'m>,
    last: Bool<'m>,
    values: Vec<SInt<'m>>,
) -> SInt<'m> {
    let least = -1i64 << (c.bits - 1);
    let lane = |(k, v): (usize, &SInt<'m>)| {
        let held = m.reg_s(&format!("{name}{k}"), c.bits).reset(least);
        held.set(here.pick(*v, m.s(least, c.bits)));
        held.q()
    };
    let beat = tree::max(m, name, values.iter().enumerate().map(lane).collect());
    let so_far = m.reg_s(&format!("{name}_so_far"), c.bits).reset(least);
    let now = so_far.q().max(beat).named(format!("{name}_now"));
    passes::total(m, name, last, so_far, m.s(least, c.bits), now)
}

/// Codes and scales into the token's slot; the flag: the last codes are written in this cycle.
fn store<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'_>,
    read: &Leaving<'m>,
    frame_over: Bool<'m>,
    codes: Ram<'m>,
    scales: Ram<'m>,
) -> Bool<'m> {
    let on = m.bool(true);
    let (low, step) = (read.number.slice(c.step_bits(), c.bits), read.number.trunc(c.step_bits()));
    let code = |l: u32| {
        let x = read.beat.slice(l * c.bits, c.bits).as_signed();
        let above = m.delay(&format!("above{l}"), on, (x - low.as_signed()).as_unsigned().trunc(c.bits));
        let step = m.delay(&format!("step_of{l}"), on, step);
        let half = step >> 1;
        let dividend = m.delay(&format!("dividend{l}"), on, (above << FRACTION) + half);
        // Of a step of zero the code is anything.
        let step = m.delay(&format!("divisor{l}"), on, step);
        divide::staged(m, &format!("code{l}"), dividend, step, c.cache_bits)
    };
    let word: Vec<UInt> = (0..c.lanes).map(code).collect();

    let coded = m.pipe_flag("coded", on, read.issue, c.code_cycles());
    let beat = m.count("slot_beat", c.beats().into(), coded);
    let base = slot_base(c, m, "slot_at", c.beats(), frame_over);
    let at = (base + beat.value.at_width(base.width())).trunc(base.width()).called("codes_at");
    codes.write(coded, at, m.lanes(&word));

    let first = m.count("scale_beat", c.group_beats().into(), read.valid).at_first;
    let begins = (read.valid & first).named("group_begins");
    let group = m.count("scale", c.groups().into(), begins);
    let base = slot_base(c, m, "slot_scales", c.groups(), frame_over);
    let at = (base + group.value.at_width(base.width())).trunc(base.width()).called("scales_at");
    scales.write(begins, at, read.number);
    (coded & beat.at_last).named("stored")
}

/// Where the slot of the token begins, of so many words a slot: the next one with each frame, from the last one back behind the sinks.
fn slot_base<'m>(c: &Config, m: &'m Mod<'_>, name: &str, words: u32, frame_over: Bool<'m>) -> UInt<'m> {
    let w = bits_for_count(u64::from(c.tokens) * u64::from(words));
    let base = m.reg_u(name, w).reset(0);
    let last = base.q().eq(m.u(u64::from(c.tokens - 1) * u64::from(words), w)).called(format!("{name}_last"));
    let next = (base.q() + m.lit(words.into())).trunc(w).called(format!("{name}_next"));
    base.set_when(frame_over, last.pick(m.u(u64::from(c.sinks) * u64::from(words), w), next));
    base.q()
}

/// Reads all slots; the flag: the last beat of them is read.
fn slots<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'_>,
    reading: Bool<'m>,
    codes: Ram<'m>,
    scales: Ram<'m>,
    out: Sink<'m>,
) -> Bool<'m> {
    let on = m.bool(true);
    let outlet = Outlet::new(m, outlet::places(c.read_cycles()));
    let step = (reading & !outlet.full()).named("step");
    let in_group = m.count("read_beat", c.group_beats().into(), step);
    let group_ends = (step & in_group.at_last).named("read_group_ends");
    let group = m.count("read_group", (c.groups() / c.heads).into(), group_ends);
    let slot_ends = (group_ends & group.at_last).named("read_slot_ends");
    let slot = m.count("read_slot", c.tokens.into(), slot_ends);
    let head_ends = (slot_ends & slot.at_last).named("read_head_ends");
    let head = m.count("read_head", c.heads.into(), head_ends);
    let over = (head_ends & head.at_last).named("read_over");

    // The newest slot of a token: those behind it are empty.
    let newest = m.counter("newest", c.tokens.into()).reset(0);
    let (q, w) = (newest.q(), newest.q().width());
    let full = q.eq(m.u(u64::from(c.tokens) - 1, w)).called("cache_full");
    newest.set_when(over & !full, (q + m.u(1, 1)).trunc(w));
    let some = slot.value.at_width(w).le(q).called("slot_some");

    let moves = Moves { step, slot_ends, slot_last: slot.at_last, head_last: head.at_last };
    let code_at = address(c, m, "read_code", c.beats(), moves);
    let moves = Moves { step: group_ends, ..moves };
    let scale_at = address(c, m, "read_scale", c.groups(), moves);
    let read = m.delay_flag("read", on, step);
    let word = m.delay("word", on, codes.read(read, m.delay("word_at", on, code_at)));
    let number = m.delay("scale_of", on, scales.read(read, m.delay("scale_at", on, scale_at)));

    m.section("elements of codes");
    let (low, by) = (number.slice(c.step_bits(), c.bits), number.trunc(c.step_bits()));
    let levels = tree::levels(c.cache_bits);
    let some = m.pipe("slot_has", on, some, 3 + levels);
    let low = m.pipe("low_late", on, low, levels);
    let lane = |l: u32| {
        let code = word.slice(l * c.cache_bits, c.cache_bits);
        let term = |b: u32| code.bit(b).pick(by, m.u(0, by.width())) << b;
        let product = tree::sum(m, &format!("product{l}"), (0..c.cache_bits).map(term).collect());
        let above = (product + m.u(1 << (FRACTION - 1), FRACTION)) >> FRACTION;
        let y = (low.as_signed() + above.to_signed()).at_width(c.bits).as_unsigned();
        passes::here(m, &format!("y{l}"), some, y)
    };
    let y: Vec<UInt> = (0..c.lanes).map(lane).collect();
    let put = m.pipe_flag("put", on, step, c.read_cycles());
    let last = m.pipe("last", on, over, c.read_cycles());
    outlet.drive(step, put, m.lanes(&y), last, out);
    over
}

/// Where the loops over slots stand.
#[derive(Clone, Copy)]
struct Moves<'m> {
    step: Bool<'m>,
    slot_ends: Bool<'m>,
    slot_last: Bool<'m>,
    head_last: Bool<'m>,
}

/// The address of a head's words, slot by slot, of so many words a slot.
fn address<'m>(c: &Config, m: &'m Mod<'_>, name: &str, words: u32, moves: Moves<'m>) -> UInt<'m> {
    let all = u64::from(c.tokens) * u64::from(words);
    let w = bits_for_count(all);
    let at = m.reg_u(&format!("{name}_at"), w).reset(0);
    let own = words / c.heads;
    // From a head's last word in a slot to its first one in the next slot; from its last one of all to the next head's first one.
    let jump = (at.q() + m.lit(u64::from(words - own + 1))).trunc(w).called(format!("{name}_jump"));
    let next = (at.q() + m.u(1, 1)).trunc(w).called(format!("{name}_next"));
    // Of one slot a head's last word is in front of the next head's first one.
    let head = match all - u64::from(words) {
        0 => next,
        back => (at.q() - m.lit(back - 1)).as_unsigned().trunc(w).called(format!("{name}_head")),
    };
    let head = moves.head_last.pick(m.u(0, w), head);
    let behind = moves.slot_last.pick(head, jump).called(format!("{name}_behind"));
    at.set_when(moves.step, moves.slot_ends.pick(behind, next));
    at.q()
}
