//! The largest magnitude of each row.

use super::passes;
use super::row_codes::Rows;
use super::row_queue::Entry;
use super::tree;
use crate::hdl::{Bool, Mod, Source, UInt};

/// Cycles from a row's last beat to its largest magnitude.
pub fn cycles(rows: &Rows) -> u32 {
    2 + rows.levels()
}

/// It, and the cycle in which it is there; as many bits as an element has, of which the lowest one needs all.
pub fn of<'m>(rows: &Rows, m: &'m Mod<'_>, s: Source<'m>, entry: Entry<'m>) -> (Bool<'m>, UInt<'m>) {
    m.section("the beat's largest magnitude, and the row's");
    let on = m.bool(true);
    let magnitude = |k: u32| {
        let x = s.lane(k).as_signed().abs().at_width(rows.bits);
        passes::here(m, &format!("magnitude{k}"), entry.beat, x).to_signed()
    };
    let beat = tree::max(m, "largest", (0..rows.lanes).map(magnitude).collect());
    let beat = beat.as_unsigned().trunc(rows.bits);
    let last = m.pipe_flag("row_last_largest", on, entry.row, 1 + rows.levels());
    let so_far = m.reg_u("largest_so_far", rows.bits).reset(0);
    let now = so_far.q().gt(beat).pick(so_far.q(), beat).named("largest_now");
    let largest = passes::total(m, "largest", last, so_far, m.u(0, rows.bits), now);
    (m.delay_flag("row_largest", on, last), largest)
}
