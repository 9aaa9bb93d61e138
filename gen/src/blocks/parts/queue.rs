//! What waits in its order. Nothing is ever refused: whoever sends counts the places.

pub use super::row_queue::Given;
use crate::hdl::{Bool, Mod, UInt};

/// Cycles from the one in which something comes to the one in which it is there, if nothing is before it.
pub const CYCLES: u64 = 3;

/// The first of those that wait.
#[derive(Clone, Copy, Debug)]
pub struct First<'m> {
    /// There is one, in a register, until it is taken.
    pub there: Bool<'m>,
    /// What it is.
    pub value: UInt<'m>,
    /// A place is free again.
    pub left: Bool<'m>,
}

/// So many places; the first one leaves where it is there and `taken`.
pub fn queue<'m>(m: &'m Mod<'_>, name: &str, places: u32, put: Given<'m>, taken: Bool<'m>) -> First<'m> {
    let named = |what: &str| format!("{name}_{what}");
    let some = m.level(&named("some"), places);
    let first = m.stage(&named("first"), taken);
    let read = m.stage(&named("read"), first.free());
    let left = (read.free() & some.some()).named(named("fetch"));
    some.moves(put.at, left);
    let ram = m.ram(name, put.value.width(), places);
    ram.write(put.at, m.count(&named("wr"), places.into(), put.at).value, put.value);
    let word = ram.read(left, m.count(&named("rd"), places.into(), left).value);
    read.fill(some.some());
    first.fill(read.valid());
    First { there: first.valid(), value: m.delay(&named("first"), first.free(), word), left }
}
