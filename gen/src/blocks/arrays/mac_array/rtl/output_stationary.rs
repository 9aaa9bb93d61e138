//! Systolic, sums stay: `a` moves right and `b` down, one element a cycle. Finished sums move down and out.
//!
//! Row 0 of a tile is at the bottom of the array, so that it leaves first. Control moves with `a`. With `T` the cycle
//! in which element (0, 0) puts its finished sum into its output register, element (p, c) does so in cycle
//! `T + p + c`. Row `p` then takes what is above it `p` times, from cycle `T + R + c` on; the next tile's sum comes
//! in cycle `T + R + p + c` at the earliest, one cycle after the last of them.

use super::super::cell::Control;
use super::super::{Checked, Config};
use super::{drain, entrance, parts, start, Results};
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::ModuleId;
use crate::num::Bits;

/// Control that moves with `a`.
const FLAGS: [&str; 3] = ["valid", "last", "shift"];

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let (s, cell) = (c.derived(), &c.derived().cell);
    let a = m.stream_in("a_axis", s.a_beat(c), true);
    let b = m.stream_in("b_axis", s.b_beat(c), true);
    let out = m.stream_out("m_axis", s.out_beat(c), true);
    let run = out.free().named("run");
    let steps = entrance::steps(c, &m, run, a, b);
    let (rows, columns, stages) = (c.rows, c.cols / cell.mac.outs(), cell.stages());

    m.section("control of the first element; each row sees it one cycle after the row above");
    let valid = m.pipe_flag("valid", run, steps.valid, stages);
    // Set by reset: what it leaves in the accumulators is cleared before the first step arrives.
    let last = (0..=stages).fold(steps.last, |v, i| after_reset(&m, &format!("last_p{i}"), run, v, true));
    let end = m.pipe("end", run, steps.end, stages);

    m.section("the rows of a finished tile, seen at the bottom of column 0");
    let bottom = m.pipe_flag("bottom", run, valid & last, rows);
    let d = drain(&m, run, bottom, rows);
    let end = m.pipe("bottom_end", run, end, rows);
    let frame_end = if rows == 1 { end } else { m.delay("frame_end", run & bottom, end) };
    let row_index = d.row;
    let shifts = (0..rows).map(|p| match row_index {
        Some(row) if p > 0 => (d.active & row.lt(m.lit(p.into()))).to_uint(),
        _ => m.u(0, 1),
    });
    let shifts: Vec<UInt> = shifts.collect();

    m.section("skewed operands");
    let physical: Vec<UInt> = steps.a.iter().rev().copied().collect();
    let a = skew(&m, "a_in", run, physical);
    let b = skew(&m, "b_in", run, steps.b.clone());
    let flags = [flag_rows(&m, "valid", run, valid, rows, false), flag_rows(&m, "last", run, last, rows, true), shifts];

    m.section("the array");
    let row = row(c, build);
    let (mut down, mut sums) = (m.lanes(&b), m.bits(Bits::zero(columns * cell.state_bits())));
    for p in 0..rows {
        let u = m.instance(&format!("u_row{p}"), row);
        u.set("run_i", run.to_uint());
        for (name, values) in FLAGS.iter().zip(&flags) {
            u.set(&format!("{name}_i"), values[p as usize]);
        }
        u.set("a_i", a[p as usize]);
        u.set("b_i", down);
        u.set("sum_i", sums);
        down = u.get("b_o");
        sums = u.get("sum_o").named(format!("sums{p}"));
    }

    m.section("columns, aligned again");
    let states = unskew(&m, "aligned", run, parts(sums, columns));
    let valid = m.pipe_flag("aligned", run, d.active, columns - 1);
    let last = m.pipe("aligned_last", run, frame_end & d.last_row, columns - 1);
    Results { valid, last, states }.leave(c, &m, run, out);
    m.finish()
}

