//! A sparse operand as it comes: for each block its bitmap and the address of its first element, and the elements one behind the other.
//!
//! Each line, a row of `a` or a column of `b`, has so many addresses for its elements as it has elements at most. Lines go to the PEs by turns where these have
//! different ones (`copies`), else to all of them.

use crate::blocks::parts::queue::queue;
use crate::blocks::sparse::code::{Code, Format};
use crate::blocks::sparse::cutter::{report, rows, steps, Cutter, Row, Words};
use crate::blocks::Cost;
use crate::hdl::{Build, UInt};
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_count, bits_for_unsigned, Bits};

/// Matrices that have a place: one that is multiplied, one that comes.
pub const MATRICES: u32 = 2;

/// Reports that have a place.
pub const REPORTS: u32 = 4;

/// What comes, and where it goes.
#[derive(Clone, Copy, Debug)]
pub struct Operand {
    /// Lines, and blocks of each.
    pub lines: u32,
    pub blocks: u32,
    /// PEs that have different lines.
    pub copies: u32,
    /// Bits of an element.
    pub bits: u32,
    pub format: Format,
    pub block: u32,
    pub word: u32,
}

impl Operand {
    pub fn code(&self) -> Code {
        Code { block: self.block, width: self.bits, format: self.format }
    }
    pub fn cutter(&self) -> Cutter {
        Cutter { code: self.code(), word: self.word, group: 1, skip: true }
    }
    /// Blocks of all lines, and their elements.
    pub fn most(&self) -> (u64, u64) {
        let blocks = u64::from(self.lines) * u64::from(self.blocks);
        (blocks * u64::from(self.block), blocks)
    }
    /// Bits of each number of a report.
    pub fn report_bits(&self) -> u32 {
        bits_for_unsigned(self.most().0.into())
    }
    /// Blocks of a PE.
    pub fn rows(&self) -> u32 {
        self.lines / self.copies * self.blocks
    }
    /// Bits of a block's address and of an element's, those of both matrices.
    pub fn row_address_bits(&self) -> u32 {
        bits_for_count((MATRICES * self.rows()).into())
    }
    pub fn address_bits(&self) -> u32 {
        bits_for_count(u64::from(MATRICES * self.rows()) * u64::from(self.block))
    }
    /// Bits of a block's row: its bitmap, and its first element's address.
    pub fn row_bits(&self) -> u32 {
        self.block + self.address_bits()
    }
    /// With the memories of a PE.
    pub fn cost(&self, cost: Cost) -> Cost {
        let rows = u64::from(MATRICES * self.rows());
        cost.ram(rows, self.row_bits().into()).ram(rows * u64::from(self.block), self.bits.into())
    }
    fn name(&self) -> String {
        let (format, lines) = (self.format.text(), format!("{}of{}x{}", self.lines, self.copies, self.blocks));
        format!("nl_intersect_mac_operand_{lines}_{format}{}_w{}_{}", self.block, self.bits, self.word)
    }
}

