use super::{Checked, Config};
use crate::hdl::Build;
use crate::ir::{BeatShape, ModuleId};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = BeatShape::new(c.lanes, c.bits, c.signed);
    let s = m.stream_in("s_axis", shape, true);
    let outs: Vec<_> = (0..c.outputs).map(|k| m.stream_out(&format!("m{k}_axis"), shape, true)).collect();

    m.section("who has the beat at the input already");
    let has: Vec<_> = (0..c.outputs).map(|k| m.reg_b(&format!("has{k}")).reset(0)).collect();
    let mut all = m.bool(true);
    for (out, has) in outs.iter().zip(&has) {
        all = all & (has.q() | out.ready());
        out.drive(s.valid() & !has.q(), s.data(), Some(s.last()));
    }
    let all = all.named("all_have");
    s.set_ready(all);
    for (out, has) in outs.iter().zip(&has) {
        has.set(s.valid() & !all & (has.q() | out.ready()));
    }
    m.finish()
}
