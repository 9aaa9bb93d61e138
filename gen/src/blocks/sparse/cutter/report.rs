//! What is said of a code when it has come.

use super::rows::Row;
use crate::blocks::parts::row_queue::Given;
use crate::hdl::{Bool, Mod, UInt};

/// Of rows `at` which blocks and codes end, of codes of up to `most` elements in `blocks` whole blocks: the elements that have a place, and above them the number of the
/// first block that is malformed or has none, from 1 on, or 0; `bits` each.
pub fn report<'m>(m: &'m Mod<'_>, row: &Row<'m>, at: Bool<'m>, (most, blocks): (u64, u64), bits: u32) -> Given<'m> {
    let one = m.u(1, 1);
    let size = m.reg_u("served", bits).reset(0);
    let block = m.counter("block", blocks + 1).reset(0);
    let (fin, done) = ((at & row.fin & !row.end).named("block_ends"), (at & row.end).named("code_ends"));
    let full = size.q().eq(m.u(most, bits)).called("served_all");
    let sum = (size.q() + row.size_less + one).trunc(bits).called("served_next");
    size.set_when((fin & !full) | done, done.pick(m.u(0, bits), sum));
    let number: UInt = (block.q() + one).trunc(block.q().width()).called("block_number");
    block.set_when((fin & !full) | done, done.pick(m.u(0, number.width()), number));
    let number = (block.q() + one).called("block_name");
    let malformed = m.reg_u("malformed", number.width()).reset(0);
    let wrong = (row.wrong | (!row.end & full)) & !malformed.q().any();
    // Of an end that is wrong its last block is.
    let last = m.delay("last_block", fin, number);
    let found = wrong.pick(row.end.pick(last, number), malformed.q()).called("malformed_next");
    malformed.set_when(fin | done, done.pick(m.u(0, found.width()), found));
    Given { at: done, value: m.concat(&[found.at_width(bits), size.q()]) }
}
