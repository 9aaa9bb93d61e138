use num_bigint::BigUint;

use super::{Checked, Config, Kind};
use crate::hdl::{Build, Mod, SInt, Sink, Source, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, bits_for_range, Bits, Range};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let a = m.stream_in("a_axis", BeatShape::new(c.lanes, c.a_bits, c.a_signed), true);
    if c.constants.is_empty() {
        let b = m.stream_in("b_axis", BeatShape::new(c.lanes, c.b_bits, c.b_signed), true);
        two_streams(&m, c, a, b);
    } else if c.has_rom() {
        beside_rom(&m, c, a);
    } else {
        beside_one_beat(&m, c, a);
    }
    m.finish()
}

fn output<'m>(m: &'m Mod<'_>, c: &Checked<Config>) -> Sink<'m> {
    m.stream_out("m_axis", BeatShape::new(c.lanes, c.derived().bits, c.derived().signed), true)
}

fn two_streams<'m>(m: &'m Mod<'_>, c: &Checked<Config>, a: Source<'m>, b: Source<'m>) {
    let out = output(m, c);
    m.section("a beat of both operands at once");
    let run = out.free().named("run");
    let both = (a.valid() & b.valid()).named("both");
    a.set_ready(run & b.valid());
    b.set_ready(run & a.valid());

    m.section("results, registered");
    let valid = m.delay_flag("valid", run, both);
    let results = m.delay("results", run, results(m, c, a.data(), b.data()));
    out.drive(valid, results, Some(m.delay("end", run, a.last())));
}

/// Every beat beside the same constants.
fn beside_one_beat<'m>(m: &'m Mod<'_>, c: &Checked<Config>, a: Source<'m>) {
    let out = output(m, c);
    let run = out.free().named("run");
    a.set_ready(run);
    m.section("results, registered");
    let b = m.bits(word(c, &c.constants[..c.lanes as usize]));
    let valid = m.delay_flag("valid", run, a.valid());
    out.drive(valid, m.delay("results", run, results(m, c, a.data(), b)), Some(m.delay("end", run, a.last())));
}

fn beside_rom<'m>(m: &'m Mod<'_>, c: &Checked<Config>, a: Source<'m>) {
    let out = output(m, c);
    let run = out.free().named("run");
    a.set_ready(run);
    m.section("a beat of the operand, and that of constants beside it");
    let words: Vec<Bits> = c.constants.chunks(c.lanes as usize).map(|beat| word(c, beat)).collect();
    let n = words.len() as u64;
    let address = m.counter("constant_addr", n).reset(0);
    m.count_to(address, n, a.fire());
    let b = m.rom("constants", words, a.fire(), address.q().at_width(bits_for_count(n)));
    let beat = m.delay("a_beat", run, a.data());
    m.section("results, registered");
    let valid = m.pipe_flag("valid", run, a.valid(), 2);
    out.drive(valid, m.delay("results", run, results(m, c, beat, b)), Some(m.pipe("end", run, a.last(), 2)));
}

/// A beat of constants.
fn word(c: &Config, beat: &[i64]) -> Bits {
    let mask = u64::MAX >> (64 - c.b_bits);
    let join = |all: BigUint, v: &i64| (all << c.b_bits) | BigUint::from(*v as u64 & mask);
    Bits::new(c.b_bits * c.lanes, beat.iter().rev().fold(BigUint::ZERO, join))
}

/// The results of a beat.
fn results<'m>(m: &'m Mod<'_>, c: &Checked<Config>, a: UInt<'m>, b: UInt<'m>) -> UInt<'m> {
    let r = c.derived();
    // Compared at one width.
    let wide = bits_for_range(r.a, true).max(bits_for_range(r.b, true));
    let lane = |k: u32| {
        let x = above(m, a.slice(k * c.a_bits, c.a_bits), c.a_signed, c.a_zero, r.a).called("x");
        let y = above(m, b.slice(k * c.b_bits, c.b_bits), c.b_signed, c.b_zero, r.b).called("y");
        let result = match c.kind {
            Kind::Add => x + y,
            Kind::Mul => x * y,
            Kind::Max => x.sext(wide).max(y.sext(wide)),
            Kind::Min => x.sext(wide).min(y.sext(wide)),
        };
        let result = result.named(format!("result{k}"));
        // Of an unsigned result the sign is zero.
        if r.signed {
            result.at_width(r.bits).as_unsigned()
        } else {
            result.as_unsigned().slice(0, r.bits)
        }
    };
    m.lanes(&(0..c.lanes).map(lane).collect::<Vec<UInt>>())
}

/// An element without its zero point.
fn above<'m>(m: &'m Mod<'_>, x: UInt<'m>, signed: bool, zero: i64, range: Range) -> SInt<'m> {
    let x = if signed { x.as_signed() } else { x.to_signed() };
    let constant = Range::new(zero.into(), zero.into());
    let moved = if zero == 0 { x } else { x - m.s(zero, bits_for_range(constant, true)) };
    moved.at_width(bits_for_range(range, true))
}
