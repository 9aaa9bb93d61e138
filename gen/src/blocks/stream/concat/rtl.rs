use super::{Checked, Config};
use crate::hdl::{Build, Source};
use crate::ir::{BeatShape, ModuleId};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = BeatShape::new(c.lanes, c.bits, c.signed);
    let streams: Vec<Source> = (0..c.channels.len()).map(|k| m.stream_in(&format!("s{k}_axis"), shape, true)).collect();
    let out = m.stream_out("m_axis", shape, true);

    m.section("whose turn it is: each stream gives the beats of one pixel");
    let run = out.free().named("run");
    let count = streams.len() as u64;
    let turn = m.counter("turn", count).reset(0);
    let most = c.channels.iter().max().copied().unwrap_or(1) as u64 / u64::from(c.lanes);
    let beat = m.counter("beat", most).reset(0);
    let mine: Vec<_> = (0..count).map(|k| turn.q().eq(m.u(k, turn.q().width())).named(format!("turn_of{k}"))).collect();
    let (mut some, mut data, mut over) = (m.bool(false), streams[0].data(), m.bool(false));
    for ((s, mine), channels) in streams.iter().zip(&mine).zip(&c.channels) {
        s.set_ready(run & *mine);
        some = some | (*mine & s.valid());
        data = mine.pick(s.data(), data);
        let last_beat = m.u(*channels as u64 / u64::from(c.lanes) - 1, beat.q().width());
        over = over | (*mine & beat.q().eq(last_beat));
    }
    let (some, over) = (some.named("some"), over.named("over"));
    let step = (run & some).named("step");
    beat.set_when(step, over.pick(m.u(0, beat.q().width()), (beat.q() + m.u(1, 1)).trunc(beat.q().width())));
    m.count_to(turn, count, step & over);

    m.section("the beat, registered");
    let end = streams.last().zip(mine.last()).map_or(m.bool(false), |(s, mine)| *mine & s.last());
    let valid = m.delay_flag("valid", run, some);
    out.drive(valid, m.delay("data", run, data), Some(m.delay("end", run, end)));
    m.finish()
}
