//! Systolic, weights stay: `a` moves right, sums move down, one element a cycle.
//!
//! The next tile's weights move down a chain of their own. When its last beat has been taken (cycle `E`), column `c`
//! copies the chain to its waiting weights in cycle `E + 2 + c`, all rows at once. The swap of waiting and active
//! weights moves with `a`: element (p, c) does it in cycle `S + p + c`, with `S >= E + 3`. The next copy must not
//! come before the last row's swap: `E' + 2 >= S + R - 1`.

use super::super::{Checked, Config};
use super::entrance::{beyond, operand};
use super::output_stationary::{flag_rows, skew, unskew};
use super::{parts, start};
use crate::hdl::{Bool, Build, Mod, SInt, Sink, Source, UInt};
use crate::ir::ModuleId;
use crate::num::{bits_for_count, bits_for_range, Bits};

/// The next tile's weights, one register behind their stream.
struct Load<'m> {
    /// A beat moves down the chain.
    beat: Bool<'m>,
    /// The chain holds a tile: copy it.
    copy: Bool<'m>,
    /// Weights of each column of elements.
    b: Vec<UInt<'m>>,
}

pub fn elaborate(c: &Checked<Config>, build: &Build) -> ModuleId {
    let m = c.module(build);
    let (s, cell) = (c.derived(), &c.derived().cell);
    let a = m.stream_in("a_axis", s.a_beat(c), true);
    let b = m.stream_in("b_axis", s.b_beat(c), true);
    let out = m.stream_out("m_axis", s.out_beat(c), true);
    let run = out.free().named("run");
    let (rows, columns) = (c.rows, c.cols / cell.mac.outs());

    m.section("a tile of weights waits, or is active");
    let waiting = m.reg_b("waiting").reset(0);
    let active = m.reg_b("active").reset(0);
    let swap = (waiting.q() & !active.q()).named("swap");
    let load = load(c, &m, run, swap, b);
    waiting.set_when(run, load.copy | (waiting.q() & !swap));
    let (step, tile_end, values) = activations(c, &m, run, a, active.q() | swap);
    active.set_when(run, (active.q() | swap) & !tile_end);

    m.section("skewed operands and control");
    let by_row: Vec<UInt> = values.iter().rev().copied().collect();
    let a = skew(&m, "a_in", run, by_row);
    let b = skew(&m, "b_in", run, load.b);
    let beats = m.lanes(&skew(&m, "load", run, vec![load.beat.to_uint(); columns as usize])).called("beats");
    let copies = m.lanes(&skew(&m, "copy", run, vec![load.copy.to_uint(); columns as usize])).called("copies");
    let swaps = flag_rows(&m, "swap", run, swap, rows, false);

    m.section("the array");
    let (mut down, mut sums) = (m.lanes(&b), None);
    for p in 0..rows {
        let u = m.instance(&format!("u_row{p}"), row(c, build, p));
        for (port, value) in
            [("run_i", run.to_uint()), ("swap_i", swaps[p as usize]), ("load_i", beats), ("copy_i", copies)]
        {
            u.set(port, value);
        }
        u.set("a_i", a[p as usize]);
        u.set("b_i", down);
        if let Some(above) = sums {
            u.set("sum_i", above);
        }
        down = u.get("b_o");
        sums = Some(u.get("sum_o").named(format!("sums{p}")));
    }

    m.section("columns, aligned again");
    let bits = bits_after(c, rows);
    let states = sums.map_or(Vec::new(), |s| unskew(&m, "aligned", run, parts(s, columns)));
    let valid = m.pipe_flag("valid", run, step, cell.stages() + rows + columns - 1);
    let mut lanes: Vec<UInt> = Vec::new();
    for (i, state) in states.iter().enumerate() {
        lanes.extend(cell.resolve(&m, run, &format!("col{i}"), *state, bits));
    }
    let valid = m.pipe_flag("resolved", run, valid, cell.resolve_stages());
    leave(c, &m, run, valid, &lanes, out);
    m.finish()
}

