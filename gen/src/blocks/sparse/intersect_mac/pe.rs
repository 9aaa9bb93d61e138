//! A PE: blocks of a row and a column that have a flag in common, and the products of their elements.

use super::load::{Operand, MATRICES};
use super::Config;
use crate::blocks::parts::queue::{queue, First};
use crate::blocks::parts::row_queue::Given;
use crate::hdl::{Bool, Build, Mod, Ram, UInt};
use crate::ir::{BeatShape, ModuleId};

/// Blocks that are read ahead have a place.
pub const PAIRS: u32 = 16;

/// Registers from a block's address to its bitmap, and to what both have in common.
const TO_COMMON: u32 = 3;

/// Registers from the places of two elements to the sum that has their product.
const TO_SUM: u32 = 5;

impl Config {
    /// Levels of sums of flags that are added in a cycle; registers of the tree.
    fn tree_cycles(&self) -> u32 {
        self.block.trailing_zeros().div_ceil(2)
    }
    /// Bits of two rows that wait, and what their sum's state is.
    pub fn pair_bits(&self) -> u32 {
        self.a().row_bits() + self.b().row_bits() + 3
    }
    /// Registers from a pair's cycle to the sum that has its product.
    pub fn to_sum(&self) -> u32 {
        2 + self.tree_cycles() + TO_SUM
    }
    /// Registers from a block's address to the count of its pairs.
    pub fn to_count(&self) -> u32 {
        TO_COMMON + self.tree_cycles()
    }
}

/// What is written of an operand.
struct Written<'m> {
    rows: Ram<'m>,
    values: Ram<'m>,
    /// A matrix is there.
    whole: Bool<'m>,
}

fn written<'m>(m: &'m Mod<'m>, name: &str, c: &Operand, done: Bool<'m>) -> Written<'m> {
    let input = |what: &str, bits: u32| m.input(&format!("{name}_{what}_i"), bits);
    let rows = m.ram(&format!("{name}_rows"), c.row_bits(), MATRICES * c.rows());
    rows.write(input("row_at", 1).any(), input("row_to", c.row_address_bits()), input("row", c.row_bits()));
    let values = m.ram(&format!("{name}_values"), c.bits, MATRICES * c.rows() * c.block);
    values.write(input("value_at", 1).any(), input("value_to", c.address_bits()), input("value", c.bits));
    let whole = m.level(&format!("{name}_whole"), MATRICES);
    whole.moves(input("whole", 1).any(), done);
    Written { rows, values, whole: whole.some() }
}

pub fn elaborate(c: &Config, key: &str, build: &Build) -> ModuleId {
    let m = build.module(format!("nl_intersect_mac_pe_{key}"));
    m.header("computes", "sums of products of a row's and a column's elements that are both there");
    let out = m.stream_out("m_axis", BeatShape::new(1, c.sum_bits(), true), true);

    m.section("blocks of each row and column, one a cycle");
    let (frame_done, popped) = (m.wire("frame_done"), m.wire("sum_leaves"));
    let (a, b) = (written(&m, "a", &c.a(), frame_done.value()), written(&m, "b", &c.b(), frame_done.value()));
    let sums = m.level("sums_taken", c.ahead);
    let (pairs, loads) = (m.level("pairs_taken", PAIRS), m.wire("pair_loads"));
    let go = m.wire("go");
    let block = m.count("block", c.blocks().into(), go.value());
    let sum_ends = (go.value() & block.at_last).named("sum_ends");
    let column = m.count("column", c.tiles().into(), sum_ends);
    let row_ends = (sum_ends & column.at_last).named("row_ends");
    let row = m.count("product_row", c.m.into(), row_ends);
    let frame = (row_ends & row.at_last).named("frame_ends");
    frame_done.drive(frame);
    go.drive(a.whole & b.whole & !pairs.full() & !(block.at_first & sums.full()));
    pairs.moves(go.value(), loads.value());
    sums.moves(go.value() & block.at_first, popped.value());
    let at = places(c, &m, go.value(), (sum_ends, row_ends, frame));
    let rows = (read(&m, "a_row", &a.rows, go.value(), at.0), read(&m, "b_row", &b.rows, go.value(), at.1));
    let state = m.lanes(&[block.at_first.to_uint(), block.at_last.to_uint(), frame.to_uint()]);
    let pair = pairs_of(c, &m, (go.value(), rows, state), loads.value());
    let step = walk(c, &m, &pair);
    loads.drive(step.loads);

    m.section("flags in front of it in both: where the elements are");
    let x = element(c, &m, "a", (&a, c.a().address_bits()), &step);
    let y = element(c, &m, "b", (&b, c.b().address_bits()), &step);

    m.section("products, summed");
    let (on, to_sum) = (m.bool(true), c.to_sum());
    let product = m.delay("product", on, x.number(c.a_signed) * y.number(c.b_signed));
    let live = m.pipe_flag("live", on, step.live, to_sum - 2);
    let term = m.delay("term", on, live.pick(product, m.s(0, product.width())));
    let first = m.pipe("first", on, step.first, to_sum - 1);
    let valid = m.pipe_flag("valid", on, step.active, to_sum - 1);
    let sum = m.reg_s("sum", c.sum_bits());
    let before = first.pick(m.s(0, c.sum_bits()), sum.q());
    sum.set_when(valid, (before + term).trunc(c.sum_bits()).called("sum_next"));
    let done = m.pipe_flag("done", on, step.last, to_sum);
    let ends = m.pipe("done_ends", on, step.frame, to_sum);
    let put = Given { at: done, value: m.concat(&[ends.to_uint(), sum.q().as_unsigned()]) };
    let ready = queue(&m, "sums", c.ahead, put, out.ready());
    popped.drive(ready.there & out.ready());
    out.drive(ready.there, ready.value.trunc(c.sum_bits()), Some(ready.value.bit(c.sum_bits())));
    m.finish()
}

