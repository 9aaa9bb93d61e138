use super::{Checked, Config, Reads};
use crate::hdl::{Bool, Build, Mod, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_count;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let s = m.stream_in("s_axis", BeatShape::new(c.lanes, c.bits, c.signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes * c.banks, c.bits, c.signed), true);
    let run = out.free().named("run");
    let stored = m.level("stored", 2);
    s.set_ready(!stored.full());

    m.section("write side: the banks take turns; both halves of each lie one behind the other");
    let write = write(c, &m, s);

    m.section("read side: nested loops over all banks at once");
    let some = stored.some().named("some");
    let step = (run & some).named("step");
    let (at, end) = read_at(c.derived(), &m, step);
    stored.moves(write.filled, (step & end).named("emptied"));

    m.section("banks, and a register behind each");
    let word = c.lanes * c.bits;
    let banks: Vec<UInt> = write
        .enables
        .iter()
        .enumerate()
        .map(|(b, enable)| {
            let ram = m.ram(&format!("bank{b}"), word, 2 * c.derived().words);
            ram.write(*enable, write.at, if b == 0 { s.data() } else { write.others });
            m.delay(&format!("word{b}"), run, ram.read(step, at))
        })
        .collect();
    let lane = |b: usize, l: u32| banks[b].slice(l * c.bits, c.bits);
    let beat: Vec<UInt> = match c.across {
        true => (0..c.lanes).flat_map(|l| (0..banks.len()).map(move |b| (b, l))).map(|(b, l)| lane(b, l)).collect(),
        false => banks.clone(),
    };
    let valid = m.pipe_flag("valid", run, some, 2);
    let last = m.pipe("end", run, end, 2);
    out.drive(valid, m.lanes(&beat), Some(last));
    m.finish()
}

/// The write side of all banks.
struct Write<'m> {
    /// Address.
    at: UInt<'m>,
    /// Of each bank.
    enables: Vec<Bool<'m>>,
    /// What banks behind the first one store: zeros while that one is written, where outer indices beyond the last one exist.
    others: UInt<'m>,
    /// The last beat of a frame comes.
    filled: Bool<'m>,
}

fn write<'m>(c: &Checked<Config>, m: &'m Mod<'_>, s: Source<'m>) -> Write<'m> {
    let Reads { groups, group, words, .. } = *c.derived();
    let fire = s.fire();
    let width = bits_for_count(2 * u64::from(words));
    if c.banks == 1 {
        let at = m.count("write_at", 2 * u64::from(words), fire);
        let half = m.count("write_beat", words.into(), fire);
        let filled = (fire & half.at_last).named("filled");
        return Write { at: at.value, enables: vec![fire], others: s.data(), filled };
    }
    let place = m.count("place", group.into(), fire);
    let index = (fire & place.at_last).named("index_end");
    // The last group may be short: it ends with the last outer index.
    let outer = m.count("outer", c.outer.into(), index);
    let ragged = !c.outer.is_multiple_of(c.banks);
    let bank = m.counter("bank", c.banks.into()).reset(0);
    let (q, w) = (bank.q(), bank.q().width());
    let full = q.eq(m.u(u64::from(c.banks) - 1, w)).called("bank_last");
    let ends = if ragged { full | outer.at_last } else { full }.named("group_ends");
    bank.set_when(index, ends.pick(m.u(0, w), (q + m.u(1, 1)).trunc(w)));
    let filled = (index & outer.at_last).named("filled");

    let base = m.reg_u("group_at", width).reset(0);
    let total = u64::from(groups) * 2;
    if total > 1 {
        let halves = m.count("group_number", total, index & ends);
        let next = (base.q() + m.lit(group.into())).trunc(width).called("group_at_next");
        base.set_when(index & ends, halves.at_last.pick(m.u(0, width), next));
    }
    let at = (base.q() + place.value.at_width(width)).trunc(width).called("write_at");
    let first = q.eq(m.u(0, w)).called("bank_first");
    let enable = |b: u32| {
        let own = q.eq(m.u(b.into(), w));
        let own = if b > 0 && ragged { own | first } else { own };
        (fire & own).named(format!("write{b}"))
    };
    let enables = (0..c.banks).map(enable).collect();
    let data = s.data();
    let others = if ragged { first.pick(m.u(0, data.width()), data).named("behind_first") } else { data };
    Write { at, enables, others, filled }
}

/// The address of what is read, and that it is a frame's last beat.
fn read_at<'m>(reads: &Reads, m: &'m Mod<'_>, step: Bool<'m>) -> (UInt<'m>, Bool<'m>) {
    let width = bits_for_count(2 * u64::from(reads.words));
    let wrap = |v: i64| m.u(v.rem_euclid(1 << width) as u64, width);
    let at = m.reg_u("read_at", width).reset(0);
    let (mut go, mut all) = (step, m.bool(true));
    let (mut by, mut reach) = (wrap(0), 0);
    for l in reads.loops.iter().rev() {
        let loops = m.count(l.name, l.times.into(), go);
        // The innermost loop that goes on makes the step, from where those inside of it have ended.
        let own = wrap(l.stride as i64 - reach);
        by = (all & !loops.at_last).pick(own, by).called(format!("{}_step", l.name));
        reach += (i64::from(l.times) - 1) * l.stride as i64;
        (go, all) = (
            (go & loops.at_last).called(format!("{}_go", l.name)),
            (all & loops.at_last).called(format!("{}_all", l.name)),
        );
    }
    let end = all.named("read_end");
    let half = m.reg_b("read_half").reset(0);
    half.set_when(step & end, !half.q());
    let other = half.q().pick(m.u(0, width), m.u(reads.words.into(), width)).called("other_half");
    at.set_when(step, end.pick(other, (at.q() + by).trunc(width).called("read_next")));
    (at.q(), end)
}