/// Bits of a sum that has passed `rows` rows. Carry-save sums are modulo their width, which cannot grow.
fn bits_after(c: &Checked<Config>, rows: u32) -> u32 {
    let s = c.derived();
    if s.cell.addends() > 1 {
        s.acc_bits
    } else {
        bits_for_range(s.partial(rows), true).max(2)
    }
}

/// Takes weights, a k a beat.
fn load<'m>(c: &Checked<Config>, m: &'m Mod<'_>, run: Bool<'m>, swap: Bool<'m>, b: Source<'m>) -> Load<'m> {
    let (s, cell) = (c.derived(), &c.derived().cell);
    m.section("weights: a tile's last beat waits until the tile before it is on its way");
    let pending = m.reg_b("pending").reset(0);
    let settle = c.rows.saturating_sub(3).max(1);
    // Cycles since the last swap, as far as they matter.
    let age = m.counter("swap_age", u64::from(settle) + 1).reset(settle.into());
    let old = age.q().eq(m.u(settle.into(), age.q().width())).called("old");
    let older = (age.q() + m.u(1, 1)).trunc(age.q().width()).called("older");
    age.set_when(run, swap.pick(m.u(1, age.q().width()), old.pick(age.q(), older)));
    let room = (!pending.q() & old).named("room");

    let at = m.counter("b_row", c.rows.into()).reset(0);
    let fire = b.fire().named("load");
    let last = m.count_to(at, c.rows.into(), fire).named("load_last");
    b.set_ready(run & (!last | room));
    pending.set_when(run, (fire & last) | (pending.q() & !swap));
    let k = m.count("b_k_tile", s.k_tiles.into(), fire & last);
    let n = m.count("b_n_tile", s.n_tiles.into(), fire & last & k.at_last);
    let outs = cell.mac.outs();
    // Rows beyond k meet zeros of `a`, which is enough but for NaN and infinities.
    let used = c.k - (s.k_tiles - 1) * c.rows;
    let below = if cell.format.is_some() && used < c.rows {
        (k.at_last & at.q().ge(m.u(used.into(), at.q().width()))).named("b_padding")
    } else {
        m.bool(false)
    };
    let mut columns = Vec::new();
    for e in 0..c.cols / outs {
        let one = |j: u32| {
            let padded = beyond(m, j, c.cols, c.n, n.at_last) | below;
            operand(m, b.lane_number(j), c.b_zero, padded, cell.b_bits())
        };
        let values: Vec<SInt> = (e * outs..(e + 1) * outs).map(one).collect();
        columns.push(m.delay(&format!("b{e}"), run, cell.encode_b(m, &values)));
    }
    let beat = m.delay_flag("load", run, fire);
    let copy = m.pipe_flag("copy", run, fire & last, 2);
    Load { beat, copy, b: columns }
}

/// Takes activations where `open`: "a step", "the tile's last", and the rows' values, one register later.
fn activations<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'_>,
    run: Bool<'m>,
    a: Source<'m>,
    open: Bool<'m>,
) -> (Bool<'m>, Bool<'m>, Vec<UInt<'m>>) {
    let (s, cell) = (c.derived(), &c.derived().cell);
    m.section("activations");
    a.set_ready(run & open);
    let fire = a.fire().named("step");
    let i = m.count("a_row", c.m.into(), fire);
    let k = m.count("a_k_tile", s.k_tiles.into(), fire & i.at_last);
    let value = |r: u32| {
        let padded = beyond(m, r, c.rows, c.k, k.at_last);
        let x = operand(m, a.lane_number(r), c.a_zero, padded, cell.a_bits());
        m.delay(&format!("a{r}"), run, cell.encode_a(m, &format!("a{r}"), &[x]))
    };
    let values = (0..c.rows).map(value).collect();
    (m.delay_flag("valid", run, fire), fire & i.at_last, values)
}