/// A memory's word, two registers later.
fn read<'m>(m: &'m Mod<'_>, name: &str, from: &Ram<'m>, enable: Bool<'m>, at: UInt<'m>) -> UInt<'m> {
    m.delay(name, m.bool(true), from.read(enable, at))
}

/// A pair of blocks.
struct Pair<'m> {
    /// It is there, and how many flags it has in common.
    count: First<'m>,
    /// Both rows, and what its sum's state is.
    value: UInt<'m>,
}

/// Pairs of blocks in their order, until each `loads`.
fn pairs_of<'m>(
    c: &Config,
    m: &'m Mod<'m>,
    (go, (x, y), state): (Bool<'m>, (UInt<'m>, UInt<'m>), UInt<'m>),
    loads: Bool<'m>,
) -> Pair<'m> {
    m.section("what both have in common");
    let on = m.bool(true);
    let common = m.delay("common", on, x.trunc(c.block) & y.trunc(c.block));
    let state = m.pipe("state", on, state, 2);
    let at = m.pipe_flag("pair_there", on, go, 2);
    let value = queue(m, "pairs", PAIRS, Given { at, value: m.concat(&[state, y, x]) }, loads).value;
    let count = counted(m, "count", (0..c.block).map(|i| common.bit(i).to_uint()).collect());
    let at = m.pipe_flag("count_there", on, go, c.to_count());
    Pair { count: queue(m, "counts", PAIRS, Given { at, value: count }, loads), value }
}

/// A cycle of a pair of blocks.
struct Walk<'m> {
    /// There is one; it has an element of both.
    active: Bool<'m>,
    live: Bool<'m>,
    /// It is its sum's first, its sum's last; the frame ends with its block.
    first: Bool<'m>,
    last: Bool<'m>,
    frame: Bool<'m>,
    /// Another pair of blocks is taken.
    loads: Bool<'m>,
    /// Flags in front of it, and both rows.
    front: UInt<'m>,
    rows: [UInt<'m>; 2],
}

