//! Division of unsigned numbers, a bit of the quotient at a time: restoring in one place ([`serial`]), or a stage for each bit
//! ([`pipelined`], and [`by_constant`]). A divisor of zero gives a quotient of ones.

use crate::hdl::{Bool, Mod, UInt};
use crate::num::bits_for_unsigned;

/// The dividend's bits below its first ones.
#[derive(Clone, Copy, Debug)]
pub enum Low<'m> {
    /// All of them ones.
    Ones,
    /// All of them zeros.
    Zeros,
    /// As many as the quotient has.
    Bits(UInt<'m>),
}

/// What is divided.
#[derive(Clone, Copy, Debug)]
pub struct Dividend<'m> {
    /// Its upper bits: a number below the divisor, or the quotient does not fit.
    pub high: UInt<'m>,
    /// The rest: one bit for each of the quotient.
    pub low: Low<'m>,
}

/// What a division found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'m> {
    /// In this cycle.
    pub ready: Bool<'m>,
    /// The quotient.
    pub quotient: UInt<'m>,
    /// What it was divided by, until the next start.
    pub divisor: UInt<'m>,
    /// The remainder.
    pub rest: UInt<'m>,
}

/// Cycles from a start of [`serial`] to the next one.
pub fn serial_apart(bits: u32) -> u64 {
    u64::from(bits) + 1
}

/// `floor(dividend / divisor)`, `bits` wide, one bit a cycle from the highest. Operands are taken where `start`; starts lie [`serial_apart`] cycles apart
/// at least. All is found in the cycle of the flag, `bits + 1` after the start.
pub fn serial<'m>(
    m: &'m Mod<'_>,
    name: &str,
    start: Bool<'m>,
    dividend: Dividend<'m>,
    divisor: UInt<'m>,
    bits: u32,
) -> Found<'m> {
    let w = divisor.width();
    let step = m.counter(&format!("{name}_step"), u64::from(bits) + 1).reset(0);
    let sw = step.q().width();
    let busy = step.q().any().named(format!("{name}_busy"));
    let less = (step.q() - m.u(1, 1)).as_unsigned().trunc(sw).called(format!("{name}_step_less"));
    step.set_when(start | busy, start.pick(m.u(bits.into(), sw), less));
    let divisor = m.delay(&format!("{name}_divisor"), start, divisor);
    let rest = m.reg_u(&format!("{name}_rest"), w);
    let quotient = m.reg_u(&format!("{name}_quotient"), bits);
    let next = match dividend.low {
        Low::Ones => m.u(1, 1),
        Low::Zeros => m.u(0, 1),
        Low::Bits(_) => quotient.q().bit(bits - 1).to_uint(),
    };
    let twice = m.concat(&[rest.q(), next]).named(format!("{name}_twice"));
    let left = (twice - divisor.zext(w + 1)).named(format!("{name}_left"));
    let goes = (!left.is_negative()).named(format!("{name}_goes"));
    let kept = goes.pick(left.as_unsigned().trunc(w), twice.trunc(w)).called(format!("{name}_kept"));
    rest.set_when(start | busy, start.pick(dividend.high.zext(w), kept));
    let shifted = if bits == 1 { goes.to_uint() } else { m.concat(&[quotient.q().trunc(bits - 1), goes.to_uint()]) };
    match dividend.low {
        Low::Bits(low) => quotient.set_when(start | busy, start.pick(low, shifted)),
        _ => quotient.set_when(busy, shifted),
    }
    let ready = m.delay_flag(&format!("{name}_ready"), m.bool(true), step.q().eq(m.u(1, sw)));
    Found { ready, quotient: quotient.q(), divisor, rest: rest.q() }
}