/// Sums leave; those of several tiles along k are added in a RAM first.
fn leave<'m>(c: &Checked<Config>, m: &'m Mod<'m>, run: Bool<'m>, valid: Bool<'m>, lanes: &[UInt<'m>], out: Sink<'m>) {
    let (s, cell) = (c.derived(), &c.derived().cell);
    m.section("results");
    if s.k_tiles == 1 {
        let i = m.count("row", c.m.into(), run & valid);
        let n = m.count("tile", s.n_tiles.into(), run & valid & i.at_last);
        let wide: Vec<UInt> = lanes.iter().map(|l| widen(c, m, *l)).collect();
        finish(c, m, run, valid, i.at_last & n.at_last, &wide, out);
        return;
    }
    let word = cell.vector_bits(s.acc_bits);
    let row = m.counter("row", c.m.into()).reset(0);
    let row_last = m.count_to(row, c.m.into(), run & valid).called("row_last");
    let k = m.count("k_tile", s.k_tiles.into(), run & valid & row_last);
    let n = m.count("n_tile", s.n_tiles.into(), run & valid & row_last & k.at_last);
    let address = row.q().zext(bits_for_count(c.m.into()).max(row.q().width()));
    let ram = (c.m > 1).then(|| m.ram("sums", word * c.cols, c.m));
    // One row comes again at once: its sums stay in a register.
    let held = m.reg_u("held", word * c.cols);
    let before = ram.map_or(held.q(), |r| r.read(run & valid, address));

    let valid = m.delay_flag("adding", run, valid);
    let (first, last) = (m.delay("first_k", run, k.at_first), m.delay("last_k", run, k.at_last));
    let end = m.delay("frame_end", run, row_last & n.at_last);
    let address = m.delay("row_p1", run, address);
    let mut totals = Vec::new();
    for (j, lane) in lanes.iter().enumerate() {
        let partial = m.delay(&format!("partial{j}"), run, *lane);
        let old = first.pick(m.bits(Bits::zero(word)), before.slice(j as u32 * word, word)).called("old");
        let w = partial.width() - cell.flags();
        let whole = (old.trunc(s.acc_bits).as_signed() + partial.trunc(w).as_signed()).called("whole");
        // Proven for real sums; before the first one the registers hold anything.
        valid.pick(whole, m.s(0, whole.width())).proven(s.acc);
        let mut total = whole.trunc(s.acc_bits).as_unsigned().called("total");
        if cell.flags() > 0 {
            let marks = old.slice(s.acc_bits, cell.flags()) | partial.slice(w, cell.flags());
            total = m.lanes(&[total, marks]);
        }
        totals.push(total.named(format!("total{j}")));
    }
    let totals = m.lanes(&totals);
    held.set_when(run & valid, totals);
    if let Some(ram) = ram {
        ram.write(run & valid, address, totals);
    }
    let leaving = m.delay_flag("leaving", run, valid & last);
    let lanes = parts(m.delay("results", run, totals), c.cols);
    finish(c, m, run, leaving, m.delay("leaving_last", run, end), &lanes, out);
}

/// A sum at its full width.
fn widen<'m>(c: &Checked<Config>, m: &'m Mod<'_>, v: UInt<'m>) -> UInt<'m> {
    let (s, flags) = (c.derived(), c.derived().cell.flags());
    let w = v.width() - flags;
    let number = v.trunc(w).as_signed().sext(s.acc_bits).as_unsigned();
    if flags == 0 {
        return number;
    }
    m.lanes(&[number, v.slice(w, flags)])
}

/// The last registers, if sums are rounded.
fn finish<'m>(
    c: &Checked<Config>,
    m: &'m Mod<'m>,
    run: Bool<'m>,
    valid: Bool<'m>,
    last: Bool<'m>,
    lanes: &[UInt<'m>],
    out: Sink<'m>,
) {
    let cell = &c.derived().cell;
    let done: Vec<UInt> = lanes.iter().enumerate().map(|(i, l)| cell.finish(m, run, &format!("lane{i}"), *l)).collect();
    let valid = m.pipe_flag("rounded", run, valid, cell.finish_stages());
    let last = m.pipe("rounded_last", run, last, cell.finish_stages());
    out.drive(valid, m.lanes(&done), Some(last));
}

