use super::{Checked, Config};
use crate::hdl::Build;
use crate::ir::{BeatShape, ModuleId};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = BeatShape::new(c.lanes, c.bits, c.signed);
    let s = m.stream_in("s_axis", shape, true);
    let out = m.stream_out("m_axis", shape, true);

    m.section("output register; the skid place is used only while the output is blocked");
    let valid = m.reg_b("out_valid").reset(0);
    let skid_valid = m.reg_b("skid_valid").reset(0);
    let beat = m.concat(&[s.last().to_uint(), s.data()]);
    let skid = m.reg_u("skid", beat.width());
    let held = m.reg_u("out", beat.width());
    let free = out.ready() | !valid.q();

    s.set_ready(!skid_valid.q());
    valid.set_when(free, s.valid() | skid_valid.q());
    held.set_when(free, skid_valid.q().pick(skid.q(), beat));
    skid_valid.set(!free & (s.valid() | skid_valid.q()));
    skid.set_when(!skid_valid.q(), beat);

    let width = shape.width();
    out.drive(valid.q(), held.q().trunc(width), Some(held.q().bit(width)));
    m.finish()
}
