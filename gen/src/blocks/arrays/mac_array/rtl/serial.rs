//! Elements that add one digit a cycle (OPT3, OPT4C): broadcast operands, digits of one weight after the other.
//!
//! A tile's operands are replayed once for each weight of the digits, the highest first; where a pass starts, the sums
//! are multiplied by 4. In a pass, a group of `depth` digits along k takes as many cycles as the row with the most
//! non-zero digits has: an encoder names the lowest one that is left. Sums stay in carry-save form until a tile ends.

use super::super::cell::compress::compress;
use super::super::cell::digits;
use super::super::{Checked, Config, Mac};
use super::entrance;
use super::{parts, tree, Results};
use crate::blocks::replay;
use crate::hdl::{Bool, Build, Instance, Mod, Source, UInt};
use crate::ir::ModuleId;
use crate::num::Bits;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let s = c.derived();
    let a = m.stream_in("a_axis", s.a_beat(c), true);
    let b = m.stream_in("b_axis", s.b_beat(c), true);
    let out = m.stream_out("m_axis", s.out_beat(c), true);
    let run = out.free().named("run");
    let (a, b) = (again(c, &m, "u_replay_a", a), again(c, &m, "u_replay_b", b));

    m.section("one group waits, one is in work, which takes the next one in its last cycle");
    let busy = m.reg_b("busy").reset(0);
    let done = m.wire("group_done");
    let next = (run & (!busy.q() | done.value())).named("next_group");
    let waiting = m.reg_b("waiting").reset(0);
    let take = (run & (!waiting.q() | next)).named("take");
    let steps = entrance::steps(c, &m, take, a, b);
    waiting.set_when(take, steps.offered);
    busy.set_when(next, waiting.q());
    let last = m.delay("last", take, steps.last);

    m.section("control of the group in work");
    let early = c.pipeline;
    let [tile_first, pass_first, last, end] =
        [("tile_first", steps.first), ("pass_first", steps.pass_first), ("tile_last", last), ("frame_last", steps.end)]
            .map(|(n, f)| m.delay(&format!("group_{n}"), next, f));
    let first_cycle = m.delay_flag("first_cycle", run, next);
    let active = m.pipe_flag("active", run, busy.q(), early);
    let start = m.pipe("start", run, tile_first & first_cycle, early);
    let shift = m.pipe("shift", run, pass_first & first_cycle, early);
    let finished = m.pipe_flag("finished", run, busy.q() & last & done.value(), early + 1);
    let end = m.pipe("end_of_frame", run, end, early + 1);
    let mut columns = Vec::new();
    for (e, b) in steps.b.iter().enumerate() {
        columns.push(m.pipe(&format!("b_held{e}"), run, m.delay(&format!("b_group{e}"), next, *b), early));
    }

    m.section("the array");
    let encoder = encoder(c, build);
    let row = row(c, build, encoder);
    let (mut rows, mut ends) = (Vec::new(), Vec::new());
    for (r, a) in steps.a.iter().enumerate() {
        let lines = lines(c, &m, *a, steps.pass).named(format!("digits{r}"));
        let u = m.instance(&format!("u_row{r}"), row);
        for (port, value) in [("run_i", run), ("active_i", active), ("start_i", start), ("shift_i", shift)] {
            u.set(port, value.to_uint());
        }
        if c.mac == Mac::SharedDigit {
            let e = m.instance(&format!("u_encoder{r}"), encoder);
            encode(&e, run, next, lines);
            u.set("digit_i", m.pipe(&format!("digit{r}"), run, e.get("digit_o"), early));
            ends.push(e.get("last_o").bit(0));
        } else {
            u.set("next_i", next.to_uint());
            u.set("lines_i", lines);
            ends.push(u.get("last_o").bit(0));
        }
        u.set("b_i", m.lanes(&columns));
        rows.push(u.get("acc_o").named(format!("row{r}")));
    }
    done.drive(ends.into_iter().reduce(|a, b| a & b).unwrap_or(m.bool(true)));
    let results: Results = tree::shift_out(c, &m, run, finished, end, &rows);
    results.leave(c, &m, run, out);
    m.finish()
}

