//! The way out of a pipeline that always moves: places for what is under way, taken before it enters.

use crate::hdl::{Bool, Level, Mod, Sink, UInt};

/// Cycles from a beat that is put in to the beat at the stream.
pub const CYCLES: u64 = 3;

/// The places.
#[derive(Clone, Copy, Debug)]
pub struct Outlet<'m> {
    m: &'m Mod<'m>,
    places: u32,
    taken: Level<'m>,
}

/// So many that a pipeline of `cycles` from the place that is taken to the beat that is put in never waits for them.
pub fn places(cycles: u32) -> u32 {
    (cycles + CYCLES as u32 + 3).next_power_of_two()
}

impl<'m> Outlet<'m> {
    /// Empty after reset.
    pub fn new(m: &'m Mod<'m>, places: u32) -> Outlet<'m> {
        Outlet { m, places, taken: m.level("outlet_taken", places) }
    }

    /// No place is left.
    pub fn full(&self) -> Bool<'m> {
        self.taken.full()
    }

    /// Both ends, once: a place is taken where `take`, a beat put in where `at`.
    pub fn drive(self, take: Bool<'m>, at: Bool<'m>, data: UInt<'m>, last: Bool<'m>, out: Sink<'m>) {
        let m = self.m;
        let some = m.level("outlet_some", self.places);
        let moves = out.free().named("outlet_moves");
        let read = (moves & some.some()).named("outlet_read");
        some.moves(at, read);
        self.taken.moves(take, read);
        let beat = m.concat(&[last.to_uint(), data]);
        let ram = m.ram("outlet", beat.width(), self.places);
        ram.write(at, m.count("outlet_wr", self.places.into(), at).value, beat);
        let held = ram.read(read, m.count("outlet_rd", self.places.into(), read).value);
        let held = m.delay("outlet_beat", moves, held);
        let valid = m.pipe_flag("outlet_valid", moves, some.some(), 2);
        out.drive(valid, held.trunc(data.width()), Some(held.bit(data.width())));
    }
}
