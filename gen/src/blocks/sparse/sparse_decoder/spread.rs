//! Rows of elements spread to where they lie: a group of places a cycle, and groups cut into beats.

use super::Config;
use crate::blocks::sparse::cutter::Row;
use crate::hdl::{Bool, Mod, Reg, Sink, UInt};
use crate::num::Bits;

/// Where the rows go: whether one is there, and its bits; whether it is taken.
pub fn spread<'m>(
    m: &'m Mod<'_>,
    c: &Config,
    there: Bool<'m>,
    bits: UInt<'m>,
    (out, report): (Sink<'m>, Sink<'m>),
) -> Bool<'m> {
    let cutter = c.cutter();
    let row = Row::of(&cutter, bits);
    let (within, index_bits) = (cutter.group.trailing_zeros(), cutter.group_index_bits());
    let beats_less = m.reg_u("beats_less", c.beat_bits());
    let placed = m.wire("placed");
    let stage = m.stage("placed", placed.value());
    let report_stage = m.stage("report", report.ready());
    let may = (there & stage.free() & report_stage.free()).named("may_place");

    // A row goes when no group needs it any more; a group goes when no other row has elements of it.
    let group = m.reg_u("group_now", index_bits).reset(0);
    let hit = (row.sits | row.top.map_or(m.bool(false), |top| top.eq(group.q()))).called("hit");
    let at_end = group.q().eq(row.size_less.slice(within, index_bits)).called("at_end");
    let gives = (!row.end & (row.fin | !hit | (row.closes & !at_end))).named("gives");
    let goes = row.end | row.fin.pick(at_end, hit);
    let taken = (may & goes).named("row_taken");
    let next = (group.q() + m.u(1, 1)).trunc(index_bits).called("group_after");
    group.set_when(may & gives, at_end.pick(m.u(0, index_bits), next));
    let block_ends = (row.fin & at_end).called("block_ends");

    m.section("what a tensor was: its elements, and the first of its blocks that is malformed");
    let (reports, said) = tell(m, c, &row, may, block_ends);
    report_stage.fill(reports);
    report.drive(report_stage.valid(), m.delay("report", reports, said), None);

    m.section("elements of this group to their places");
    let steps = (may & !row.end).named("steps_on");
    stage.fill(there & report_stage.free() & !row.end);
    let hold = |name: &str, v: UInt<'m>| m.delay(name, steps, v);
    // Of a group of its own all elements are here.
    let of =
        |i: usize| row.there.bit(i as u32) & row.groups.get(i).map_or(m.bool(true), |g| row.sits | g.eq(group.q()));
    let here: Vec<Bool> = (0..cutter.group).map(|i| m.delay(&format!("here{i}"), steps, of(i as usize))).collect();
    let lane: Vec<UInt> = (0..cutter.group).map(|i| hold(&format!("lane{i}"), row.places[i as usize])).collect();
    let value: Vec<UInt> = (0..cutter.group).map(|i| hold(&format!("placed{i}"), row.values[i as usize])).collect();
    let given = m.delay("given", steps, gives);
    let tensor_ends = m.delay("given_last", steps, block_ends & row.ends);
    let full = m.u(u64::from(cutter.group / c.lanes) - 1, c.beat_bits());
    let beats = at_end.pick((row.size_less.trunc(within) >> c.lanes.trailing_zeros()).at_width(c.beat_bits()), full);
    let beats = hold("given_beats_less", beats);
    let element = |l: u32| {
        let is = |i: usize| (here[i] & lane[i].eq(m.u(l.into(), within))).repeat(c.width) & value[i];
        (0..value.len()).map(is).reduce(|a, b| a | b).unwrap_or(m.u(0, c.width))
    };
    let elements = m.lanes(&(0..cutter.group).map(element).collect::<Vec<_>>());
    let so_far = m.reg_u("so_far", elements.width()).reset(0);
    let all = (so_far.q() | elements).named("elements");
    let zeros = m.bits(Bits::zero(elements.width()));
    let moves = (stage.valid() & placed.value()).named("placed_moves");
    so_far.set_when(moves, given.pick(zeros, all));

    m.section("beats of a group");
    let group = Group { at: stage.valid() & given, elements: all, beats_less: beats, last: tensor_ends };
    let free = give(m, c, beats_less, &group, out);
    placed.drive(!given | free);
    taken
}

/// Whether a tensor ends, and what is said of it: its elements, and the number of its first malformed block above them.
fn tell<'m>(m: &'m Mod<'_>, c: &Config, row: &Row<'m>, may: Bool<'m>, block_ends: Bool<'m>) -> (Bool<'m>, UInt<'m>) {
    let report_bits = c.report_bits;
    let counted = m.reg_u("counted", report_bits).reset(0);
    let blocks = m.reg_u("blocks", report_bits).reset(0);
    let malformed = m.reg_u("malformed", report_bits).reset(0);
    let one = m.u(1, 1);
    let zero = m.u(0, report_bits);
    let block = blocks.q().all().pick(blocks.q(), (blocks.q() + one).trunc(report_bits)).called("block_number");
    let sum = (counted.q() + row.size_less + one).trunc(report_bits).called("counted_next");
    let counts = (may & (block_ends | row.end)).named("counts");
    counted.set_when(counts, row.end.pick(zero, sum));
    blocks.set_when(counts, row.end.pick(zero, block));
    let number = row.end.pick(blocks.q(), block);
    let found = (row.wrong & !malformed.q().any()).called("found");
    let first = found.pick(number, malformed.q());
    malformed.set_when(counts, row.end.pick(zero, first));
    let reports = (may & row.end).named("reports");
    (reports, m.concat(&[first, counted.q()]))
}

/// A group that is complete.
struct Group<'m> {
    /// There is one.
    at: Bool<'m>,
    elements: UInt<'m>,
    /// Its beats less one.
    beats_less: UInt<'m>,
    /// It is the tensor's last.
    last: Bool<'m>,
}

/// Its beats, one behind the other; whether there is a place for it.
fn give<'m>(m: &'m Mod<'_>, c: &Config, beats_less: Reg<'m, UInt<'m>>, group: &Group<'m>, out: Sink<'m>) -> Bool<'m> {
    let valid = m.reg_b("beats_valid").reset(0);
    let last = (!beats_less.q().any()).called("beats_last");
    let gone = (valid.q() & out.ready()).named("beat_gone");
    let free = (!valid.q() | (gone & last)).called("beats_free");
    let loads = (group.at & free).named("beats_load");
    let beat = c.lanes * c.width;
    let held = m.reg_u("beats", group.elements.width());
    held.set_when(loads | gone, loads.pick(group.elements, (held.q() >> beat).zext(held.q().width())));
    let less = (beats_less.q() - m.u(1, 1)).as_unsigned().trunc(c.beat_bits()).called("beats_less_next");
    beats_less.set_when(loads | gone, loads.pick(group.beats_less, less));
    valid.set_when(loads | gone, loads | !last);
    let frame_last = m.delay("beats_last_of_frame", loads, group.last);
    out.drive(valid.q(), held.q().trunc(beat), Some(last & frame_last));
    free
}

impl Config {
    /// Bits that name a beat of a group.
    fn beat_bits(&self) -> u32 {
        crate::num::bits_for_count((self.cutter().group / self.lanes).into())
    }
}
