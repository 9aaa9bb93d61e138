use super::{Checked, Config, CYCLES};
use crate::hdl::{Bool, Build, Mod, SInt, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, Bits};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = BeatShape::new(c.lanes, c.out_bits(), c.out_signed());
    let s = m.stream_in("s_axis", BeatShape::new(c.lanes, c.bits, c.signed), true);
    let out = m.stream_out("m_axis", shape, true);
    let rest = c.rest.then(|| m.stream_out("m_rest", shape, true));

    m.section("all stages move together, where what leaves has a place");
    let stages: Vec<_> = [Some(("kept", out)), rest.map(|r| ("rest", r))]
        .into_iter()
        .flatten()
        .map(|(n, to)| (m.stage(n, to.ready()), n, to))
        .collect();
    let run = stages.iter().map(|(stage, ..)| stage.free()).fold(m.bool(true), |all, f| all & f).named("run");
    s.set_ready(run);
    let valid = m.pipe_flag("valid", run, s.valid(), CYCLES - 1);
    let last = m.pipe("last", run, s.last(), CYCLES);
    let thresholds = thresholds(c, &m, run, s.fire());

    m.section("an element's way from zero, against its threshold");
    let lanes: Vec<[UInt; 2]> =
        (0..c.lanes).map(|k| lane(c, &m, run, k, (s.lane(k), thresholds[k as usize]))).collect();
    for ((stage, _, to), of) in stages.iter().zip([0, 1]) {
        stage.fill(run & valid);
        to.drive(stage.valid(), m.lanes(&lanes.iter().map(|l| l[of]).collect::<Vec<_>>()), Some(last));
    }
    m.finish()
}

/// Each lane's threshold, two registers behind its beat.
fn thresholds<'m>(c: &Config, m: &'m Mod<'_>, run: Bool<'m>, fire: Bool<'m>) -> Vec<UInt<'m>> {
    let bits = c.threshold_bits();
    if let [one] = c.thresholds[..] {
        return vec![m.u(one as u64, bits); c.lanes as usize];
    }
    m.section("thresholds of a beat's channels");
    let words = c.thresholds.chunks(c.lanes as usize).map(|w| Bits::pack(w.iter().copied(), bits)).collect();
    let beats = u64::from(c.beats());
    let beat = m.count("beat", beats, fire);
    let of_beat = m.rom("thresholds", words, run, beat.value.at_width(bits_for_count(beats)));
    let of_beat = m.delay("thresholds", run, of_beat);
    (0..c.lanes).map(|k| of_beat.slice(k * bits, bits)).collect()
}

/// What is kept of an element and what is not, five registers later.
fn lane<'m>(c: &Config, m: &'m Mod<'_>, run: Bool<'m>, k: u32, (x, t): (UInt<'m>, UInt<'m>)) -> [UInt<'m>; 2] {
    let named = |what: &str| format!("{what}{k}");
    let x = m.delay(&named("x"), run, x);
    let bits = c.out_bits();
    let number: SInt = x.number(c.signed);
    let way = match c.zero {
        0 => number,
        zero => (number - m.s(zero, c.bits + 1)).trunc(bits).called(named("way_from_zero")),
    };
    let way = m.delay(&named("way"), run, way);
    let magnitude = m.delay(&named("magnitude"), run, way.abs());
    let t = m.delay(&named("threshold"), run, t);
    let wide = magnitude.width().max(t.width());
    let above = m.delay(&named("above"), run, magnitude.zext(wide).gt(t.zext(wide)));
    let way = m.pipe(&named("way_then"), run, way.as_unsigned().trunc(bits), 2);
    let none = m.bits(Bits::zero(bits));
    let kept = m.delay(&named("kept"), run, above.pick(way, none));
    [kept, if c.rest { m.delay(&named("rest"), run, above.pick(none, way)) } else { none }]
}
