use super::{Checked, Config, CYCLES};
use crate::blocks::parts::under_way::has_room;
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_count;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let gates = m.stream_in("a_axis", BeatShape::new(c.lanes, c.gate_bits, false), true);
    let candidates = m.stream_in("b_axis", BeatShape::new(c.lanes, c.bits, true), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes, c.state_bits(), true), true);
    let beats = c.beats();

    m.section("registers in line, all of which move together; a beat of both operands at once");
    let run = out.free().named("run");
    let valid: Vec<_> = (0..CYCLES).map(|i| m.reg_b(&format!("valid_p{i}")).reset(0)).collect();
    let may = run & has_room(&m, beats, &valid.iter().map(|v| v.q()).collect::<Vec<_>>());
    let take = (gates.valid() & candidates.valid() & may).named("take");
    gates.set_ready(may & candidates.valid());
    candidates.set_ready(may & gates.valid());
    let mut before = take;
    for v in &valid {
        v.set_when(run, before);
        before = v.q();
    }
    let last = m.pipe("last", run, gates.last(), CYCLES);

    m.section("the state, zero in the first frame after reset");
    let addr_bits = bits_for_count(beats.into());
    let beat = m.counter("beat", beats.into()).reset(0);
    m.count_to(beat, beats.into(), take);
    let at = beat.q().at_width(addr_bits);
    let old = m.reg_b("old").reset(0);
    let ends = at.eq(m.u(u64::from(beats) - 1, addr_bits)).named("ends");
    old.set_when(take & ends, m.bool(true));
    let here = m.pipe_flag("here", run, old.q(), 1);
    let state = m.ram("state", c.lanes * c.state_bits(), beats);
    let kept = state.read(take, at).named("kept");

    let lanes: Vec<UInt> = (0..c.lanes)
        .map(|k| {
            let h = kept.slice(k * c.state_bits(), c.state_bits());
            lane(&m, c, k, run, (gates.lane(k), candidates.lane(k)), here.pick(h, m.u(0, c.state_bits())))
        })
        .collect();
    let written = m.pipe("at", run, at, CYCLES);
    let data = m.lanes(&lanes);
    let done = valid[CYCLES as usize - 1].q();
    state.write(run & done, written, data);
    out.drive(done, data, Some(last));
    m.finish()
}

/// The new state of a lane: of its gate, its candidate and, a cycle later, the state before.
fn lane<'m>(
    m: &'m Mod<'_>,
    c: &Checked<Config>,
    k: u32,
    run: Bool<'m>,
    (gate, candidate): (UInt<'m>, UInt<'m>),
    kept: UInt<'m>,
) -> UInt<'m> {
    let named = |what: &str| format!("{what}{k}");
    let bits = c.state_bits();
    let candidate = m.pipe(&named("candidate"), run, candidate.as_signed(), 2);
    let h = m.delay(&named("h"), run, kept.as_signed());
    let apart = m.delay(&named("apart"), run, h - (candidate << c.up).called("v"));
    let f = m.pipe(&named("gate"), run, gate, 3);
    let product = m.delay(&named("product"), run, apart * f.to_signed());
    let moved = (product + m.s(1 << (c.gate_bits - 1), c.gate_bits + 1)) >> c.gate_bits;
    let v = (m.pipe(&named("candidate_late"), run, candidate, 2) << c.up).called("v");
    let new = (v + moved.at_width(bits + 1)).at_width(bits).called("new");
    m.delay(&named("y"), run, new.as_unsigned())
}