/// `floor(v / divisor)` of a constant `v`, a stage for each of the `bits` that a quotient has at most, a quotient a cycle. Stages are as wide as what is
/// left can be.
pub fn pipelined<'m>(m: &'m Mod<'_>, name: &str, v: u64, bits: u32, divisor: UInt<'m>) -> UInt<'m> {
    let (on, w) = (m.bool(true), divisor.width());
    // Above them nothing goes, and what is left is the dividend's.
    let above = (v >> bits != 0).then(|| m.lit(v >> bits));
    let (mut rest, mut divisor, mut quotient): (_, _, Option<UInt>) = (above, divisor, None);
    for i in 0..bits {
        let next = m.u((v >> (bits - 1 - i)) & 1, 1);
        let taken = rest.map_or(next, |rest| m.concat(&[rest, next]));
        // As many bits of the divisor as what is left has; with any above them nothing goes.
        let here = taken.width().min(w);
        let left = (taken - divisor.trunc(here).zext(taken.width())).named(format!("{name}_left{i}"));
        let mut goes = !left.is_negative();
        if here < w {
            goes = goes & !divisor.slice(here, w - here).any();
        }
        let goes = goes.named(format!("{name}_goes{i}"));
        let kept = goes.pick(left.as_unsigned().trunc(here), taken.trunc(here));
        rest = Some(m.delay(&format!("{name}_rest{i}"), on, kept));
        quotient = Some(m.delay(
            &format!("{name}_quotient{i}"),
            on,
            quotient.map_or(goes.to_uint(), |q| m.concat(&[q, goes.to_uint()])),
        ));
        if i + 1 < bits {
            divisor = m.delay(&format!("{name}_divisor{i}"), on, divisor);
        }
    }
    quotient.unwrap_or(m.u(0, 1))
}

/// `min(floor(v / divisor), 2^bits - 1)` of any two numbers, the divisor not zero: a stage for the comparison and one for each bit, a quotient a cycle.
pub fn staged<'m>(m: &'m Mod<'_>, name: &str, v: UInt<'m>, divisor: UInt<'m>, bits: u32) -> UInt<'m> {
    let (on, w) = (m.bool(true), divisor.width());
    let named = |what: &str, i: u32| format!("{name}_{what}{i}");
    let v = v.at_width(v.width().max(w + bits));
    let high = v.slice(bits, v.width() - bits).called(format!("{name}_high"));
    let over = m.delay(&format!("{name}_over"), on, high.ge(divisor.zext(high.width())));
    let mut rest = m.delay(&format!("{name}_rest"), on, high.trunc(w));
    let mut low = m.delay(&format!("{name}_low"), on, v.trunc(bits));
    let mut divisor = m.delay(&format!("{name}_divisor"), on, divisor);
    // The rest's lower bits leave, the quotient's come in.
    for i in 0..bits {
        let taken = m.concat(&[rest, low.bit(bits - 1).to_uint()]).named(named("taken", i));
        let left = (taken - divisor.zext(w + 1)).named(named("left", i));
        let goes = (!left.is_negative()).named(named("goes", i));
        rest = m.delay(&named("rest", i), on, goes.pick(left.as_unsigned().trunc(w), taken.trunc(w)));
        let shifted = if bits == 1 { goes.to_uint() } else { m.concat(&[low.trunc(bits - 1), goes.to_uint()]) };
        low = m.delay(&named("quotient", i), on, shifted);
        if i + 1 < bits {
            divisor = m.delay(&named("divisor", i), on, divisor);
        }
    }
    let over = m.pipe(&format!("{name}_over_late"), on, over, bits);
    over.pick(m.u((1 << bits) - 1, bits), low)
}

/// Quotient and rest by a constant, a bit of the quotient a stage: registers `<quotient><name>_<bit>b` and `rest<name>_<bit>b` that move where `run`.
pub fn by_constant<'m>(
    m: &'m Mod<'_>,
    (quotient, name): (&str, &str),
    run: Bool<'m>,
    v: UInt<'m>,
    divisor: u64,
    bits: u32,
) -> (UInt<'m>, UInt<'m>) {
    let (mut q, mut rest): (Option<UInt>, _) = (None, v);
    for i in (0..bits).rev() {
        // What is left is below twice this divisor.
        let by = divisor << i;
        let left = (rest - m.lit(by)).called(format!("left{name}_{i}b"));
        let goes = !left.is_negative();
        let w = bits_for_unsigned(u128::from(by) - 1).min(rest.width());
        let kept = goes.pick(left.as_unsigned().at_width(w), rest.at_width(w));
        rest = m.delay(&format!("rest{name}_{i}b"), run, kept);
        let bits = q.map_or(goes.to_uint(), |q| m.concat(&[q, goes.to_uint()]));
        q = Some(m.delay(&format!("{quotient}{name}_{i}b"), run, bits));
    }
    (q.unwrap_or(m.u(0, 1)), rest)
}
