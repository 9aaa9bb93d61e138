//! The largest code of each row.

use super::passes;
use super::row_codes::Rows;
use super::row_queue::Entry;
use super::tree;
use crate::hdl::{Bool, Mod, SInt, Source};

/// Cycles from a row's last beat to its maximum.
pub fn cycles(rows: &Rows) -> u32 {
    2 + rows.levels()
}

/// The row's maximum, and the cycle in which it is there: the least code where none is.
pub fn of<'m>(rows: &Rows, m: &'m Mod<'_>, s: Source<'m>, entry: Entry<'m>) -> (Bool<'m>, SInt<'m>) {
    m.section("the beat's maximum, and the row's");
    let on = m.bool(true);
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
