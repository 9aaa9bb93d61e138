use super::{Checked, Config};
use crate::blocks::replay::{replay, Replay, Times};
use crate::hdl::{Bool, Build, Mod, SInt, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::Bits;

/// Newton's start: 48/17 in Q2.29, and -32/17.
const START: i64 = 1_515_870_810;
const SLOPE: i64 = -1_010_580_540;
/// Multiplications: one for the start, two for each of three steps.
const PRODUCTS: u64 = 7;
/// Cycles of each: operands, product, result.
const EACH: u64 = 3;

/// What belongs to a code on its way.
struct Control<'m> {
    some: Bool<'m>,
    pass: UInt<'m>,
    first: Bool<'m>,
    last: Bool<'m>,
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let s = m.stream_in("s_axis", BeatShape::new(1, 8, true), true);
    let out = m.stream_out("m_axis", BeatShape::new(1, 8, true), true);

    m.section("everything moves as one, unless results wait at the end; the third pass waits for the reciprocal");
    let run = out.free().named("run");
    let hold = m.reg_b("hold").reset(0);
    let r = replay(&m, run & !hold.q(), s, c.classes, Times::Fixed(3));
    let read = Control { some: r.some & !hold.q(), pass: r.pass, first: r.first, last: r.last };
    let x1 = later(&m, run, &read, "1");
    let x2 = later(&m, run, &x1, "2");

    m.section("the largest code of the row, and how far each lies below it");
    let x = r.data.as_signed().named("x");
    let max = m.reg_s("max", 8);
    let larger = (x1.first | max.q().lt(x)).named("larger");
    max.set_when(run & x1.some & is(&m, x1.pass, 0) & larger, x);
    let below = (max.q() - x).as_unsigned().trunc(8).named("below");
    let words = c.table().into_iter().map(|e| Bits::from_u64(31, e as u64)).collect();
    let e = m.rom("exponentials", words, run, below);

    m.section("their sum, without the low bits");
    let sum = m.reg_u("sum", 28);
    let share = ((e + m.u(1 << 11, 12)) >> 12).trunc(20).named("share");
    let before = x2.first.pick(m.u(0, 28), sum.q());
    sum.set_when(run & x2.some & is(&m, x2.pass, 1), (before + share).trunc(28));
    let ready = (x2.some & is(&m, x2.pass, 1) & x2.last).named("sum_ready");

    let inverse = reciprocal(&m, run, hold, &r, ready, sum.q(), e);
    let y = result(&m, run, inverse.product, inverse.octave);
    let valid = m.pipe_flag("valid", run, x2.some & is(&m, x2.pass, 2), 3);
    out.drive(valid, y, Some(m.pipe("end", run, x2.last, 3)));
    m.finish()
}

fn is<'m>(m: &'m Mod<'_>, pass: UInt<'m>, n: u64) -> Bool<'m> {
    pass.eq(m.u(n, pass.width()))
}

/// One cycle later.
fn later<'m>(m: &'m Mod<'_>, run: Bool<'m>, c: &Control<'m>, n: &str) -> Control<'m> {
    Control {
        some: m.delay_flag(&format!("some{n}"), run, c.some),
        pass: m.delay(&format!("pass{n}"), run, c.pass),
        first: m.delay(&format!("first{n}"), run, c.first),
        last: m.delay(&format!("last{n}"), run, c.last),
    }
}

/// What the multiplier gives, and the sum's octave above the lowest one.
struct Inverse<'m> {
    product: SInt<'m>,
    octave: UInt<'m>,
}

/// `1 / sum` by Newton's steps on the one multiplier, which multiplies results and exponentials at all other times.
fn reciprocal<'m>(
    m: &'m Mod<'_>,
    run: Bool<'m>,
    hold: crate::hdl::Reg<'m, Bool<'m>>,
    r: &Replay<'m>,
    ready: Bool<'m>,
    sum: UInt<'m>,
    e: UInt<'m>,
) -> Inverse<'m> {
    m.section("the sum as a fraction: its leading one stands at bit 19 + octave");
    let norm = m.delay_flag("norm", run, ready);
    let mut octave_now = m.u(0, 4);
    for k in 1..=8u32 {
        octave_now = (sum >> (19 + k)).any().pick(m.u(k.into(), 4), octave_now);
    }
    let octave = m.reg_u("octave", 4);
    octave.set_when(run & norm, octave_now);
    let half = m.reg_u("half", 31);
    half.set_when(run & norm, (sum << 11).zext(39).shr_by(octave_now).trunc(31));

    m.section("Newton's steps: half a sum times x, x times what is missing");
    let busy = m.reg_b("busy").reset(0);
    let phase = m.counter("phase", EACH).reset(0);
    let product_at = m.counter("step", PRODUCTS).reset(0);
    let go = (run & busy.q()).named("go");
    let phase_end = m.count_to(phase, EACH, go).called("phase_end");
    let steps_end = m.count_to(product_at, PRODUCTS, go & phase_end).called("steps_end");
    let done = (busy.q() & phase_end & steps_end).named("done");
    busy.set_when(run, norm | (busy.q() & !done));
    hold.set_when(run, (r.step & r.last & is(m, r.pass, 1)) | (hold.q() & !done));

    let (x, rest) = (m.reg_s("inverse", 32), m.reg_s("missing", 32));
    let start = is(m, product_at.q(), 0);
    let odd = product_at.q().bit(0).named("half_times_inverse");
    let scale = (x.q().as_unsigned() << 1).named("twice");
    let scale = scale.bit(31).pick(m.u((1 << 31) - 1, 31), scale.trunc(31));
    let wide = |v: UInt<'m>| v.to_signed().at_width(32);
    let a = busy.q().pick((start | odd).pick(wide(half.q()), x.q()), wide(scale));
    let b = busy.q().pick(start.pick(m.s(SLOPE, 32), odd.pick(x.q(), rest.q())), wide(e));
    let (a, b) = (m.delay("factor_a", run, a), m.delay("factor_b", run, b));
    let product = m.delay("product", run, a * b);
    let high = ((product + m.s(1 << 30, 32)) >> 31).at_width(34).named("high");
    let write = (go & phase_end).named("write");
    rest.set_when(write & odd, (m.s(1 << 29, 32) - high).at_width(32));
    let moved = (high.at_width(34) << 2).clamp(i32::MIN.into(), i32::MAX.into()).called("moved");
    let next = start.pick((m.s(START, 32) + high).at_width(32), (x.q() + moved).at_width(32)).called("next_value");
    x.set_when(write & !odd, next);
    Inverse { product, octave: octave.q() }
}

/// `r e` with 8 bits behind the point, as a code.
fn result<'m>(m: &'m Mod<'_>, run: Bool<'m>, product: SInt<'m>, octave: UInt<'m>) -> UInt<'m> {
    m.section("results: rounded twice, as the kernel does it");
    let value = ((product.as_unsigned() + m.u(1 << 30, 31)) >> 31).trunc(32).named("value");
    let half = (m.u(1 << 22, 31)).shl_by(octave).trunc(31).named("half_a_code");
    let rounded = ((value + half) >> 23).shr_by(octave).named("rounded");
    let over = (rounded >> 8).any();
    let code = over.pick(m.u(255, 8), rounded.trunc(8)) ^ m.u(128, 8);
    m.delay("code", run, code)
}