/// Value `i` is `i` cycles late.
pub fn skew<'m>(m: &'m Mod<'_>, name: &str, run: Bool<'m>, values: Vec<UInt<'m>>) -> Vec<UInt<'m>> {
    let late = |(i, v): (usize, UInt<'m>)| m.pipe(&format!("{name}{i}"), run, v, i as u32);
    values.into_iter().enumerate().map(late).collect()
}

/// The first value is as late as the last one was.
pub fn unskew<'m>(m: &'m Mod<'_>, name: &str, run: Bool<'m>, values: Vec<UInt<'m>>) -> Vec<UInt<'m>> {
    let n = values.len();
    let late = |(i, v): (usize, UInt<'m>)| m.pipe(&format!("{name}{i}"), run, v, (n - 1 - i) as u32);
    values.into_iter().enumerate().map(late).collect()
}

/// A flag for each of `n` rows, one cycle later in each.
pub fn flag_rows<'m>(m: &'m Mod<'_>, name: &str, run: Bool<'m>, flag: Bool<'m>, n: u32, reset: bool) -> Vec<UInt<'m>> {
    let mut all = vec![flag];
    for p in 1..n as usize {
        all.push(after_reset(m, &format!("{name}_row{p}"), run, all[p - 1], reset));
    }
    all.iter().map(|f| f.to_uint()).collect()
}

/// A flag one cycle later; `reset` after reset.
fn after_reset<'m>(m: &'m Mod<'_>, name: &str, run: Bool<'m>, flag: Bool<'m>, reset: bool) -> Bool<'m> {
    let r = m.reg_b(name).reset(reset.into());
    r.set_when(run, flag);
    r.q()
}

/// A row: `a` and control pass from element to element.
fn row(c: &Checked<Config>, build: &Build) -> ModuleId {
    let cell = &c.derived().cell;
    let columns = c.cols / cell.mac.outs();
    let element = element(c, build);
    let m = build.module(format!("{}_row", c.module_name()));
    m.header("block", format!("a row of {columns} elements"));
    let run = m.input("run_i", 1);
    let mut flags: Vec<UInt> = FLAGS.iter().map(|n| m.input(&format!("{n}_i"), 1)).collect();
    let mut a = m.input("a_i", cell.a_wire());
    let (b, sums) = (m.input("b_i", columns * cell.b_wire()), m.input("sum_i", columns * cell.state_bits()));
    let (mut down, mut out) = (Vec::new(), Vec::new());
    for j in 0..columns {
        let u = m.instance(&format!("u_pe{j}"), element);
        u.set("run_i", run);
        for (name, value) in FLAGS.iter().zip(&flags) {
            u.set(&format!("{name}_i"), *value);
        }
        u.set("a_i", a);
        u.set("b_i", b.slice(j * cell.b_wire(), cell.b_wire()));
        u.set("sum_i", sums.slice(j * cell.state_bits(), cell.state_bits()));
        flags = FLAGS.iter().map(|n| u.get(&format!("{n}_o")).named(format!("{n}{j}"))).collect();
        a = u.get("a_o").named(format!("a{j}"));
        down.push(u.get("b_o").named(format!("b{j}")));
        out.push(u.get("sum_o").named(format!("sum{j}")));
    }
    m.output("b_o", m.lanes(&down));
    m.output("sum_o", m.lanes(&out));
    m.finish()
}

/// An element: operands pass through, products accumulate, a finished sum is copied and shifted down.
fn element(c: &Checked<Config>, build: &Build) -> ModuleId {
    let cell = &c.derived().cell;
    let m = build.module(format!("{}_pe", c.module_name()));
    m.header("block", format!("an element: {} product(s) of {} and {} bits", cell.depth, cell.a_bits(), cell.b_bits()));
    m.header("mac", format!("{}, {} register(s) before the accumulator", cell.mac.text(), cell.stages()));
    let run = m.input("run_i", 1).bit(0);
    let [valid, last, shift] = FLAGS.map(|n| m.input(&format!("{n}_i"), 1).bit(0));
    let (a, b) = (m.input("a_i", cell.a_wire()), m.input("b_i", cell.b_wire()));
    let above = m.input("sum_i", cell.state_bits());

    m.section("operands and control pass on");
    for (name, flag) in FLAGS.iter().zip([valid, last, shift]) {
        m.output(&format!("{name}_o"), after_reset(&m, name, run, flag, *name == "last").to_uint());
    }
    m.output("a_o", m.delay("a", run, a));
    m.output("b_o", m.delay("b", run, b));

    m.section("products and their sum; the last step's goes out, and the next tile starts from nothing");
    let sums = cell.products(&m, run, a, b);
    let start = start(c, c.derived().k_tiles.into());
    let whole = cell.accumulate_to_last(&m, Control { run, valid, mark: last }, &start, &sums);

    m.section("the way out");
    let out = m.reg_u("out", cell.state_bits());
    out.set_when(run & (last | shift), last.pick(m.lanes(&whole), above));
    m.output("sum_o", out.q());
    m.finish()
}
