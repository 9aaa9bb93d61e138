use super::{Checked, Config};
use crate::blocks::parts::line::line;
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::{BeatShape, ModuleId};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let (from, to) = (BeatShape::new(c.lanes, c.bits, false), BeatShape::new(c.lanes, c.out_bits(), false));
    line(c.module(build), from, to, c.out_bits(), |m, k, run, x| root(c, m, k, run, x))
}

/// Two bits of the radicand a stage: `4 root + 1` against four times what is left and those bits. What is left is twice the root at most.
fn root<'m>(c: &Checked<Config>, m: &'m Mod<'_>, k: u32, run: Bool<'m>, x: UInt<'m>) -> UInt<'m> {
    let steps = c.out_bits();
    let mut ahead = x.zext(2 * steps);
    let (mut found, mut rest): (Option<UInt>, Option<UInt>) = (None, None);
    for i in (0..steps).rev() {
        let named = |what: &str| format!("{what}{k}_{i}b");
        let two = ahead.slice(2 * i, 2);
        let four = rest.map_or(two, |r| m.concat(&[r, two])).called(named("four"));
        let trial = found.map_or(m.u(1, 1), |f| m.concat(&[f, m.u(1, 2)]));
        let left = (four - trial).called(named("left"));
        let goes = (!left.is_negative()).called(named("goes"));
        // Bits of the root so far, and one more for what is left of it.
        let width = (steps - i + 1).min(four.width());
        if i > 0 {
            let kept = goes.pick(left.as_unsigned().at_width(width), four.at_width(width));
            rest = Some(m.delay(&named("rest"), run, kept));
            ahead = m.delay(&named("ahead"), run, ahead.trunc(2 * i));
        }
        let bits = found.map_or(goes.to_uint(), |f| m.concat(&[f, goes.to_uint()]));
        found = Some(m.delay(&named("root"), run, bits));
    }
    found.unwrap_or(m.u(0, 1))
}
