//! Broadcast operands: every element is a tree of products and an accumulator.

use super::super::cell::{Cell, Control};
use super::super::{Checked, Config};
use super::{drain, entrance, parts, start, Results};
use crate::hdl::{Bool, Build, Mod, UInt};
use crate::ir::ModuleId;

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let (s, cell) = (c.derived(), &c.derived().cell);
    let a = m.stream_in("a_axis", s.a_beat(c), true);
    let b = m.stream_in("b_axis", s.b_beat(c), true);
    let out = m.stream_out("m_axis", s.out_beat(c), true);
    let run = out.free().named("run");
    let steps = entrance::steps(c, &m, run, a, b);

    m.section("control, beside the data");
    let valid = m.pipe_flag("valid", run, steps.valid, cell.stages());
    let first = m.pipe("first", run, steps.first, cell.stages());
    let last = m.pipe_flag("last", run, steps.last, 1 + cell.stages());
    let end = m.pipe("end", run, steps.end, cell.stages());

    m.section("the array");
    let start: Vec<UInt> = start(c, s.k_tiles.into()).into_iter().map(|b| m.bits(b)).collect();
    let row = row(c, build);
    let rows: Vec<UInt> = (0..c.rows)
        .map(|r| {
            let u = m.instance(&format!("u_row{r}"), row);
            u.set("run_i", run.to_uint());
            u.set("valid_i", valid.to_uint());
            u.set("first_i", first.to_uint());
            u.set("a_i", steps.a[r as usize]);
            u.set("b_i", m.lanes(&steps.b));
            u.set("start_i", m.lanes(&start));
            u.get("acc_o").named(format!("row{r}"))
        })
        .collect();
    let done = m.delay_flag("done", run, last);
    let ended = m.delay("ended", run, end);
    shift_out(c, &m, run, done, ended, &rows).leave(c, &m, run, out);
    m.finish()
}

/// Finished rows, the first one first.
pub(super) fn shift_out<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'_>,
    run: Bool<'m>,
    done: Bool<'m>,
    ended: Bool<'m>,
    rows: &[UInt<'m>],
) -> Results<'m> {
    let columns = c.cols / c.derived().cell.mac.outs();
    if let [only] = rows {
        return Results { valid: done, last: ended, states: parts(*only, columns) };
    }
    m.section("a finished tile moves into shift registers");
    let d = drain(m, run, m.delay_flag("start", run, done), c.rows);
    let mut from = None;
    for (r, acc) in rows.iter().enumerate().rev() {
        let next = from.map_or(*acc, |f| done.pick(*acc, f));
        from = Some(m.delay(&format!("out{r}"), if r + 1 == rows.len() { run & done } else { run }, next));
    }
    let frame_end = m.delay("frame_end", run & done, ended);
    let states = from.map_or(Vec::new(), |f| parts(f, columns));
    Results { valid: d.active, last: frame_end & d.last_row, states }
}

/// A row: its elements see the same `a`.
fn row(c: &Checked<Config>, build: &Build) -> ModuleId {
    let cell = &c.derived().cell;
    let columns = c.cols / cell.mac.outs();
    let element = element(cell, build, &format!("{}_pe", c.module_name()));
    let m = build.module(format!("{}_row", c.module_name()));
    m.header("block", format!("a row of {columns} elements"));
    let [run, valid, first] = ["run_i", "valid_i", "first_i"].map(|n| m.input(n, 1));
    let (a, b) = (m.input("a_i", cell.a_wire()), m.input("b_i", columns * cell.b_wire()));
    let start = m.input("start_i", cell.state_bits());
    let accs: Vec<UInt> = (0..columns)
        .map(|j| {
            let u = m.instance(&format!("u_pe{j}"), element);
            for (port, value) in [("run_i", run), ("valid_i", valid), ("first_i", first), ("a_i", a)] {
                u.set(port, value);
            }
            u.set("b_i", b.slice(j * cell.b_wire(), cell.b_wire()));
            u.set("start_i", start);
            u.get("acc_o").named(format!("acc{j}"))
        })
        .collect();
    m.output("acc_o", m.lanes(&accs));
    m.finish()
}

/// An element: products, their sum, the accumulator. `valid_i` and `first_i` come with the products, that is
/// [`Cell::stages`] cycles after the operands; a first sum starts from `start_i`.
pub fn element(cell: &Cell, build: &Build, name: &str) -> ModuleId {
    let m = build.module(name);
    m.header("block", format!("an element: {} product(s) of {} and {} bits", cell.depth, cell.a_bits(), cell.b_bits()));
    m.header("mac", format!("{}, {} register(s) before the accumulator", cell.mac.text(), cell.stages()));
    let [run, valid, first] = ["run_i", "valid_i", "first_i"].map(|n| m.input(n, 1).bit(0));
    let (a, b) = (m.input("a_i", cell.a_wire()), m.input("b_i", cell.b_wire()));
    let start = m.input("start_i", cell.state_bits());
    let sums = cell.products(&m, run, a, b);
    let vectors = cell.addends() * cell.mac.outs();
    let accs = cell.accumulate(&m, Control { run, valid, mark: first }, &parts(start, vectors), &sums);
    m.output("acc_o", m.lanes(&accs));
    m.finish()
}