/// A stream whose tiles come once for each weight of the digits.
fn again<'m>(c: &Checked<Config>, m: &'m Mod<'_>, name: &str, s: Source<'m>) -> Source<'m> {
    let shape = s.shape();
    let (beats, times) = (c.derived().k_tiles, c.derived().cell.digits());
    let config = replay::Config { lanes: shape.lanes, bits: shape.bits, signed: shape.signed, beats, times };
    // A single pass needs no buffer.
    let Ok(checked) = Checked::new(config) else { return s };
    let u = m.instance(name, <replay::Config as crate::blocks::BlockConfig>::elaborate(&checked, m.build()));
    m.connect(s, u.sink("s_axis"));
    u.source("m_axis")
}

/// Bits that say which digit a row adds: one for each lane, twice, negative.
fn digit_bits(c: &Checked<Config>) -> u32 {
    c.derived().cell.depth + 2
}

/// The digits of a pass, of all lanes: "not zero" of each, then "twice", then "negative".
fn lines<'m>(c: &Checked<Config>, m: &'m Mod<'_>, a: UInt<'m>, pass: UInt<'m>) -> UInt<'m> {
    let cell = &c.derived().cell;
    let digit = |code: UInt<'m>| {
        // The highest weight comes in the first pass.
        let all: Vec<UInt> = (0..cell.digits()).rev().map(|w| digit_lines(m, code, w)).collect();
        m.select(pass, &all)
    };
    let lanes: Vec<UInt> = parts(a, cell.depth).into_iter().map(digit).collect();
    let of = |i: u32| m.lanes(&lanes.iter().map(|l| l.slice(i, 1)).collect::<Vec<_>>());
    m.lanes(&[of(0), of(1), of(2)])
}

/// Names the lowest lane that is left, one a cycle, with its digit; `last_o` where no other is left after it.
fn encoder(c: &Checked<Config>, build: &Build) -> ModuleId {
    let depth = c.derived().cell.depth;
    let m = build.module(format!("{}_encoder", c.module_name()));
    m.header("block", format!("sparse encoder: the digits of {depth} lanes that are not zero, one a cycle"));
    let [run, next] = ["run_i", "next_i"].map(|n| m.input(n, 1).bit(0));
    let lines = m.input("lines_i", 3 * depth);
    let left = m.reg_u("left", depth);
    let single = |k: u32| {
        let below = if k == 0 { m.bool(false) } else { left.q().trunc(k).any() };
        (left.q().bit(k) & !below).to_uint()
    };
    let lowest = m.lanes(&(0..depth).map(single).collect::<Vec<_>>()).named("lowest");
    let rest = (left.q() ^ lowest).named("rest");
    left.set_when(run, next.pick(lines.trunc(depth), rest));
    let twice = m.delay("twice", next, lines.slice(depth, depth));
    let negative = m.delay("negative", next, lines.slice(2 * depth, depth));
    let [twice, negative] = [twice, negative].map(|v| (v & lowest).any().to_uint());
    let digit = m.lanes(&[lowest, twice, negative]);
    m.output("digit_o", digit);
    m.output("last_o", (!rest.any()).to_uint());
    m.finish()
}

/// Connects an encoder's inputs.
fn encode<'m>(e: &Instance<'m>, run: Bool<'m>, next: Bool<'m>, lines: UInt<'m>) {
    e.set("run_i", run.to_uint());
    e.set("next_i", next.to_uint());
    e.set("lines_i", lines);
}

/// "Not zero", "twice", "negative" of a digit.
fn digit_lines<'m>(m: &'m Mod<'_>, code: UInt<'m>, w: u32) -> UInt<'m> {
    let d = digits::digit(code, w);
    m.lanes(&[(d.one | d.two).to_uint(), d.two.to_uint(), d.negative.to_uint()])
}

