//! The mean of each row, and how many elements it is of.

use super::divide::{self, Dividend, Low};
use super::passes;
use super::row_codes::Rows;
use super::row_queue::Entry;
use super::tree;
use crate::hdl::{Bool, Mod, Source, UInt};
use crate::num::bits_for_unsigned;

/// A mean of elements; of unsigned ones the middle of their range counts as zero.
#[derive(Clone, Copy, Debug)]
pub struct RowMean {
    /// The rows.
    pub rows: Rows,
    /// Bits of the mean behind the point.
    pub fraction: u32,
    /// Rounded toward zero (without a fraction), else to the nearest, a half to the even one.
    pub toward_zero: bool,
}

/// What was found of a row.
#[derive(Clone, Copy, Debug)]
pub struct Found<'m> {
    /// In this cycle.
    pub at: Bool<'m>,
    /// The mean, two's complement.
    pub mean: UInt<'m>,
    /// Of so many elements.
    pub count: UInt<'m>,
}

impl RowMean {
    /// Bits of the mean.
    pub fn bits(&self) -> u32 {
        self.rows.bits + self.fraction
    }
    fn most(&self) -> u32 {
        self.rows.beats() * self.rows.lanes
    }
    /// Bits of a count.
    pub fn count_bits(&self) -> u32 {
        bits_for_unsigned(self.most().into())
    }
    /// Cycles between the ends of two rows.
    pub fn apart(&self) -> u64 {
        divide::serial_apart(self.bits())
    }
    /// Cycles from a row's last beat to its mean.
    pub fn cycles(&self) -> u32 {
        2 + self.rows.levels() + self.bits() + 1 + 2
    }

    /// The mean of the rows that come; absent elements are not counted, and of none the mean is anything.
    pub fn of<'m>(&self, m: &'m Mod<'_>, s: Source<'m>, entry: Entry<'m>) -> Found<'m> {
        let (done, count) = self.count(m, s, entry);
        m.section("the row's sum");
        let (rows, on) = (&self.rows, m.bool(true));
        let term = |k: u32| {
            // From the least number up: the mean's sign needs no care then.
            let top = s.lane(k).bit(rows.bits - 1);
            let (top, below) = (if rows.signed { !top } else { top }, s.lane(k).trunc(rows.bits - 1));
            let here = rows.is_absent(s.lane(k)).map_or(entry.beat, |none| entry.beat & !none);
            passes::here(m, &format!("x{k}"), here, m.concat(&[top.to_uint(), below]))
        };
        let beat = tree::sum(m, "sum", (0..rows.lanes).map(term).collect());
        let last = m.pipe_flag("row_last_sum", on, entry.row, 1 + rows.levels());
        let sum = passes::sum(m, "sum", last, beat, rows.bits + self.count_bits());
        self.quotient(m, done, sum, count)
    }

    /// How many elements a row has, and the cycle in which that is there.
    pub fn count<'m>(&self, m: &'m Mod<'_>, s: Source<'m>, entry: Entry<'m>) -> (Bool<'m>, UInt<'m>) {
        m.section("how many there are of a row");
        let (rows, on, nw) = (&self.rows, m.bool(true), self.count_bits());
        let done = m.pipe_flag("row_counted", on, entry.row, 2 + rows.levels());
        if !rows.absent {
            let beats = entry.length.trunc(entry.length.width() - 1) + m.u(1, 1);
            let count = (beats * m.lit(rows.lanes.into())).at_width(nw);
            return (done, m.pipe("count", on, count, 2 + rows.levels()));
        }
        let here = |k: u32| {
            let here = rows.is_absent(s.lane(k)).map_or(entry.beat, |none| entry.beat & !none);
            m.delay_flag(&format!("here{k}"), on, here).to_uint()
        };
        let beat = tree::sum(m, "here", (0..rows.lanes).map(here).collect());
        let last = m.pipe_flag("row_last_count", on, entry.row, 1 + rows.levels());
        (done, passes::sum(m, "count", last, beat, nw))
    }

    /// `sum / count`, rounded, of elements from the least number up: its top bit turned it is the mean.
    fn quotient<'m>(&self, m: &'m Mod<'_>, done: Bool<'m>, sum: UInt<'m>, count: UInt<'m>) -> Found<'m> {
        m.section("the mean: the sum over the count, rounded");
        let (on, bits) = (m.bool(true), self.bits());
        let sum = sum << self.fraction;
        let dividend = Dividend { high: sum.slice(bits, count.width()), low: Low::Bits(sum.trunc(bits)) };
        let found = divide::serial(m, "mean", done, dividend, count, bits);
        let up = if self.toward_zero {
            !found.quotient.bit(bits - 1) & found.rest.any()
        } else {
            let twice = (found.rest << 1).named("mean_twice_rest");
            let divisor = found.divisor.zext(twice.width());
            twice.gt(divisor) | (twice.eq(divisor) & found.quotient.bit(0))
        };
        let up = m.delay("mean_up", on, up);
        let quotient = m.delay("mean_floor", on, found.quotient);
        let mean = (quotient + up.to_uint()).trunc(bits).named("mean_rounded");
        let mean = m.concat(&[(!mean.bit(bits - 1)).to_uint(), mean.trunc(bits - 1)]);
        let count = m.pipe("mean_count", on, found.divisor, 2);
        Found { at: m.pipe_flag("mean_done", on, found.ready, 2), mean: m.delay("mean", on, mean), count }
    }
}
