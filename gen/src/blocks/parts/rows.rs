//! Rows of images, read in another order than they came: what `upsample` and `depth_to_space` have in common.
//!
//! Two halves of a RAM hold a row each; one is written while nested loops read the other, whose address goes on by a constant
//! step at the end of each loop.

use crate::hdl::{Bool, DoubleBuffer, Mod, UInt};
use crate::ir::{BeatShape, ModuleId};

/// A loop over a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loop {
    /// Of its counter.
    pub name: &'static str,
    /// How often.
    pub times: u32,
    /// From its last beat of one turn to its first one of the next turn, in beats.
    pub step: i64,
}

/// Rows of an image.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    /// Beats of a row.
    pub beats: u32,
    /// Rows of an image.
    pub height: u32,
    /// The innermost loop first. The address begins at 0 with each row.
    pub loops: Vec<Loop>,
}

impl Rows {
    /// Beats read of a row.
    #[cfg(test)]
    fn reads(&self) -> u64 {
        self.loops.iter().map(|l| u64::from(l.times)).product()
    }

    /// The addresses in the order in which they are read, for tests.
    #[cfg(test)]
    pub(crate) fn addresses(&self) -> Vec<i64> {
        let mut at = 0;
        let mut found = Vec::new();
        for n in 0..self.reads() {
            found.push(at);
            // The first loop that is not at its end makes the step.
            let mut rest = n;
            let ends = |l: &&Loop| {
                let last = rest % u64::from(l.times) + 1 == u64::from(l.times);
                rest /= u64::from(l.times);
                !last
            };
            at += self.loops.iter().find(ends).map_or(0, |l| l.step);
        }
        found
    }

    /// Streams in and out, the buffer, and the loops. `m` has its header.
    pub(crate) fn build(&self, m: Mod<'_>, shape: BeatShape) -> ModuleId {
        let s = m.stream_in("s_axis", shape, true);
        let out = m.stream_out("m_axis", shape, true);
        let run = out.free().named("run");

        m.section("write side: fills the half that is not full");
        let halves = DoubleBuffer::new(&m, s, self.beats);

        m.section("read side: nested loops over the half that is full");
        let read_half = halves.read_half();
        let some = halves.some(read_half);
        let step = (run & some).named("step");
        let (at, row_end) = self.address(&m, step);
        let emptied = (step & row_end).named("emptied");
        halves.free(read_half, emptied);
        let row = m.counter("row", self.height.into()).reset(0);
        let image_end = (row_end & m.count_to(row, self.height.into(), emptied)).called("image_end");

        m.section("the buffer: both halves, one behind the other");
        let data = halves.read("rows", step, read_half, at);
        let valid = m.delay_flag("valid", run, some);
        out.drive(valid, data, Some(m.delay("end", run, image_end)));
        m.finish()
    }

    /// The read address in a half, and the last beat of a row.
    fn address<'m>(&self, m: &'m Mod<'_>, step: Bool<'m>) -> (UInt<'m>, Bool<'m>) {
        let beats = i64::from(self.beats);
        let at = m.counter("read_beat", self.beats.into()).reset(0);
        let w = at.q().width();
        let (mut go, mut all) = (step, m.bool(true));
        let mut by = m.u(0, w);
        for l in &self.loops {
            let counter = m.counter(l.name, l.times.into()).reset(0);
            let end = m.count_to(counter, l.times.into(), go);
            // The innermost loop that goes on makes the step.
            by = (all & !end).pick(m.u(l.step.rem_euclid(beats) as u64, w), by).called(format!("{}_step", l.name));
            (go, all) = ((go & end).called(format!("{}_go", l.name)), (all & end).called(format!("{}_all", l.name)));
        }
        let all = all.named("row_end");
        if self.beats == 1 {
            at.set(m.u(0, w));
            return (at.q(), all);
        }
        let sum = (at.q() + by).called("read_beat_moved");
        let over = sum.ge(m.lit(beats as u64));
        let wrapped = (sum - m.lit(beats as u64)).as_unsigned().trunc(w).called("read_beat_wrapped");
        at.set_when(step, all.pick(m.u(0, w), over.pick(wrapped, sum.trunc(w))));
        (at.q(), all)
    }
}
