use super::{Checked, Config, CYCLES};
use crate::blocks::parts::fit::fit;
use crate::blocks::parts::line::line;
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_range, Bits, Range};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let (from, to) = (BeatShape::new(c.lanes, c.bits, c.signed), BeatShape::new(c.lanes, c.out_bits, c.out_signed));
    line(c.module(build), from, to, CYCLES, |m, k, run, x| value(c, m, k, run, x))
}

/// Of one element: its line from a ROM and a register behind that, the product, the sum, the saturation.
fn value<'m>(c: &Checked<Config>, m: &'m Mod<'_>, k: u32, run: Bool<'m>, x: UInt<'m>) -> UInt<'m> {
    let named = |what: &str| format!("{what}{k}");
    let s = c.derived();
    let (slope_bits, base_bits, inner) = (s.slope_bits(), s.base_bits(), c.inner_bits());
    // Addresses count codes as they are coded: negative ones lie in the upper half.
    let half = if c.signed { s.slopes.len() / 2 } else { 0 };
    let word = |i: usize| {
        let i = (i + half) % s.slopes.len();
        let mask = (1i128 << slope_bits) - 1;
        let both = (i128::from(s.bases[i]) << slope_bits) | (i128::from(s.slopes[i]) & mask);
        Bits::from_i128(slope_bits + base_bits, both)
    };
    let words = (0..s.slopes.len()).map(word).collect();
    let read = m.rom(&named("line"), words, run, x.slice(inner, c.segment_bits));
    let read = m.delay(&named("line"), run, read);
    let d = m.pipe(&named("d"), run, x.slice(0, inner), 2);

    let slope = read.slice(0, slope_bits).as_signed();
    let product = m.delay(&named("product"), run, slope * d.to_signed());
    let base = m.delay(&named("base"), run, read.slice(slope_bits, base_bits).as_signed());
    // What is dropped is not kept; nothing saturates that no line reaches.
    let (least, most) = s.reach;
    let width = bits_for_range(Range::new(least.into(), most.into()), true);
    let sum = ((product + base) >> c.fraction).at_width(width);
    let sum = m.delay(&named("sum"), run, sum);
    let (lo, hi) = c.ends();
    let fitted = match least >= lo && most <= hi {
        true => sum.at_width(c.out_bits.max(width)).as_unsigned().at_width(c.out_bits),
        false => fit(m, &named("fit"), sum, c.out_bits, c.out_signed),
    };
    m.delay(&named("y"), run, fitted)
}