/// A row: its elements add multiples by the same digit.
fn row(c: &Checked<Config>, build: &Build, encoder: ModuleId) -> ModuleId {
    let cell = &c.derived().cell;
    let element = element(c, build, encoder);
    let m = build.module(format!("{}_row", c.module_name()));
    m.header("block", format!("a row of {} elements", c.cols));
    let mut same = ["run_i", "active_i", "start_i", "shift_i"].map(|n| (n, m.input(n, 1))).to_vec();
    if c.mac == Mac::SharedDigit {
        same.push(("digit_i", m.input("digit_i", digit_bits(c))));
    } else {
        same.push(("next_i", m.input("next_i", 1)));
        same.push(("lines_i", m.input("lines_i", 3 * cell.depth)));
    }
    let b = m.input("b_i", c.cols * cell.b_wire());
    let (mut accs, mut last) = (Vec::new(), None);
    for j in 0..c.cols {
        let u = m.instance(&format!("u_pe{j}"), element);
        same.iter().for_each(|(port, value)| u.set(port, *value));
        u.set("b_i", b.slice(j * cell.b_wire(), cell.b_wire()));
        accs.push(u.get("acc_o").named(format!("acc{j}")));
        // All elements of a row are at the same digit.
        if c.mac == Mac::SparseDigit && j == 0 {
            last = Some(u.get("last_o"));
        }
    }
    m.output("acc_o", m.lanes(&accs));
    if let Some(last) = last {
        m.output("last_o", last);
    }
    m.finish()
}

/// An element: a multiple -2, -1, 0, 1, 2 of one `b` joins the carry-save sum.
fn element(c: &Checked<Config>, build: &Build, encoder: ModuleId) -> ModuleId {
    let cell = &c.derived().cell;
    let (w, depth) = (cell.acc_bits(), cell.depth);
    let m = build.module(format!("{}_pe", c.module_name()));
    m.header("block", format!("an element: one digit of {depth} products a cycle"));
    let [run, active, start, shift] = ["run_i", "active_i", "start_i", "shift_i"].map(|n| m.input(n, 1).bit(0));
    let digit = if c.mac == Mac::SharedDigit {
        m.input("digit_i", digit_bits(c))
    } else {
        let e = m.instance("u_encoder", encoder);
        let next = m.input("next_i", 1).bit(0);
        encode(&e, run, next, m.input("lines_i", 3 * depth));
        m.output("last_o", e.get("last_o"));
        m.pipe("digit", run, e.get("digit_o"), c.pipeline)
    };
    let b = m.input("b_i", cell.b_wire());
    let (twice, negative) = (digit.bit(depth), digit.bit(depth + 1));

    m.section("the multiple that the digit names");
    let masked = |k: u32| {
        let mask = digit.bit(k).repeat(cell.b_bits());
        b.slice(k * cell.b_bits(), cell.b_bits()) & mask
    };
    let mut chosen = masked(0);
    for k in 1..depth {
        chosen = chosen | masked(k);
    }
    let chosen = chosen.named("chosen").as_signed();
    let wide = cell.b_bits() + 1;
    let multiple = twice.pick((chosen << 1).sext(wide), chosen.sext(wide)).as_unsigned();
    let signs = negative.repeat(wide);
    let term = (multiple ^ signs).named("term").as_signed();
    let term = term.at_width(w).called("term");

    m.section("the sum, times four where a pass over the digits starts");
    let (sum, carry) = (m.reg_u("acc_sum", w), m.reg_u("acc_carry", w));
    let [from_sum, from_carry] = [sum.q(), carry.q()].map(|v| {
        let four = if w > 2 { m.concat(&[v.trunc(w - 2), m.u(0, 2)]) } else { m.u(0, w) };
        start.pick(m.bits(Bits::zero(w)), shift.pick(four, v))
    });
    let (s, k) = compress(&m, vec![from_sum, from_carry, term.as_unsigned()], w);
    // The carries' lowest bit is free for the one that a complement lacks.
    let k = m.concat(&[k.slice(1, w - 1), negative.to_uint()]);
    sum.set_when(run & active, s);
    carry.set_when(run & active, k);
    m.output("acc_o", m.lanes(&[sum.q(), carry.q()]));
    m.finish()
}
