use super::{Checked, Config, Kind, Order};
use crate::blocks::parts::float32::nearest_in_24_bits;
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, bits_for_unsigned, Range};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = c.derived();
    let s = m.stream_in("s_axis", BeatShape::new(c.lanes, c.bits, c.signed), true);
    let out = m.stream_out("m_axis", c.out_beat(shape), true);

    m.section("everything moves as one, unless results wait at the end");
    let run = out.free().named("run");
    s.set_ready(run);
    let step = s.fire().named("step");
    let tap = m.counter("tap", c.taps.into()).reset(0);
    let group = m.counter("group", shape.groups.into()).reset(0);
    let (last_tap, last_group) = match c.order {
        Order::Channels => {
            let last = m.count_to(tap, c.taps.into(), step).called("last");
            (last, m.count_to(group, shape.groups.into(), step & last))
        }
        Order::Taps => {
            let last = m.count_to(group, shape.groups.into(), step).called("last");
            (m.count_to(tap, c.taps.into(), step & last), last)
        }
    };
    let (first, group) = (!tap.q().any(), group.q());
    let end = last_tap & last_group;
    if !shape.ram {
        m.section("a register a lane");
        let w = shape.bits;
        let values: Vec<UInt> = (0..c.lanes)
            .map(|k| {
                let r = m.reg_u(&format!("value{k}"), w);
                r.set_when(step, joined(&m, c, first, r.q(), s.lane(k)));
                r.q()
            })
            .collect();
        let done = m.delay_flag("done", run, step & last_tap);
        out.drive(done, m.lanes(&values), Some(m.delay("end", run, end)));
        return m.finish();
    }
    m.section("running values, read a cycle before they are used");
    let bits = bits_for_count(shape.groups.into()).max(group.width());
    let address = group.zext(bits);
    let ram = m.ram("values", shape.bits * c.lanes, shape.groups);
    let before = ram.read(step, address);
    let valid = m.delay_flag("valid", run, step);
    let first = m.delay("first", run, first);
    let beat = m.delay("beat", run, s.data());
    let lane = |k: u32| {
        let old = before.slice(k * shape.bits, shape.bits).called("old");
        joined(&m, c, first, old, beat.slice(k * c.bits, c.bits)).named(format!("value{k}"))
    };
    let values = m.lanes(&(0..c.lanes).map(lane).collect::<Vec<_>>());
    ram.write(run & valid, m.delay("group_p1", run, address), values);
    let done = m.delay_flag("done", run, valid & m.delay("last", run, last_tap));
    out.drive(done, m.delay("results", run, values), Some(m.pipe("end", run, end, 2)));
    m.finish()
}

/// The value with another element: that alone, or from the start, where `first`.
fn joined<'m>(m: &'m Mod<'_>, c: &Checked<Config>, first: Bool<'m>, old: UInt<'m>, x: UInt<'m>) -> UInt<'m> {
    let w = c.derived().bits;
    match c.kind {
        Kind::Max if c.signed => first.pick(x, old.as_signed().max(x.as_signed()).as_unsigned()),
        Kind::Max => first.pick(x, old.max(x)),
        Kind::Float32 => {
            let x = if c.signed { x.as_signed() } else { x.to_signed() };
            let sum = (first.pick(m.s(0, w), old.as_signed()) + x).at_width(w + 1).called("sum");
            // A sum below a power of two rounds to that power at most: exact sums have no more bits than results.
            let Range { lo, hi } = c.derived().result;
            let bits = bits_for_unsigned(lo.unsigned_abs().max(hi.unsigned_abs()));
            let magnitude = sum.abs().trunc(bits).called("magnitude");
            let rounded = nearest_in_24_bits(magnitude, bits).to_signed().called("rounded");
            sum.is_negative().pick(-rounded, rounded.sext(bits + 2)).trunc(w).as_unsigned()
        }
        Kind::Sum => {
            let x = if c.signed { x.as_signed() } else { x.to_signed() };
            (first.pick(m.s(c.start, w), old.as_signed()) + x).trunc(w).as_unsigned()
        }
    }
}