/// Row `p`: `a` and the swap pass from element to element.
fn row(c: &Checked<Config>, build: &Build, p: u32) -> ModuleId {
    let cell = &c.derived().cell;
    let columns = c.cols / cell.mac.outs();
    let element = element(c, build, p);
    let m = build.module(format!("{}_row{}", c.module_name(), widths(c, p)));
    m.header("block", format!("a row of {columns} elements"));
    let (run, mut swap) = (m.input("run_i", 1), m.input("swap_i", 1));
    let (beats, copies) = (m.input("load_i", columns), m.input("copy_i", columns));
    let mut a = m.input("a_i", cell.a_wire());
    let b = m.input("b_i", columns * cell.b_wire());
    let above = sum_bits(c, p).map(|w| (m.input("sum_i", columns * w), w));
    let (mut down, mut out) = (Vec::new(), Vec::new());
    for j in 0..columns {
        let u = m.instance(&format!("u_pe{j}"), element);
        for (port, value) in
            [("run_i", run), ("swap_i", swap), ("load_i", beats.slice(j, 1)), ("copy_i", copies.slice(j, 1))]
        {
            u.set(port, value);
        }
        u.set("a_i", a);
        u.set("b_i", b.slice(j * cell.b_wire(), cell.b_wire()));
        if let Some((sums, w)) = above {
            u.set("sum_i", sums.slice(j * w, w));
        }
        swap = u.get("swap_o").named(format!("swap{j}"));
        a = u.get("a_o").named(format!("a{j}"));
        down.push(u.get("b_o").named(format!("b{j}")));
        out.push(u.get("sum_o").named(format!("sum{j}")));
    }
    m.output("b_o", m.lanes(&down));
    m.output("sum_o", m.lanes(&out));
    m.finish()
}

/// Bits of an element's incoming sums, if row `p` has any.
fn sum_bits(c: &Checked<Config>, p: u32) -> Option<u32> {
    let vectors = c.derived().cell.addends() * c.mac.outs();
    (p > 0).then(|| vectors * c.derived().cell.vector_bits(bits_after(c, p)))
}

/// Rows whose sums have the same widths are one module.
fn widths(c: &Checked<Config>, p: u32) -> String {
    match sum_bits(c, p) {
        None => "_top".into(),
        Some(_) => format!("_w{}to{}", bits_after(c, p), bits_after(c, p + 1)),
    }
}

/// An element of row `p`: the weight, the next one waiting, and the chain that brought it; a product, a sum.
fn element(c: &Checked<Config>, build: &Build, p: u32) -> ModuleId {
    let cell = &c.derived().cell;
    let m = build.module(format!("{}_pe{}", c.module_name(), widths(c, p)));
    m.header("block", format!("an element: a product of {} and {} bits", cell.a_bits(), cell.b_bits()));
    m.header("mac", format!("{}, {} register(s) before the sum", cell.mac.text(), cell.stages()));
    let [run, swap, load, copy] = ["run_i", "swap_i", "load_i", "copy_i"].map(|n| m.input(n, 1).bit(0));
    let (a, b) = (m.input("a_i", cell.a_wire()), m.input("b_i", cell.b_wire()));
    let above = sum_bits(c, p).map(|w| m.input("sum_i", w));

    m.section("operands pass on");
    m.output("swap_o", m.delay_flag("swap", run, swap).to_uint());
    m.output("a_o", m.delay("a", run, a));
    let chain = m.delay("chain", run & load, b);
    m.output("b_o", chain);
    let waiting = m.delay("waiting", run & copy, chain);
    let weight = m.delay("weight", run & swap, waiting);

    m.section("the product joins the sum");
    let products = cell.products(&m, run, a, weight);
    let (from, to) = (bits_after(c, p.max(1)), bits_after(c, p + 1));
    let vectors = cell.addends() * cell.mac.outs();
    let state = match above {
        Some(s) => parts(s, vectors),
        None if cell.addends() > 1 => start(c, c.rows.into()).into_iter().map(|b| m.bits(b)).collect(),
        None => vec![m.bits(Bits::zero(cell.vector_bits(from))); vectors as usize],
    };
    let next: Vec<UInt> = cell.add(&m, &state, &products, to);
    let sums: Vec<UInt> = next.iter().zip(cell.names("sum")).map(|(v, n)| m.delay(&n, run, *v)).collect();
    m.output("sum_o", m.lanes(&sums));
    m.finish()
}
