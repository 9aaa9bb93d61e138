use super::{Checked, Config};
use crate::hdl::Build;
use crate::ir::{BeatShape, ModuleId};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = BeatShape::new(c.lanes, c.bits, c.signed);
    let s = m.stream_in("s_axis", shape, true);
    let out = m.stream_out("m_axis", shape, true);
    let depth = u64::from(c.depth);

    m.section("places: written at wr, read at rd, used of them in use");
    let wr = m.counter("wr", depth).reset(0);
    let rd = m.counter("rd", depth).reset(0);
    let used = m.counter("used", depth + 1).reset(0);
    let full = used.q().eq(m.u(depth, used.q().width()));
    let some = used.q().any();
    s.set_ready(!full);

    m.section("the output beat is the RAM's read register");
    let valid = m.reg_b("out_valid").reset(0);
    let (write, read) = (s.fire(), some & (!valid.q() | out.ready()));
    valid.set_when(!valid.q() | out.ready(), some);
    m.count_to(wr, depth, write);
    m.count_to(rd, depth, read);
    let up = (used.q() + m.u(1, 1)).trunc(used.q().width()).called("up");
    let down = (used.q() - m.u(1, 1)).as_unsigned().trunc(used.q().width()).called("down");
    used.set_when(write ^ read, write.pick(up, down));

    let beat = m.concat(&[s.last().to_uint(), s.data()]);
    let ram = m.ram("places", beat.width(), c.depth);
    ram.write(write, wr.q(), beat);
    let held = ram.read(read, rd.q());
    out.drive(valid.q(), held.trunc(shape.width()), Some(held.bit(shape.width())));
    m.finish()
}
