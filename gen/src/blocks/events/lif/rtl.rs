use super::{Checked, Config, Neuron, Reset, CYCLES};
use crate::blocks::parts::under_way::has_room;
use crate::hdl::{Bool, Build, Mod, SInt, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_count;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let x = m.stream_in("s_axis", BeatShape::new(c.lanes, c.bits, true), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes, 1, false), true);
    let beats = c.beats();

    m.section("registers in line, all of which move together");
    let run = out.free().named("run");
    let under_way: Vec<_> = (0..CYCLES).map(|i| m.reg_b(&format!("valid_p{i}")).reset(0)).collect();
    let may = run & has_room(&m, beats, &under_way.iter().map(|v| v.q()).collect::<Vec<_>>());
    x.set_ready(may);
    let take = x.fire().named("take");
    let mut before = take;
    for v in &under_way {
        v.set_when(run, before);
        before = v.q();
    }
    let last = m.pipe("last", run, x.last(), CYCLES);

    m.section("the state, zero in the first frame after reset");
    let addr_bits = bits_for_count(beats.into());
    let beat = m.count("beat", beats.into(), take);
    let at = beat.value.at_width(addr_bits);
    let old = m.reg_b("old").reset(0);
    old.set_when(take & beat.at_last, m.bool(true));
    let here = m.delay_flag("here", run, old.q());
    let state = m.ram("state", c.lanes * c.kept_bits(), beats);
    let kept = state.read(take, at).named("kept");
    let lanes: Vec<(UInt, UInt)> = (0..c.lanes)
        .map(|k| {
            let own = kept.slice(k * c.kept_bits(), c.kept_bits());
            let own = m.delay(&format!("kept{k}"), run, here.pick(own, m.u(0, c.kept_bits())));
            neuron(&m, c, k, run, x.lane(k).as_signed(), own)
        })
        .collect();

    m.section("events leave, and what is kept is written back");
    let events: Vec<UInt> = lanes.iter().map(|l| l.0).collect();
    let news: Vec<UInt> = lanes.iter().map(|l| l.1).collect();
    let done = before;
    state.write(run & done, m.pipe("at", run, at, CYCLES), m.lanes(&news));
    out.drive(done, m.lanes(&events), Some(last));
    m.finish()
}

/// An event and the new state of what came in and, two cycles later, the state before.
fn neuron<'m>(
    m: &'m Mod<'_>,
    c: &Checked<Config>,
    k: u32,
    run: Bool<'m>,
    x: SInt<'m>,
    kept: UInt<'m>,
) -> (UInt<'m>, UInt<'m>) {
    let named = |what: &str| format!("{what}{k}");
    let bits = c.state_bits;
    let threshold = m.s(c.threshold.into(), bits);
    let above = |u: SInt<'m>| u.gt(threshold);
    // What stays, a cycle later.
    let leaked = |what: &str, v: SInt<'m>, part: u32| {
        let product = m.delay(&named(&format!("{what}_product")), run, v * m.s(part.into(), c.fraction + 2));
        (product >> c.fraction).called(named(&format!("{what}_leaked")))
    };
    let u = kept.trunc(bits).as_signed();
    let fired = m.delay(&named("fired"), run, above(u));
    let stays = leaked("u", u, c.beta);
    let x = m.pipe(&named("in"), run, x, 3);
    let (current, zero) = (c.neuron == Neuron::CuBa, c.reset == Reset::Zero);
    let less = match c.reset {
        Reset::Subtract => stays - fired.pick(threshold, m.s(0, bits)),
        Reset::Zero => fired.pick(m.s(0, stays.width()), stays),
    };
    let less = m.delay(&named("less"), run, less);
    let drive = match c.neuron {
        Neuron::Leaky => m.delay(&named("drive"), run, x),
        Neuron::CuBa => {
            let s = kept.slice(bits, bits).as_signed();
            m.delay(&named("drive"), run, (leaked("s", s, c.alpha) + x).saturate(bits))
        }
    };
    let sum = (less + drive).saturate(bits).called(named("sum"));
    let sum = match current && zero {
        true => m.delay(&named("fired_late"), run, fired).pick(m.s(0, bits), sum),
        false => sum,
    };
    let new = m.delay(&named("potential"), run, sum);
    let event = m.delay(&named("event"), run, above(new)).to_uint();
    let new = m.delay(&named("u_new"), run, new).as_unsigned();
    match c.neuron {
        Neuron::Leaky => (event, new),
        Neuron::CuBa => {
            let s = m.pipe(&named("s_new"), run, drive, 2).as_unsigned();
            (event, m.concat(&[s, new]))
        }
    }
}
