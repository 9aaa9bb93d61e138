use super::{Checked, Config};
use crate::hdl::{Build, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_count;

/// Registers of an element: itself, its product, and that once more, for what is wider than a multiplier.
const CYCLES: u32 = 3;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let a = m.stream_in("a_axis", BeatShape::new(c.lanes, c.a_bits, true), true);
    let b = m.stream_in("b_axis", BeatShape::new(1, c.b_bits, false), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes, c.out_bits(), true), true);
    let beats = c.columns.div_ceil(c.lanes);

    m.section("a row's number is held until its last beat is taken; the next one waits beside it");
    let run = out.free().named("run");
    let held = m.reg_b("held").reset(0);
    let number = m.reg_u("number", c.b_bits);
    let take = (a.valid() & held.q() & run).named("take");
    a.set_ready(held.q() & run);
    let beat = m.counter("beat", beats.into()).reset(0);
    let at = beat.q().at_width(bits_for_count(beats.into()));
    let ends = at.eq(m.u(u64::from(beats) - 1, at.width())).named("ends");
    m.count_to(beat, beats.into(), take);
    let waits = m.reg_b("waits").reset(0);
    let next = m.reg_u("next", c.b_bits);
    b.set_ready(!waits.q());
    let free = (!held.q() | (take & ends)).named("free");
    let moves = (waits.q() & free).named("moves");
    next.set_when(b.fire(), b.data());
    waits.set_when(b.fire() | moves, b.fire());
    number.set_when(moves, next.q());
    held.set_when(free, waits.q());

    m.section("products, with registers on both sides");
    let by = m.delay("by", run, number.q());
    let lane = |k: u32| -> UInt<'_> {
        let x = m.delay(&format!("element{k}"), run, a.lane(k).as_signed());
        let product = (x * by.to_signed()).at_width(c.out_bits());
        m.pipe(&format!("product{k}"), run, product, CYCLES - 1).as_unsigned()
    };
    let lanes: Vec<UInt> = (0..c.lanes).map(lane).collect();
    let valid = m.pipe_flag("valid", run, take, CYCLES);
    let last = m.pipe("last", run, a.last(), CYCLES);
    out.drive(valid, m.lanes(&lanes), Some(last));
    m.finish()
}
