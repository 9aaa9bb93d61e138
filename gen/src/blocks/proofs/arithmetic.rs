//! Dividers and roots. A restoring divider repeats one step: of a step alone the claim is linear and proven at the widths that blocks use, of whole
//! dividers at small ones, where a solver can multiply.

use super::{obligation, seen, tabled, Defect, Obligation, Obligations, Over};
use crate::blocks::parts::divide::{self, Dividend, Low};
use crate::blocks::parts::sqrt;
use crate::hdl::{Bool, Mod, UInt};

pub fn obligations() -> Obligations {
    Ok(vec![
        serial(5, 5, Lows::Bits)?,
        serial(6, 6, Lows::Ones)?,
        serial(6, 6, Lows::Zeros)?,
        serial(34, 1, Lows::Bits)?,
        pipelined(255, 8, 8)?,
        pipelined(201, 5, 7)?,
        staged(5, 10, 5)?,
        staged(32, 33, 1)?,
        by_constant(12, 19, 7)?,
        by_constant(16, 455, 5)?,
        root(10)?,
    ])
}

/// Which bits a serial divider's dividend has below its first ones.
#[derive(Clone, Copy, Debug)]
enum Lows {
    Bits,
    Ones,
    Zeros,
}

/// Something that takes operands at a start and has a result `cycles` later; starts come no closer than that. What the starts were given, and whether
/// a result is due.
fn started<'m, const N: usize>(
    m: &'m Mod<'_>,
    cycles: u32,
    operands: [UInt<'m>; N],
) -> (Bool<'m>, Bool<'m>, [UInt<'m>; N]) {
    let age = m.counter("age", u64::from(cycles) + 1).reset(0);
    let w = age.q().width();
    let waits = age.q().any().named("waits");
    let start = (m.input("wanted", 1).any() & !waits).named("start");
    let next = (age.q() - m.u(1, 1)).as_unsigned().trunc(w);
    age.set_when(start | waits, start.pick(m.u(cycles.into(), w), next));
    let due = age.q().eq(m.u(1, w)).named("due");
    let mut n = 0;
    let held = operands.map(|o| {
        n += 1;
        m.delay(&format!("operand{n}"), start, o)
    });
    (start, due, held)
}

fn serial(width: u32, bits: u32, lows: Lows) -> Result<Obligation, Defect> {
    let name = format!("divide::serial, {width} bits, quotient of {bits}, low {lows:?}");
    let claim = "quotient divisor + rest = dividend, rest < divisor; by zero a quotient of ones; ready bits + 1 cycles after a start, and never else";
    obligation(name, claim, Over::Induction(bits + 3), |m, fault| {
        // The quotient fits: what lies above its bits is below the divisor.
        let (divisor, high, low) = (m.input("divisor", width), m.input("high", width), m.input("low", bits));
        let high = (high.lt(divisor) | !divisor.any()).pick(high, m.u(0, width)).named("high_fits");
        let (start, due, [d, h, l]) = started(m, bits + 1, [divisor, high, low]);
        let (given, l) = match lows {
            Lows::Bits => (Low::Bits(low), l),
            Lows::Ones => (Low::Ones, m.u((1 << bits) - 1, bits)),
            Lows::Zeros => (Low::Zeros, m.u(0, bits)),
        };
        let found = divide::serial(m, "divider", start, Dividend { high, low: given }, divisor, bits);
        let q = seen(m, found.quotient, fault);
        let w = width + bits + 1;
        let whole = (q * d + found.rest).zext(w).eq(m.concat(&[h, l]).zext(w)) & found.rest.lt(d);
        let right = d.any().pick(whole, q.eq(m.u((1 << bits) - 1, bits)));
        !(found.ready ^ due) & (!due | right & found.divisor.eq(d))
    })
}

fn pipelined(v: u64, bits: u32, width: u32) -> Result<Obligation, Defect> {
    let quotient = |d: u64| v.checked_div(d).unwrap_or((1 << bits) - 1);
    let table: Vec<Option<u64>> = (0..1 << width).map(|d| Some(quotient(d)).filter(|q| q >> bits == 0)).collect();
    let claim = "floor(v / divisor) of every divisor whose quotient fits; by zero ones";
    tabled(format!("divide::pipelined, {v} by {width} bits, quotient of {bits}"), claim, bits, &table, |m, divisor| {
        divide::pipelined(m, "divider", v, bits, divisor)
    })
}

fn staged(width: u32, v_bits: u32, bits: u32) -> Result<Obligation, Defect> {
    let name = format!("divide::staged, {v_bits} by {width} bits, quotient of {bits}");
    let cycles = bits + 1;
    obligation(
        name,
        "min(floor(v / divisor), 2^bits - 1) of every v and divisor but zero",
        Over::Induction(cycles),
        |m, fault| {
            let on = m.bool(true);
            let (v, divisor) = (m.input("v", v_bits), m.input("divisor", width));
            let q = seen(m, divide::staged(m, "divider", v, divisor, bits), fault);
            let (v, d) = (m.pipe("v", on, v, cycles), m.pipe("d", on, divisor, cycles));
            let filled = m.pipe_flag("filled", on, on, cycles);
            let w = v_bits.max(width + bits) + 2;
            let (part, ones) = ((q * d).zext(w), q.eq(m.u((1 << bits) - 1, bits)));
            let more = (part + d).trunc(w);
            !filled | !d.any() | part.le(v.zext(w)) & (ones | more.gt(v.zext(w)))
        },
    )
}

fn by_constant(v_bits: u32, divisor: u64, bits: u32) -> Result<Obligation, Defect> {
    let claim = "quotient divisor + rest = v, rest < divisor, of every v whose quotient fits";
    obligation(
        format!("divide::by_constant, {v_bits} bits by {divisor}, quotient of {bits}"),
        claim,
        Over::Induction(bits),
        |m, fault| {
            let on = m.bool(true);
            let v = m.input("v", v_bits);
            let most = (divisor << bits).min(1 << v_bits) - 1;
            let v = v.clamp(0, most).at_width(v_bits);
            let (q, rest) = divide::by_constant(m, ("q", ""), on, v, divisor, bits);
            let (q, v) = (seen(m, q, fault), m.pipe("v", on, v, bits));
            let filled = m.pipe_flag("filled", on, on, bits);
            let w = v_bits + bits + 2;
            let sum = (q * m.lit(divisor) + rest).zext(w);
            !filled | sum.eq(v.zext(w)) & rest.lt(m.lit(divisor))
        },
    )
}

fn root(bits: u32) -> Result<Obligation, Defect> {
    let claim = "root^2 <= v < (root + 1)^2; ready bits / 2 + 1 cycles after a start, and never else";
    let cycles = bits.div_ceil(2) + 1;
    obligation(format!("sqrt::serial, {bits} bits"), claim, Over::Induction(cycles + 2), |m, fault| {
        let v = m.input("v", bits);
        let (start, due, [v_held]) = started(m, cycles, [v]);
        let (ready, root) = sqrt::serial(m, "root", start, v);
        let root = seen(m, root, fault);
        let w = 2 * root.width() + 2;
        let above = root + m.u(1, 1);
        let right = (root * root).zext(w).le(v_held.zext(w)) & (above * above).zext(w).gt(v_held.zext(w));
        !(ready ^ due) & (!due | right)
    })
}
