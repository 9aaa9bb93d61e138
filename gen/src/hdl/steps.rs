//! What streaming blocks are made of: loops that count beats, stages that hold one, lanes that pad the last.

use super::value::{Bool, UInt};
use super::{Mod, Reg, Source};

/// Where a loop stands.
#[derive(Clone, Copy, Debug)]
pub struct Count<'m> {
    /// From 0 up.
    pub value: UInt<'m>,
    /// It is 0.
    pub at_first: Bool<'m>,
    /// It is at its last value.
    pub at_last: Bool<'m>,
}

/// How many there are of something, up to a most: places in use, rows under way.
#[derive(Clone, Copy, Debug)]
pub struct Level<'m> {
    count: Reg<'m, UInt<'m>>,
    full: Bool<'m>,
    up: UInt<'m>,
    down: UInt<'m>,
}

/// A place for one beat: taken from it and put into it in the same cycle, if need be.
#[derive(Clone, Copy, Debug)]
pub struct Stage<'m> {
    valid: Reg<'m, Bool<'m>>,
    free: Bool<'m>,
}

impl<'d> Mod<'d> {
    /// A loop over `n` steps, from 0 after reset: one more where `step`, back to 0 after the last. Of a frame of `n` beats it is the
    /// beat's number: `m.count("beat", n, s.fire())`. A loop of one step has no register.
    #[track_caller]
    pub fn count<'m>(&'m self, name: &str, n: u64, step: Bool<'m>) -> Count<'m> {
        if n <= 1 {
            return Count { value: self.u(0, 1), at_first: self.bool(true), at_last: self.bool(true) };
        }
        let r = self.counter(name, n).reset(0);
        let at_first = (!r.q().any()).called(format!("{name}_first"));
        Count { value: r.q(), at_first, at_last: self.count_to(r, n, step) }
    }

    /// A count of what there is, none after reset; state once how it [moves](Level::moves).
    #[track_caller]
    pub fn level<'m>(&'m self, name: &str, most: u32) -> Level<'m> {
        let count = self.counter(name, u64::from(most) + 1).reset(0);
        let (q, one) = (count.q(), self.u(1, 1));
        let full = q.eq(self.u(most.into(), q.width())).called(format!("{name}_full"));
        let up = (q + one).trunc(q.width()).called(format!("{name}_up"));
        let down = (q - one).as_unsigned().trunc(q.width()).called(format!("{name}_down"));
        Level { count, full, up, down }
    }

    /// A stage that holds a beat until `taken`: `<name>_valid`, empty after reset. Fill it with [`Stage::fill`]; payload goes into
    /// `m.delay(.., s.fire(), ..)` beside it.
    #[track_caller]
    pub fn stage<'m>(&'m self, name: &str, taken: Bool<'m>) -> Stage<'m> {
        let valid = self.reg_b(&format!("{name}_valid")).reset(0);
        let free = (!valid.q() | taken).called(format!("{name}_free"));
        Stage { valid, free }
    }
}

impl<'m> Level<'m> {
    /// There is one at least.
    pub fn some(self) -> Bool<'m> {
        self.count.q().any()
    }

    /// There are as many as there may be.
    pub fn full(self) -> Bool<'m> {
        self.full
    }

    /// There are so many at least.
    pub fn reaches(self, n: u32) -> Bool<'m> {
        let q = self.count.q();
        q.ge(q.sig.m.u(n.into(), q.width()))
    }

    /// One more, one less, or both at once; once. Who adds asks [`Level::full`], who takes [`Level::some`].
    #[track_caller]
    pub fn moves(self, more: Bool<'m>, less: Bool<'m>) {
        self.count.set_when(more ^ less, more.pick(self.up, self.down));
    }
}

impl<'m> Stage<'m> {
    /// A beat is held.
    pub fn valid(self) -> Bool<'m> {
        self.valid.q()
    }

    /// A beat may come: none is held, or it leaves in this cycle.
    pub fn free(self) -> Bool<'m> {
        self.free
    }

    /// Where the stage is free, it holds a beat from the next cycle on if one `arrives`; once.
    #[track_caller]
    pub fn fill(self, arrives: Bool<'m>) {
        self.valid.set_when(self.free, arrives);
    }
}

impl<'m> Source<'m> {
    /// For each lane of a beat whether it holds an element, in frames of `elements`: lanes beyond the last element pad the beat in which
    /// `last` holds.
    #[track_caller]
    pub fn lanes_used(self, last: Bool<'m>, elements: u64) -> Vec<Bool<'m>> {
        let lanes = u64::from(self.shape().lanes);
        let used = elements - (elements.div_ceil(lanes).max(1) - 1) * lanes;
        let padded = !last;
        (0..lanes).map(|i| if i < used { self.module().bool(true) } else { padded }).collect()
    }
}