/// Outputs: `value_at`, `value_to`, `value`; `row_at`, `row_to`, `row`; with `copies` the PE of each; `whole` behind the last of them. Input: a matrix is `freed`.
pub fn elaborate(c: &Operand, build: &Build) -> ModuleId {
    let m = build.module(c.name());
    m.header("computes", "bitmaps of blocks and elements behind each other, of the code of a sparse operand");
    let s = m.stream_in("s_axis", BeatShape::new(c.word / 8, 8, false), true);
    let out = m.stream_out("m_report", BeatShape::new(2, c.report_bits(), false), false);
    let (on, one) = (m.bool(true), m.u(1, 1));
    let freed = m.input("freed_i", 1).any();

    m.section("the code is taken apart, where a matrix has a place");
    let (cutter, words) = (c.cutter(), Words::new(&m, &c.cutter(), s));
    let (matrices, reports) = (m.level("matrices", MATRICES), m.level("reports_taken", REPORTS));
    let filled = m.wire("filled");
    // Known a cycle late: no step that gives an element of the next matrix goes so early.
    let closing = m.reg_b("closing").reset(0);
    let room = !m.delay_flag("matrices_close", on, matrices.full() | reports.full() | closing.q());
    let taken = steps(&m, &cutter, words, room);
    matrices.moves(taken.end, freed);
    let (most, blocks) = c.most();
    let fin = (taken.pairs | taken.values) & taken.fin;
    let seen = m.counter("blocks_seen", blocks + 1).reset(0);
    let all = seen.q().eq(m.u(blocks, seen.q().width())).called("blocks_all");
    let next = (seen.q() + one).trunc(seen.q().width()).called("blocks_next");
    seen.set_when((fin & !all) | taken.end, taken.end.pick(m.u(0, next.width()), next));
    // Blocks that a code does not have are written when it has ended.
    let lacks = (taken.end & !all).named("lacks");
    closing.set_when(lacks | filled.value(), lacks);

    let put = rows(&m, &cutter, &taken);
    let row = Row::of(&cutter, put.value);
    let said = queue(&m, "reports", REPORTS, report(&m, &row, put.at, (most, blocks), c.report_bits()), out.ready());
    reports.moves(taken.end, said.left);
    out.drive(said.there, said.value, None);

    m.section("which block, of which line and PE");
    let filling = m.reg_b("filling").reset(0);
    let beyond = m.pipe("blocks_beyond", on, all, 2);
    let fin = (put.at & row.fin & !row.end & !beyond).named("block_comes") | filling.q();
    let fin = fin.named("block_over");
    let within = m.count("block_of_line", c.blocks.into(), fin);
    let line_ends = (fin & within.at_last).named("line_ends");
    let pe = m.count("pe", c.copies.into(), line_ends);
    let turns = (line_ends & pe.at_last).named("pes_turn");
    let line = m.count("line", (c.lines / c.copies).into(), turns);
    let complete = (turns & line.at_last).named("complete");
    let code_ends = (put.at & row.end).named("code_comes_to_end");
    let fills = (code_ends & !m.pipe("complete_before", on, all, 2)).named("fills");
    filling.set_when(fills | complete, fills);
    filled.drive(complete);

    let matrix = m.count("matrix", MATRICES.into(), complete);
    let wraps = (complete & matrix.at_last).named("wraps");
    let whole = (code_ends & !fills) | (filling.q() & complete);
    m.output("whole_o", m.pipe_flag("whole", on, whole, 2).to_uint());

    m.section("elements, behind each other in their line");
    let there = (put.at & row.there.bit(0) & !row.end & !beyond).named("element_there");
    let bits = c.address_bits();
    let (to, base) = (m.reg_u("value_to", bits).reset(0), m.reg_u("line_base", bits).reset(0));
    let behind = (base.q() + m.u((c.blocks * c.block).into(), bits)).trunc(bits).called("line_base_next");
    let next_base = turns.pick(wraps.pick(m.u(0, bits), behind), base.q());
    let after = (to.q() + there.to_uint()).trunc(bits).called("value_to_next");
    let next = line_ends.pick(next_base, after);
    base.set_when(turns, next_base);
    to.set_when(there | line_ends, next);
    let copied = |name: &str, v: UInt<'_>| {
        if c.copies > 1 {
            m.output(&format!("{name}_pe_o"), m.delay(&format!("{name}_pe"), on, v));
        }
    };
    let is_there = m.delay_flag("value_at", on, there);
    m.output("value_at_o", is_there.to_uint());
    m.output("value_to_o", m.delay("value_goes", on, to.q()));
    m.output("value_o", m.delay("value", on, row.values[0]));
    copied("value", pe.value);

    m.section("a block's bitmap, and where its elements begin");
    let from = m.reg_u("block_from", bits).reset(0);
    from.set_when(fin, next);
    let index = row.groups[0];
    let hot = (0..c.block).map(|i| index.eq(m.u(i.into(), index.width())).to_uint());
    let hot = m.delay("flag", on, m.lanes(&hot.collect::<Vec<_>>()));
    let done = m.delay_flag("block_is_done", on, fin);
    let bitmap = m.reg_u("bitmap_so_far", c.block).reset(0);
    let flags = bitmap.q() | (hot & is_there.repeat(c.block));
    bitmap.set(done.pick(m.bits(Bits::zero(c.block)), flags));
    let row_bits = c.row_address_bits();
    let (row_to, row_base) = (m.reg_u("row_to", row_bits).reset(0), m.reg_u("row_base", row_bits).reset(0));
    let behind = (row_to.q() + one).trunc(row_bits).called("row_to_next");
    let behind = wraps.pick(m.u(0, row_bits), behind);
    row_base.set_when(turns, behind);
    row_to.set_when(fin, (line_ends & !turns).pick(row_base.q(), behind));
    m.output("row_at_o", m.delay_flag("row_written", on, done).to_uint());
    m.output("row_to_o", m.pipe("row_goes", on, row_to.q(), 2));
    let begins = m.delay("block_begins", on, from.q());
    m.output("row_o", m.delay("row_of_block", on, m.concat(&[begins, flags])));
    copied("row", m.delay("row_pe_then", on, pe.value));
    m.finish()
}
