//! A RAM of two halves: frames are written to one while the other is read.

use super::value::{Bool, UInt};
use super::{Mod, Reg, Source};
use crate::num::bits_for_count;

/// Both halves, of `beats` beats each, and who writes where.
#[derive(Clone, Copy, Debug)]
pub struct DoubleBuffer<'m> {
    m: &'m Mod<'m>,
    s: Source<'m>,
    beats: u32,
    full: [Reg<'m, Bool<'m>>; 2],
    write_half: Reg<'m, Bool<'m>>,
    write_beat: UInt<'m>,
    filled: Bool<'m>,
}

impl<'m> DoubleBuffer<'m> {
    /// The write side: beats of `s` fill the half that is not full.
    pub fn new(m: &'m Mod<'m>, s: Source<'m>, beats: u32) -> DoubleBuffer<'m> {
        let full = [m.reg_b("full0").reset(0), m.reg_b("full1").reset(0)];
        let write_half = m.reg_b("write_half").reset(0);
        s.set_ready(!write_half.q().pick(full[1].q(), full[0].q()));
        let write_beat = m.counter("write_beat", beats.into()).reset(0);
        let filled = (s.fire() & m.count_to(write_beat, beats.into(), s.fire())).named("filled");
        write_half.set_when(filled, !write_half.q());
        DoubleBuffer { m, s, beats, full, write_half, write_beat: write_beat.q(), filled }
    }

    /// Which half is read.
    pub fn read_half(&self) -> Reg<'m, Bool<'m>> {
        self.m.reg_b("read_half").reset(0)
    }

    /// A whole frame is there to be read.
    pub fn some(&self, read_half: Reg<'m, Bool<'m>>) -> Bool<'m> {
        read_half.q().pick(self.full[1].q(), self.full[0].q()).named("some")
    }

    /// The half that is read has given its last beat.
    pub fn free(&self, read_half: Reg<'m, Bool<'m>>, emptied: Bool<'m>) {
        read_half.set_when(emptied, !read_half.q());
        for (f, second) in self.full.into_iter().zip([false, true]) {
            let own = |half: Reg<'m, Bool<'m>>| if second { half.q() } else { !half.q() };
            let (set, clear) = (self.filled & own(self.write_half), emptied & own(read_half));
            f.set(set | (f.q() & !clear));
        }
    }

    /// The RAM: a beat of the half that is read, one cycle after `step`.
    pub fn read(&self, name: &str, step: Bool<'m>, read_half: Reg<'m, Bool<'m>>, beat: UInt<'m>) -> UInt<'m> {
        let ram = self.m.ram(name, self.s.shape().width(), 2 * self.beats);
        ram.write(self.s.fire(), self.address(self.write_half.q(), self.write_beat), self.s.data());
        ram.read(step, self.address(read_half.q(), beat))
    }

    /// `half * beats + beat`.
    fn address(&self, half: Bool<'m>, beat: UInt<'m>) -> UInt<'m> {
        let (m, width) = (self.m, bits_for_count(2 * u64::from(self.beats)));
        match self.beats {
            1 => half.to_uint(),
            n if n.is_power_of_two() => m.concat(&[half.to_uint(), beat]),
            n => (half.pick(m.u(n.into(), width), m.u(0, width)) + beat.zext(width)).trunc(width).called("address"),
        }
    }
}
