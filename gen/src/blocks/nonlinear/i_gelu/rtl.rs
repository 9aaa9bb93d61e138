use super::{Checked, Config};
use crate::blocks::parts::line::line;
use crate::blocks::parts::product;
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_unsigned;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let (from, to) = (BeatShape::new(c.lanes, c.bits, true), BeatShape::new(c.lanes, c.derived().out_bits, true));
    line(c.module(build), from, to, c.derived().cycles, |m, k, run, x| gelu(c, m, k, run, x))
}

/// Of one element. Factors of both products are magnitudes; of zero, whose sign is none, the second product is zero anyhow.
fn gelu<'m>(c: &Checked<Config>, m: &'m Mod<'_>, k: u32, run: Bool<'m>, x: UInt<'m>) -> UInt<'m> {
    let w = c.derived();
    let named = |what: &str| format!("{what}{k}");
    let q = x.as_signed();
    let size = m.delay(&named("size"), run, q.abs().at_width(c.bits));
    let minus = m.delay(&named("minus"), run, q.is_negative());

    let flat = c.b.unsigned_abs();
    let base = (m.lit(flat) - size).called(named("base"));
    let base = base.is_negative().pick(m.u(0, w.u_bits), base.as_unsigned().at_width(w.u_bits));
    let base = m.delay(&named("u"), run, base);
    let square = product::whole(m, &named("square"), run, base, base);

    let minus_late = m.pipe(&named("minus_square"), run, minus, 1 + product::whole_cycles(w.u_bits, w.u_bits));
    let polynomial = m.delay(&named("polynomial"), run, square - m.lit(c.c.unsigned_abs()));
    let minus_late = m.delay(&named("minus_polynomial"), run, minus_late);
    let wide = polynomial.width() + 1;
    let negated = m.s(0, wide) - polynomial.sext(wide);
    let signed = minus_late.pick(negated.trunc(wide), polynomial.sext(wide));
    let signed = m.delay(&named("signed"), run, signed);
    let minus_late = m.delay(&named("minus_signed"), run, minus_late);

    let one = c.one.unsigned_abs();
    let erf = signed >> c.shift;
    let wide = erf.width().max(bits_for_unsigned(one.into()) + 1) + 1;
    let factor = (erf.sext(wide) - m.lit(one).to_signed().sext(wide)).trunc(wide);
    let factor = m.delay(&named("factor"), run, factor);
    let minus_late = m.delay(&named("minus_factor"), run, minus_late);
    let opposite = m.delay(&named("opposite"), run, minus_late ^ factor.is_negative());
    let factor = m.delay(&named("factor_size"), run, factor.abs().at_width(w.factor_bits));

    let cycles = product::whole_cycles(w.u_bits, w.u_bits) + 5;
    let size = m.pipe(&named("size_held"), run, size, cycles);
    let y = product::whole(m, &named("y"), run, size, factor);
    let opposite = m.pipe(&named("opposite_held"), run, opposite, product::whole_cycles(c.bits, w.factor_bits));
    let wide = w.out_bits + 1;
    let y = y.zext(wide).as_signed();
    let negated = m.s(0, wide) - y;
    m.delay(&named("result"), run, opposite.pick(negated.trunc(w.out_bits), y.trunc(w.out_bits))).as_unsigned()
}
