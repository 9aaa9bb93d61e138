use super::{Checked, Config};
use crate::blocks::parts::line::line;
use crate::blocks::parts::{divide, product};
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::bits_for_unsigned;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let (from, to) = (BeatShape::new(c.lanes, c.bits, true), BeatShape::new(c.lanes, c.derived().out_bits, false));
    line(c.module(build), from, to, c.derived().cycles, |m, k, run, x| exponential(c, m, k, run, x))
}

/// Of one element. All circuits take `-x` and `-r`, so that numbers are not negative.
pub fn exponential<'m>(c: &Checked<Config>, m: &'m Mod<'_>, k: u32, run: Bool<'m>, x: UInt<'m>) -> UInt<'m> {
    let w = c.derived();
    let named = |what: &str| format!("{what}{k}");
    let x = x.as_signed();
    let below = (m.s(0, x.width()) - x).as_unsigned().trunc(c.bits).called(named("below"));
    let below = x.is_negative().pick(below, m.u(0, c.bits));
    let most = bits_for_unsigned(w.most.into());
    let distance = m.delay(&named("distance"), run, below.clamp(0, w.most).at_width(most));
    let (z, rest) = divide::by_constant(m, ("z", &k.to_string()), run, distance, c.q_ln2.into(), w.z_bits);

    let r = rest.at_width(w.r_bits);
    let t = m.delay(&named("t"), run, (m.lit(c.q_b.into()) - r).as_unsigned().at_width(w.t_bits));
    let less = product::whole(m, &named("product"), run, m.delay(&named("r"), run, r), t);
    let polynomial = (m.lit(c.q_c) - less).called(named("polynomial"));
    let q_bits = bits_for_unsigned(c.q_c.into());
    let polynomial = polynomial.is_negative().pick(m.u(0, q_bits), polynomial.as_unsigned().at_width(q_bits));
    let polynomial = m.delay(&named("value"), run, polynomial);
    let z = m.pipe(&named("z_held"), run, z, 1 + product::whole_cycles(w.r_bits, w.t_bits) + 1);
    m.delay(&named("y"), run, (polynomial << c.octaves).shr_by(z).at_width(w.out_bits))
}