/// One flag that both have a cycle; where there is none, a cycle.
fn walk<'m>(c: &Config, m: &'m Mod<'m>, pair: &Pair<'m>) -> Walk<'m> {
    m.section("a flag of these a cycle");
    let count = pair.count.value;
    let w = count.width();
    let active = m.reg_b("active").reset(0);
    let left = m.reg_u("left", w);
    let last = m.reg_b("pair_last");
    let loads = (pair.count.there & (!active.q() | last.q())).named("loads");
    active.set_when(!active.q() | last.q(), pair.count.there);
    let moves = loads | active.q();
    let less = (left.q() - m.u(1, 1)).as_unsigned().trunc(w).called("left_less");
    let next = loads.pick(count, less).called("left_next");
    left.set_when(moves, next);
    last.set_when(moves, !(next >> 1).any());
    let (x_bits, y_bits) = (c.a().row_bits(), c.b().row_bits());
    let (x, y) = (pair.value.trunc(x_bits), pair.value.slice(x_bits, y_bits));
    let flags = m.reg_u("flags", c.block);
    let below = (flags.q() - m.u(1, 1)).as_unsigned().trunc(c.block).called("flags_less");
    flags.set_when(moves, loads.pick(x.trunc(c.block) & y.trunc(c.block), flags.q() & below));
    let rows = [m.delay("a_of_pair", loads, x), m.delay("b_of_pair", loads, y)];
    let state = m.delay("state_of_pair", loads, pair.value.slice(x_bits + y_bits, 3));
    let some = m.delay("pairs_there", loads, count.any());
    let begins = m.delay("pair_begins", moves, loads);
    Walk {
        active: active.q(),
        live: active.q() & some,
        first: begins & state.bit(0),
        last: active.q() & last.q() & state.bit(1),
        frame: state.bit(2),
        loads,
        // All below the lowest flag.
        front: (below & !flags.q()).called("front"),
        rows,
    }
}

/// An operand's element, by the flags in front of it.
fn element<'m>(c: &Config, m: &'m Mod<'m>, name: &str, (of, bits): (&Written<'m>, u32), step: &Walk<'m>) -> UInt<'m> {
    let (on, tree) = (m.bool(true), c.tree_cycles());
    let row = step.rows[usize::from(name == "b")];
    let flags = m.delay(&format!("{name}_front"), on, row.trunc(c.block) & step.front);
    let count = counted(m, name, (0..c.block).map(|i| flags.bit(i).to_uint()).collect());
    let base = m.pipe(&format!("{name}_base"), on, row.slice(c.block, bits), 1 + tree);
    let at = m.delay(&format!("{name}_at"), on, (base + count).trunc(bits).called(format!("{name}_goes_to")));
    let is = m.pipe_flag(&format!("{name}_is"), on, step.live, 2 + tree);
    read(m, &format!("{name}_element"), &of.values, is, at)
}

/// How many are set; two levels of sums a register.
fn counted<'m>(m: &'m Mod<'_>, name: &str, mut sums: Vec<UInt<'m>>) -> UInt<'m> {
    let mut level = 0;
    while sums.len() > 1 {
        let held = level % 2 == 1 || sums.len() == 2;
        let two = |(i, p): (usize, &[UInt<'m>])| {
            let sum = p.get(1).map_or(p[0], |b| p[0] + *b).called(format!("{name}_sum{level}x{i}"));
            if held {
                m.delay(&format!("{name}_sums{level}x{i}"), m.bool(true), sum)
            } else {
                sum
            }
        };
        sums = sums.chunks(2).enumerate().map(two).collect();
        level += 1;
    }
    sums[0]
}

/// Addresses of a row's and a column's block: rows follow each other, columns begin anew with each row.
fn places<'m>(
    c: &Config,
    m: &'m Mod<'_>,
    go: Bool<'m>,
    (sum_ends, row_ends, frame): (Bool<'m>, Bool<'m>, Bool<'m>),
) -> (UInt<'m>, UInt<'m>) {
    let next = |v: UInt<'m>, most: u32, name: &str| {
        let last = v.eq(m.u(u64::from(most) - 1, v.width())).called(format!("{name}_wraps"));
        last.pick(m.u(0, v.width()), (v + m.u(1, 1)).trunc(v.width())).called(format!("{name}_next"))
    };
    let (rows, columns) = (MATRICES * c.a().rows(), MATRICES * c.b().rows());
    let (a, line) =
        (m.reg_u("a_to", c.a().row_address_bits()).reset(0), m.reg_u("a_line", c.a().row_address_bits()).reset(0));
    let behind = next(a.q(), rows, "a_to");
    a.set_when(go, (sum_ends & !row_ends).pick(line.q(), behind));
    line.set_when(row_ends, behind);
    let (b, matrix) =
        (m.reg_u("b_to", c.b().row_address_bits()).reset(0), m.reg_u("b_base", c.b().row_address_bits()).reset(0));
    let behind = next(b.q(), columns, "b_to");
    b.set_when(go, (row_ends & !frame).pick(matrix.q(), behind));
    matrix.set_when(frame, behind);
    (a.q(), b.q())
}
