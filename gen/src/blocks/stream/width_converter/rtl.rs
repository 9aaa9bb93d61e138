use super::{Checked, Config};
use crate::hdl::{Build, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_count;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let s = m.stream_in("s_axis", BeatShape::new(c.in_lanes, c.bits, c.signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.out_lanes, c.bits, c.signed), true);
    let sizes = c.derived();
    let (unit_bits, places) = (sizes.unit * c.bits, sizes.places);

    m.section("fill level, in units of the lanes' common divisor");
    let level = m.counter("level", u64::from(places) + 1).reset(0);
    let w = level.q().width();
    let units = |n: u32| m.u(n.into(), w);
    let reserve = sizes.take.max(sizes.tail);
    s.set_ready(level.q().le(units(places - reserve)));
    let some = level.q().ge(units(sizes.give)).named("some");
    let take = s.fire().named("take");
    let give = (some & out.ready()).named("give");

    m.section("beats of the frame, in and out");
    let beat_in = m.counter("beat_in", sizes.beats_in).reset(0);
    let last_in = m.count_to(beat_in, sizes.beats_in, take).named("last_in");
    let beat_out = m.counter("beat_out", sizes.beats_out).reset(0);
    let last_out = m.count_to(beat_out, sizes.beats_out, give).named("last_out");

    m.section("what is left after giving, and the level that follows");
    let rest = (level.q() - give.pick(units(sizes.give), units(0))).as_unsigned().trunc(w).named("rest");
    let added = last_in.pick(units(sizes.tail), units(sizes.take));
    level.set((rest + take.pick(added, units(0))).trunc(w));

    m.section("elements: the given beat leaves at the bottom, the taken one is merged at the level");
    let held = m.reg_u("held", places * unit_bits).reset(0);
    let out_bits = sizes.give * unit_bits;
    let shifted = if places == sizes.give {
        m.u(0, 1).zext(held.q().width())
    } else {
        (held.q() >> out_bits).zext(held.q().width())
    };
    let kept = give.pick(shifted, held.q()).named("kept");
    let taken = taken_elements(c, s.data(), last_in);
    let highest = places - sizes.take;
    let placed: Vec<UInt> = (0..=highest)
        .map(|at| {
            let wide = if at == 0 { taken } else { taken << (at * unit_bits) };
            wide.zext(held.q().width())
        })
        .collect();
    // The level after giving selects the place; it never exceeds `highest` when a beat is taken.
    let index_bits = bits_for_count(u64::from(highest) + 1);
    let merged = m.select(rest.zext(w.max(index_bits)), &placed).named("placed");
    held.set(kept | take.pick(merged, m.u(0, 1).zext(held.q().width())));

    let last = last_out;
    out.drive(some, held.q().trunc(out_bits), Some(last));
    m.finish()
}

/// The beat with the padding lanes of a frame's last beat cleared.
fn taken_elements<'m>(c: &Checked<Config>, data: UInt<'m>, last: crate::hdl::Bool<'m>) -> UInt<'m> {
    let used = c.elements - (c.derived().beats_in as u32 - 1) * c.in_lanes;
    if used == c.in_lanes {
        return data;
    }
    let clean = data.trunc(used * c.bits).zext(data.width());
    last.pick(clean, data).named("taken")
}
