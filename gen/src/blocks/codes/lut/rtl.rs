use super::{Checked, Config};
use crate::hdl::{Build, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::Bits;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let s = m.stream_in("s_axis", BeatShape::new(c.lanes, c.in_bits, c.in_signed), true);
    let out = m.stream_out("m_axis", BeatShape::new(c.lanes, c.out_bits, c.out_signed), true);

    m.section("one beat at the output; the tables' read registers hold it");
    let held = m.stage("out", out.ready());
    s.set_ready(held.free());
    held.fill(s.valid());
    let last = m.delay("out_last", s.fire(), s.last());

    // An address counts codes as they are coded: negative codes sit in the upper half.
    let half = c.derived().len() / 2;
    let split = if c.in_signed { half } else { 0 };
    let words = |_: u32| -> Vec<Bits> {
        let (low, high) = c.derived().split_at(split);
        high.iter().chain(low).map(|v| Bits::from_i128(c.out_bits, (*v).into())).collect()
    };
    let lanes: Vec<UInt> = (0..c.lanes).map(|i| m.rom(&format!("lane{i}"), words(i), s.fire(), s.lane(i))).collect();
    out.drive(held.valid(), m.lanes(&lanes), Some(last));
    m.finish()
}
