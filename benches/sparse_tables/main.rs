//! Arrays that skip zeros beside the dense one: cycles against density, area and clock, written to docs/sparse-tables.md and .svg.
//!
//! `make sparse-tables`, some minutes.
#![allow(clippy::print_stdout, missing_docs)]

mod plot;

use std::fmt::Write as _;

use niello::gen::blocks::sparse::code::Format;
use niello::gen::blocks::{intersect_mac, mac_array, sparse_mac, structured_mac, BlockConfig, Checked};
use niello::gen::num::Prng;
use niello_fpga::{devices, Flow};

type Any<T> = Result<T, Box<dyn std::error::Error>>;

/// The product: rows, length of the sums, columns.
const SIZE: [u32; 3] = [16, 128, 32];

/// Shares of elements that are not zero, in hundredths.
const DENSITIES: [u64; 12] = [100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 5, 2];

/// Placer's seeds.
const SEEDS: [u64; 3] = [1, 2, 3];

/// An array: its cycles at each density, its area, the least and the most of its clocks.
struct Line {
    name: &'static str,
    cycles: Vec<u64>,
    lut: u64,
    dsp: u64,
    ram: u64,
    mhz: [f64; 2],
}

/// Elements of which each run of `together` is there or zero.
fn matrix(rng: &mut Prng, n: u32, percent: u64, together: usize) -> Vec<i64> {
    let mut there = false;
    let element = |(i, there): (usize, &mut bool), rng: &mut Prng| {
        if i % together == 0 {
            *there = rng.below(100) < percent;
        }
        if *there {
            1 + rng.range(0, 126)
        } else {
            0
        }
    };
    (0..n as usize).map(|i| element((i, &mut there), rng)).collect()
}

/// Area and clock of a configuration; `cycles` of products of which `a` and `b` have so many elements.
fn line<C: BlockConfig>(
    name: &'static str,
    c: C,
    together: usize,
    (a, b): (bool, bool),
    frame: impl Fn(&Checked<C>, &[i64], &[i64]) -> Vec<Vec<i64>>,
) -> Any<Line> {
    let c = Checked::new(c).map_err(|e| e.to_string())?;
    let [m, k, n] = SIZE;
    let mut rng = Prng::new(3);
    let mut of = |d: u64| {
        let share = |sparse: bool| if sparse { d } else { 100 };
        let (x, y) = (matrix(&mut rng, m * k, share(a), together), matrix(&mut rng, k * n, share(b), 1));
        C::contract(&c, &frame(&c, &x, &y)).ii
    };
    let cycles = DENSITIES.map(&mut of).to_vec();
    let (design, device) = (c.design()?, &devices::ECP5_85K);
    let (mut mhz, mut cells) = ([f64::MAX, 0f64], None);
    for seed in SEEDS {
        let flow = Flow { device, pnr: true, mhz: device.default_mhz(), seed };
        let f = flow.run(&design, &|_| {})?.figures;
        let clock = f.placed.as_ref().and_then(|p| p.fmax_mhz).ok_or("no clock")?;
        mhz = [mhz[0].min(clock), mhz[1].max(clock)];
        cells = Some(f.cells);
    }
    let cells = cells.ok_or("no seed")?;
    let count = |names: &[&str]| names.iter().filter_map(|n| cells.get(*n)).sum::<u64>();
    let lut = count(&["LUT4"]) + 2 * count(&["CCU2C"]) + 4 * count(&["TRELLIS_DPR16X4"]);
    println!("{name}: {lut} LUT-eq, {mhz:?} MHz, {cycles:?}");
    Ok(Line { name, cycles, lut, dsp: count(&["MULT18X18D"]), ram: count(&["DP16KD", "PDPW16KD"]), mhz })
}

