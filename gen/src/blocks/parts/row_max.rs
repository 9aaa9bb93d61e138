//! Codes of rows, and the largest of each row.

use super::passes;
use super::row_queue::Entry;
use super::tree;
use crate::hdl::{Bool, Mod, SInt, Source, UInt};

/// Rows of codes.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// Codes of the longest row.
    pub columns: u32,
    /// Codes of a beat.
    pub lanes: u32,
    /// Bits of a code.
    pub bits: u32,
    /// Codes are two's complement.
    pub signed: bool,
    /// A lane has one bit more, and a number that is no code is no part of the row.
    pub absent: bool,
    /// Bits of a result.
    pub out_bits: u32,
    /// Results are two's complement.
    pub out_signed: bool,
}

impl Rows {
    /// Beats of the longest row.
    pub fn beats(&self) -> u32 {
        self.columns.div_ceil(self.lanes)
    }
    /// The lowest and the highest code.
    pub fn codes_range(&self) -> (i64, i64) {
        match self.signed {
            true => (-1 << (self.bits - 1), (1 << (self.bits - 1)) - 1),
            false => (0, (1 << self.bits) - 1),
        }
    }
    /// Levels of a tree over the lanes.
    pub fn levels(&self) -> u32 {
        tree::levels(self.lanes)
    }
    /// Bits of a lane of the input.
    pub fn lane_bits(&self) -> u32 {
        self.bits + u32::from(self.absent)
    }

    /// Whether a lane holds no code: it needs its upper bit.
    pub fn is_absent<'m>(&self, lane: UInt<'m>) -> Option<Bool<'m>> {
        let top = |i: u32| lane.bit(self.bits - i);
        self.absent.then(|| if self.signed { top(0) ^ top(1) } else { top(0) })
    }

    /// A code as a signed number in the same order: of unsigned ones the middle is zero.
    pub fn code_of<'m>(&self, m: &'m Mod<'_>, lane: UInt<'m>) -> SInt<'m> {
        let code = lane.trunc(self.bits);
        if self.signed {
            return code.as_signed();
        }
        m.concat(&[(!code.bit(self.bits - 1)).to_uint(), code.trunc(self.bits - 1)]).as_signed()
    }

    /// Cycles from a row's last beat to its maximum.
    pub fn max_cycles(&self) -> u32 {
        2 + self.levels()
    }

    /// The row's maximum, and the cycle in which it is there: the least code where none is.
    pub fn maximum<'m>(&self, m: &'m Mod<'_>, s: Source<'m>, entry: Entry<'m>) -> (Bool<'m>, SInt<'m>) {
        m.section("the beat's maximum, and the row's");
        let (rows, on) = (self, m.bool(true));
        let least = m.s(-1 << (rows.bits - 1), rows.bits);
        let code = |k: u32| {
            let code = rows.code_of(m, s.lane(k));
            let none = rows.is_absent(s.lane(k)).map_or(!entry.beat, |none| none | !entry.beat);
            let code = none.pick(least, code);
            let held = m.reg_s(&format!("x{k}"), rows.bits).reset(-1 << (rows.bits - 1));
            held.set(code);
            held.q()
        };
        let beat = tree::max(m, "max", (0..rows.lanes).map(code).collect());
        let last = m.pipe_flag("row_last_max", on, entry.row, 1 + rows.levels());
        let so_far = m.reg_s("max_so_far", rows.bits).reset(-1 << (rows.bits - 1));
        let now = so_far.q().max(beat).named("max_now");
        let max = passes::total(m, "max", last, so_far, least, now);
        let at = m.delay_flag("row_done", on, last);
        (at, max)
    }
}
