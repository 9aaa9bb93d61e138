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
    let take = s.fire();
    let beat = m.count("beat", beats, take);
    let last = beat.at_last;

    m.section("largest lane of this beat, the lower lane where equal");
    let (value, lane) = tournament(lanes(c, s, last));
    let index = (beat.value * m.lit(c.lanes.into()) + lane).trunc(c.index_bits()).named("index");

    m.section("largest so far; an earlier one stays where equal");
    let best = m.reg_u("best", value.width());
    let best_index = m.reg_u("best_index", c.index_bits());
    let better = (beat.at_first | best.q().lt(value)).named("better");
    best.set_when(take & better, value.named("value"));
    best_index.set_when(take & better, index);

    m.section("the frame's result");
    let held = m.stage("out", out.ready());
    s.set_ready(held.free());
    held.fill(take & last);
    out.drive(held.valid(), best_index.q(), Some(m.bool(true)));
    m.finish()
}

/// The lanes in use, each with its number; lanes that pad the last beat are at the lowest value there.
fn lanes<'m>(c: &Checked<Config>, s: Source<'m>, last: Bool<'m>) -> Vec<Candidate<'m>> {
    let m_bits = crate::num::bits_for_count(c.lanes.into());
    let used = s.lanes_used(last, c.elements.into());
    (0..c.lanes)
        .zip(used)
        .map(|(i, used)| {
            let m = s.module();
            let raw = s.lane(i);
            let v = if c.signed {
                let sign = (m.u(1, 1) << (c.bits - 1)).called("sign");
                raw ^ sign
            } else {
                raw
            };
            // Padding comes after every real lane, and of equals the first one stays.
            let v = used.pick(v, m.u(0, v.width()));
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
                    let later = a.0.lt(b.0).called("later");
                    (later.pick(b.0, a.0), later.pick(b.1, a.1))
                }
                _ => p[0],
            })
            .collect();
    }
    round[0]
}
