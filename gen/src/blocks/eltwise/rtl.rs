use super::{Checked, Config, Kind};
use crate::hdl::{Build, Mod, SInt, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_range, Range};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let r = c.derived();
    let a = m.stream_in("a_axis", BeatShape::new(c.lanes, c.a_bits, c.a_signed), true);
    let b = m.stream_in("b_axis", BeatShape::new(c.lanes, c.b_bits, c.b_signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes, r.bits, true), true);

    m.section("a beat of both operands at once");
    let run = out.free().named("run");
    let both = (a.valid() & b.valid()).named("both");
    a.set_ready(run & b.valid());
    b.set_ready(run & a.valid());

    m.section("results, registered");
    let lane = |k: u32| {
        let (x, y) = (above(&m, a, k, c.a_zero, r.a), above(&m, b, k, c.b_zero, r.b));
        let result = match c.kind {
            Kind::Add => x + y,
            Kind::Mul => x * y,
        };
        result.named(format!("result{k}")).at_width(r.bits).as_unsigned()
    };
    let results = m.lanes(&(0..c.lanes).map(lane).collect::<Vec<UInt>>());
    let valid = m.delay_flag("valid", run, both);
    out.drive(valid, m.delay("results", run, results), Some(m.delay("end", run, a.last())));
    m.finish()
}

/// An element without its zero point.
fn above<'m>(m: &'m Mod<'_>, s: Source<'m>, k: u32, zero: i64, range: Range) -> SInt<'m> {
    let x = s.lane_number(k);
    let constant = Range::new(zero.into(), zero.into());
    let moved = if zero == 0 { x } else { x - m.s(zero, bits_for_range(constant, true)) };
    moved.at_width(bits_for_range(range, true))
}
