use super::{Checked, Config, CYCLES};
use crate::blocks::parts::fit::fit;
use crate::hdl::{Bool, Build, Mod, SInt, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, Bits};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = BeatShape::new(c.lanes, c.bits, true);
    let s = m.stream_in("s_axis", shape, true);
    let out = m.stream_out("m_axis", shape, true);
    let run = out.free().named("run");
    s.set_ready(run);

    m.section("cosines and sines of a beat's pairs");
    let (pairs, bits) = ((c.lanes / 2) as usize, c.turn_bits());
    let word = |turns: &[(i64, i64)]| {
        let both = turns.iter().flat_map(|(cosine, sine)| [*cosine, *sine]);
        Bits::pack(both, bits)
    };
    let words: Vec<Bits> = c.turns().chunks(pairs).map(word).collect();
    let beats = words.len() as u64;
    let beat = m.counter("beat", beats).reset(0);
    m.count_to(beat, beats, s.fire());
    let turns = m.rom("turns", words, run, beat.q().at_width(bits_for_count(beats)));
    let turns = m.delay("turns", run, turns);

    m.section("a register in each stage; all move together");
    let lanes: Vec<UInt> = (0..c.lanes / 2)
        .flat_map(|p| {
            let of = |k: u32| turns.slice((2 * p + k) * bits, bits).as_signed();
            let x = [0, 1].map(|k| m.pipe(&format!("x{}", 2 * p + k), run, s.lane(2 * p + k).as_signed(), 2));
            pair(&m, c, p, run, x, [of(0), of(1)])
        })
        .collect();
    let valid = m.pipe_flag("valid", run, s.valid(), CYCLES);
    let last = m.pipe("last", run, s.last(), CYCLES);
    out.drive(valid, m.lanes(&lanes), Some(last));
    m.finish()
}

/// Both results of a pair.
fn pair<'m>(
    m: &'m Mod<'_>,
    c: &Config,
    p: u32,
    run: Bool<'m>,
    x: [SInt<'m>; 2],
    [cosine, sine]: [SInt<'m>; 2],
) -> [UInt<'m>; 2] {
    let product = |name: &str, a: SInt<'m>, b: SInt<'m>| m.delay(&format!("{name}{p}"), run, a * b);
    let sums = [
        product("straight", x[0], cosine) - product("across", x[1], sine),
        product("risen", x[0], sine) + product("kept", x[1], cosine),
    ];
    let half = m.s(1 << (c.fraction - 1), c.fraction + 1);
    [0, 1].map(|k| {
        let sum = m.delay(&format!("sum{}", 2 * p + k as u32), run, (sums[k] + half) >> c.fraction);
        let y = fit(m, &format!("fit{}", 2 * p + k as u32), sum, c.bits, true);
        m.delay(&format!("y{}", 2 * p + k as u32), run, y)
    })
}
