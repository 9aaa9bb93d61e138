use super::{Checked, Config};
use crate::hdl::{Bool, Build, Source, UInt};
use crate::ir::{BeatShape, ModuleId};

/// A value, in offset binary so that it compares unsigned, and where it stands.
type Candidate<'m> = (UInt<'m>, UInt<'m>);

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let s = m.stream_in("s_axis", BeatShape::new(c.lanes, c.bits, c.signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(1, c.index_bits(), false), true);
    let beats = u64::from(c.elements.div_ceil(c.lanes));

    m.section("position in the frame");
    let beat = m.counter("beat", beats).reset(0);
    let take = s.fire();
    let last = m.count_to(beat, beats, take).named("last");
    let first = beat.q().eq(m.u(0, beat.q().width())).named("first");

    m.section("largest lane of this beat, the lower lane where equal");
    let (value, lane) = tournament(lanes(c, s, last));
    let index = (beat.q() * m.lit(c.lanes.into()) + lane).trunc(c.index_bits()).named("index");

    m.section("largest so far; an earlier one stays where equal");
    let best = m.reg_u("best", value.width());
    let best_index = m.reg_u("best_index", c.index_bits());
    let better = (first | best.q().lt(value)).named("better");
    best.set_when(take & better, value.named("value"));
    best_index.set_when(take & better, index);

    m.section("the frame's result");
    let valid = m.reg_b("out_valid").reset(0);
    s.set_ready(!valid.q() | out.ready());
    valid.set_when(!valid.q() | out.ready(), take & last);
    out.drive(valid.q(), best_index.q(), Some(m.bool(true)));
    m.finish()
}

/// The lanes in use, each with its number; lanes that pad the last beat are at the lowest value there.
fn lanes<'m>(c: &Checked<Config>, s: Source<'m>, last: Bool<'m>) -> Vec<Candidate<'m>> {
    let m_bits = crate::num::bits_for_count(c.lanes.into());
    let used = c.elements - (c.elements.div_ceil(c.lanes) - 1) * c.lanes;
    (0..c.lanes)
        .map(|i| {
            let m = s.module();
            let raw = s.lane(i);
            let v = if c.signed {
                let sign = m.u(1, 1) << (c.bits - 1);
                raw ^ sign
            } else {
                raw
            };
            // Padding comes after every real lane, and of equals the first one stays.
            let v = if i < used { v } else { last.pick(m.u(0, v.width()), v) };
            (v, m.u(i.into(), m_bits))
        })
        .collect()
}

fn tournament<'m>(mut round: Vec<Candidate<'m>>) -> Candidate<'m> {
    while round.len() > 1 {
        round = round
            .chunks(2)
            .map(|p| match p {
                [a, b] => {
                    let later = a.0.lt(b.0);
                    (later.pick(b.0, a.0), later.pick(b.1, a.1))
                }
                _ => p[0],
            })
            .collect();
    }
    round[0]
}
