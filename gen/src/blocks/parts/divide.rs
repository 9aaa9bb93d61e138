//! Division of unsigned numbers, a bit of the quotient at a time: restoring in one place ([`serial`]), or a stage for each bit
//! ([`pipelined`]). A divisor of zero gives a quotient of ones.

use crate::hdl::{Bool, Mod, UInt};

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