fn lines() -> Any<Vec<Line>> {
    let [m, k, n] = SIZE;
    let dense =
        mac_array::Config { dataflow: mac_array::Dataflow::Tree, m, k, n, rows: 1, cols: 8, ..Default::default() };
    let one = sparse_mac::Config { m, k, n, ..Default::default() };
    let both = intersect_mac::Config { m, k, n, cols: 8, ..Default::default() };
    let kept = structured_mac::Config { m, k, n, cols: 4, depth: 1, ..Default::default() };
    let codes = |c: &Checked<sparse_mac::Config>, a: &[i64], b: &[i64]| {
        vec![sparse_mac::order::pack_a(c, a), sparse_mac::order::pack_b(c, b)]
    };
    let pairs = |c: &Checked<intersect_mac::Config>, a: &[i64], b: &[i64]| {
        vec![intersect_mac::order::pack_a(c, a), intersect_mac::order::pack_b(c, b)]
    };
    Ok(vec![
        line("dense: mac_array", dense, 1, (true, false), |c, a, b| {
            vec![mac_array::order::pack_a(c, a), mac_array::order::pack_b(c, b)]
        })?,
        line("sparse_mac", one.clone(), 1, (true, false), codes)?,
        line(
            "sparse_mac, bitmaps",
            sparse_mac::Config { format: Format::Bitmap, ..one.clone() },
            1,
            (true, false),
            codes,
        )?,
        line(
            "sparse_mac, coordinates",
            sparse_mac::Config { format: Format::Coordinates, ..one.clone() },
            1,
            (true, false),
            codes,
        )?,
        line("sparse_mac, fours", sparse_mac::Config { group: 4, cols: 2, block: 32, ..one }, 4, (true, false), codes)?,
        line("intersect_mac, b dense", both.clone(), 1, (true, false), pairs)?,
        line("intersect_mac, both sparse", both, 1, (true, true), pairs)?,
        // Weights of which 2 of 4 are kept, whatever the activations.
        line("structured_mac, 2 of 4", kept, 1, (true, false), |_, a, b| vec![a.to_vec(), b.to_vec()])?,
    ])
}

/// The largest density from which on down more results come of a LUT than of the dense array's.
fn pays(line: &Line, dense: &Line) -> String {
    let rate = |l: &Line, i: usize| l.mhz[0] / (l.cycles[i] as f64 * l.lut as f64);
    let better = |i: &usize| rate(line, *i) > rate(dense, *i);
    match (0..DENSITIES.len()).rev().take_while(better).last() {
        Some(i) => format!("{} %", DENSITIES[i]),
        None => "never".into(),
    }
}

fn main() -> Any<()> {
    let lines = lines()?;
    let dense = &lines[0];
    let speed = |l: &Line, i: usize| dense.cycles[i] as f64 / l.cycles[i] as f64;
    let mut t = String::from("# Arrays that skip zeros, compared\n\nWritten by `make sparse-tables`.\n\n");
    let [m, k, n] = SIZE;
    let _ = writeln!(
        t,
        "A product of {m} x {k} by {k} x {n}, 8 multipliers of 8 x 8 bits each, zeros spread evenly (\"fours\": in runs of four along k). Times as fast as the dense\n\
         array in cycles, by the share of elements of `a` that are not zero, \"both sparse\" of `b` too. ECP5, speed grade 6, out of context: LUT-eq as LUT4, two for a carry\n\
         cell and four for a distributed RAM; MHz the least and the most of three seeds. \"Pays\": the density from which on down a LUT gives more results a second than one\n\
         of the dense array. That has no memories: it is sent each operand as often as it is needed, and only the sparse ones keep theirs.\n\
         Curves end level where an operand cannot come faster: 512 beats of `b` bound `sparse_mac`, the code of `b`'s columns `intersect_mac` with few rows.\n\n\
         ![Times as fast by density](sparse-tables.svg)\n"
    );
    let heads: Vec<String> = DENSITIES.iter().map(|d| format!("{d} %")).collect();
    let _ = writeln!(t, "| array | {} |\n|---|{}", heads.join(" | "), "---|".repeat(DENSITIES.len()));
    for l in &lines {
        let cells: Vec<String> = (0..DENSITIES.len()).map(|i| format!("{:.2}", speed(l, i))).collect();
        let _ = writeln!(t, "| {} | {} |", l.name, cells.join(" | "));
    }
    let _ = writeln!(t, "\n| array | LUT-eq | DSP | RAM | MHz | pays |\n|---|---|---|---|---|---|");
    for l in &lines {
        let [low, high] = l.mhz;
        let pays = if std::ptr::eq(l, dense) { String::new() } else { pays(l, dense) };
        let _ = writeln!(t, "| {} | {} | {} | {} | {low:.0} to {high:.0} | {pays} |", l.name, l.lut, l.dsp, l.ram);
    }
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/docs");
    let curves: Vec<(&str, Vec<f64>)> =
        lines.iter().map(|l| (l.name, (0..DENSITIES.len()).map(|i| speed(l, i)).collect())).collect();
    std::fs::write(format!("{docs}/sparse-tables.svg"), plot::svg(&DENSITIES.map(|d| d as f64), &curves))?;
    std::fs::write(format!("{docs}/sparse-tables.md"), t)?;
    Ok(())
}
