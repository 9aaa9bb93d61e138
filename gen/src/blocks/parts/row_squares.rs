//! How far the elements of a row lie from its middle, and the sum of the squares of that.

use super::passes;
use super::row_codes::Rows;
use super::row_queue::{Given, Leaving, TO_BEAT};
use super::tree;
use crate::hdl::{Bool, Mod, SInt, UInt};

/// What was found of a row.
#[derive(Clone, Copy, Debug)]
pub struct Found<'m> {
    /// The distances of a beat.
    pub words: Given<'m>,
    /// In this cycle the sum is there.
    pub at: Bool<'m>,
    /// The sum.
    pub sum: UInt<'m>,
}

/// Cycles from the read of a beat to its distances.
pub const WORD_CYCLES: u32 = TO_BEAT as u32 + 1;

/// Cycles from the read of a row's last beat to the sum.
pub fn cycles(rows: &Rows) -> u32 {
    WORD_CYCLES + 2 + rows.levels()
}

/// `distance` is that of an element, zero where none is; of it `drop` bits are dropped before it is squared. The sum has `bits`.
pub fn of<'m>(
    m: &'m Mod<'_>,
    rows: &Rows,
    read: &Leaving<'m>,
    drop: u32,
    bits: u32,
    distance: impl Fn(SInt<'m>) -> SInt<'m>,
) -> Found<'m> {
    m.section("distances from the middle, and the sum of their squares");
    let on = m.bool(true);
    let at = m.pipe_flag("some_word", on, read.valid, 1);
    let (mut words, mut squares) = (Vec::new(), Vec::new());
    for k in 0..rows.lanes {
        let lane = read.beat.slice(k * rows.lane_bits(), rows.lane_bits());
        let y = distance(rows.code_of(m, lane)).called(format!("apart{k}"));
        let y = rows.is_absent(lane).map_or(y, |none| none.pick(m.s(0, y.width()), y));
        let y = m.delay(&format!("y{k}"), on, y);
        let part = y >> drop;
        squares.push(passes::here(m, &format!("square{k}"), at, (part * part).as_unsigned()));
        words.push(y.as_unsigned());
    }
    let beat = tree::sum(m, "squares", squares);
    let last = m.pipe_flag("last_read", on, read.row, cycles(rows) - 1);
    let sum = passes::sum(m, "squares", last, beat, bits);
    let at_sum = m.delay_flag("row_squared", on, last);
    Found { words: Given { at, value: m.lanes(&words) }, at: at_sum, sum }
}
