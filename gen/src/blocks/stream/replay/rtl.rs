use super::{Checked, Config};
use crate::hdl::{Bool, Build, DoubleBuffer, Mod, Source, UInt};
use crate::ir::{BeatShape, ModuleId};

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let shape = BeatShape::new(c.lanes, c.bits, c.signed);
    let s = m.stream_in("s_axis", shape, true);
    let out = m.stream_out("m_axis", shape, true);
    let run = out.free().named("run");
    let r = replay(&m, run, s, c.beats, Times::Fixed(c.times));
    let valid = m.delay_flag("valid", run, r.some);
    out.drive(valid, r.data, Some(m.delay("end", run, r.end)));
    m.finish()
}

/// The reading side of a buffer that holds a frame. All but `data` belong to the cycle in which a beat is read;
/// `data` comes one cycle later.
pub(crate) struct Replay<'m> {
    /// A beat is read: something is stored, and everything moves.
    pub step: Bool<'m>,
    /// A frame is stored.
    pub some: Bool<'m>,
    /// First beat of a repetition.
    pub first: Bool<'m>,
    /// Last beat of a repetition.
    pub last: Bool<'m>,
    /// Last beat of the last repetition.
    pub end: Bool<'m>,
    /// Number of the repetition.
    pub pass: UInt<'m>,
    /// The beat, one cycle later.
    pub data: UInt<'m>,
}

/// How often a frame is read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Times<'m> {
    /// So many times.
    Fixed(u32),
    /// Until this flag is true with the last beat of a repetition.
    Until(Bool<'m>),
}

/// Stores frames of `beats` beats from `s`, and reads each of them several times, a beat in every cycle of `run`.
pub(crate) fn replay<'m>(m: &'m Mod<'m>, run: Bool<'m>, s: Source<'m>, beats: u32, times: Times<'m>) -> Replay<'m> {
    m.section("write side: fills the half of the buffer that is not full");
    let halves = DoubleBuffer::new(m, s, beats);

    m.section("read side: every beat of the full half, once for each pass");
    let read_half = halves.read_half();
    let beat = m.counter("beat", beats.into()).reset(0);
    let some = halves.some(read_half);
    let step = (run & some).named("step");
    let at = |n: u32| if beats == 1 { m.bool(true) } else { beat.q().eq(m.u(n.into(), beat.q().width())) };
    let (first, last) = (at(0).named("first_beat"), at(beats - 1).named("last_beat"));
    let (pass, last_pass) = match times {
        Times::Fixed(n) => {
            let pass = m.counter("pass", n.into()).reset(0);
            (pass.q(), m.count_to(pass, n.into(), step & last))
        }
        Times::Until(flag) => (m.u(0, 1), flag),
    };
    let end = (last & last_pass).named("last_step");
    m.count_to(beat, beats.into(), step);
    let emptied = (step & end).named("emptied");
    halves.free(read_half, emptied);

    m.section("the buffer");
    let data = halves.read("vectors", step, read_half, beat.q());
    Replay { step, some, first, last, end, pass, data }
}
