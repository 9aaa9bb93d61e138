//! Area, clock rate and cycles of every kind of element, written to docs/mac-tables.md.
//!
//! `make tables`. Figures are recorded with a digest of their Verilog, so that only what changed runs again.
//! `NIELLO_TABLES_THREADS=N` (2) at once; `NIELLO_TABLES_MINUTES=N` starts nothing after N minutes; cells that no earlier run has filled stay open.
#![allow(clippy::print_stdout, missing_docs)]

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;

use niello::gen::blocks::{find, Instance};
use niello::gen::num::Prng;
use niello_fpga::{devices, Device, Figures, Flow};

mod record;
mod rows;

use record::Record;
use rows::{Row, CLAIMS, ROWS};

type Any<T> = Result<T, Box<dyn std::error::Error>>;

fn instance(r: &Row) -> Any<Box<dyn Instance>> {
    let block = find(r.block).ok_or("no such block")?;
    let mut settings: Vec<(String, String)> = Vec::new();
    let sizes: &[(&str, &str)] = match r.block {
        "mac_array" => &[("m", "64"), ("k", "64"), ("n", "64")],
        "mx_array" => &[("rows", "8"), ("cols", "8"), ("m", "64"), ("n", "64"), ("blocks", "2")],
        _ => &[],
    };
    settings.extend(sizes.iter().map(|(k, v)| (k.to_string(), v.to_string())));
    for s in r.settings.split_whitespace() {
        let (k, v) = s.split_once('=').ok_or("not KEY=VALUE")?;
        settings.retain(|(old, _)| old != k);
        settings.push((k.into(), v.into()));
    }
    Ok(block.configure(&settings)?)
}

/// Useful products a cycle, steady state: from the contract that every test holds the hardware to.
fn products_a_cycle(r: &Row, i: &dyn Instance) -> f64 {
    let mut rng = Prng::new(1);
    let (products, frame) = if r.block == "bit_serial" {
        (64.0 * 8.0, vec![vec![0; 64], vec![8], vec![0; 8 * 64 * 8]])
    } else if let Some(w) = i.work() {
        return w.products as f64 / i.contract(&i.random_frame(&mut rng)).ii as f64;
    } else {
        // Digits depend on the data: weights of a trained layer are about normal; sigma 20 of 127.
        let sizes = i.frame_elements().unwrap_or_default();
        let mut normal = || {
            let sum: i64 = (0..12).map(|_| rng.range(0, 10_000)).sum();
            ((sum - 60_000) as f64 / 10_000.0 * 20.0).round().clamp(-128.0, 127.0) as i64
        };
        (64.0 * 64.0 * 64.0, sizes.iter().map(|n| (0..*n).map(|_| normal()).collect()).collect::<Vec<Vec<i64>>>())
    };
    products / i.contract(&frame).ii as f64
}

/// What became of a job: nothing yet, an error, figures, or left out for want of time.
type Slot = Option<Result<Option<Figures>, String>>;

struct Job<'a> {
    row: &'a Row,
    device: &'static Device,
}

fn synthesize(jobs: &[Job]) -> Any<Vec<Option<Figures>>> {
    let minutes = std::env::var("NIELLO_TABLES_MINUTES").ok().and_then(|m| m.parse().ok()).unwrap_or(u64::MAX / 60);
    let limit = std::time::Duration::from_secs(60 * minutes);
    let begin = std::time::Instant::now();
    let next = AtomicUsize::new(0);
    let record = Record::read()?;
    let threads = std::env::var("NIELLO_TABLES_THREADS").ok().and_then(|m| m.parse().ok()).unwrap_or(2);
    let results: Mutex<Vec<Slot>> = Mutex::new(jobs.iter().map(|_| None).collect());
    std::thread::scope(|s| {
        for _ in 0..threads {
            s.spawn(|| loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(job) = jobs.get(at) else { break };
                let start = std::time::Instant::now();
                let one = || -> Any<Option<Figures>> {
                    let design = instance(job.row)?.design()?;
                    let (key, digest) = (format!("{}/{}", job.row.name, job.device.name), record::digest(&design));
                    if let Some(figures) = record.of(&key, &digest) {
                        return Ok(Some(figures));
                    }
                    let flow = Flow {
                        device: job.device,
                        pnr: job.device == &devices::ECP5_85K,
                        mhz: job.device.default_mhz(),
                        seed: 1,
                    };
                    if begin.elapsed() >= limit {
                        return Ok(flow.cached(&design));
                    }
                    let figures = flow.run(&design, &|_| {})?.figures;
                    record.add(&key, &digest, &figures)?;
                    Ok(Some(figures))
                };
                let result = one().map_err(|e| e.to_string());
                let failed = result.as_ref().err().map_or(String::new(), |e| format!(": {e}"));
                println!(
                    "{}/{} {} on {}: {:.0?}{failed}",
                    at + 1,
                    jobs.len(),
                    job.row.name,
                    job.device.name,
                    start.elapsed()
                );
                if let Ok(mut r) = results.lock() {
                    r[at] = Some(result);
                }
            });
        }
    });
    let all = results.into_inner()?;
    all.into_iter().map(|r| r.unwrap_or(Ok(None)).map_err(Into::into)).collect()
}

/// The better of both mappings: products a cycle, over area and delay.
fn gate_efficiency(f: &Figures, rate: f64) -> f64 {
    let Some(g) = &f.gates else { return 0.0 };
    let of = |area: f64, delay: f64| rate / (area * delay);
    of(g.area_um2, g.delay_ps).max(of(g.fast_area_um2, g.fast_delay_ps))
}

fn main() -> Any<()> {
    let devices = [&devices::GATES_OSU018, &devices::ICE40_HX8K, &devices::ECP5_85K];
    let jobs: Vec<Job> = devices.iter().flat_map(|d| ROWS.iter().map(|row| Job { row, device: d })).collect();
    let figures = synthesize(&jobs)?;
    let of = |name: &str, device: &'static Device| {
        let at = jobs.iter().position(|j| j.row.name == name && j.device == device);
        at.and_then(|i| figures[i].as_ref())
    };
    let mut rates = Vec::new();
    for r in ROWS {
        rates.push(products_a_cycle(r, &*instance(r)?));
    }
    let mut fpga = String::new();
    let mut gates = String::new();
    for (r, rate) in ROWS.iter().zip(&rates) {
        let (e, i, g) =
            (of(r.name, &devices::ECP5_85K), of(r.name, &devices::ICE40_HX8K), of(r.name, &devices::GATES_OSU018));
        let open = || "·".to_string();
        let mhz = e.and_then(|e| e.placed.as_ref()?.fmax_mhz).map_or(open(), |f| format!("{f:.0}"));
        let cells = |f: Option<&Figures>, n: fn(&Figures) -> u64| f.map_or(open(), |f| n(f).to_string());
        let density = e.map_or(open(), |e| format!("{:.1}", rate * 1000.0 / e.lut_equivalents().max(1) as f64));
        writeln!(
            fpga,
            "| {} | {rate:.1} | {} | {} | {} | {mhz} | {density} | {} | {} |",
            r.name,
            cells(e, Figures::lut_equivalents),
            cells(e, Figures::dsps),
            cells(e, Figures::registers),
            cells(i, Figures::luts),
            cells(i, Figures::registers)
        )?;
        let base = r.base.unwrap_or(r.name);
        let at = ROWS.iter().position(|b| b.name == base).ok_or("no such base")?;
        let reference = of(base, &devices::GATES_OSU018).map(|f| gate_efficiency(f, rates[at]));
        let (Some(g), Some(reference)) = (g, reference) else {
            writeln!(gates, "| {} | {rate:.1} | · | · | · | · | · | {} |", r.name, r.base.unwrap_or(""))?;
            continue;
        };
        let x = g.gates.clone().unwrap_or_default();
        writeln!(
            gates,
            "| {} | {rate:.1} | {:.0} | {:.0} | {:.0} | {:.0} | {:.2} | {} |",
            r.name,
            x.area_um2 / 1000.0,
            x.delay_ps,
            x.fast_area_um2 / 1000.0,
            x.fast_delay_ps,
            gate_efficiency(g, *rate) / reference,
            r.base.unwrap_or("")
        )?;
    }
    let mut claims = String::new();
    let efficiency = |name: &str| {
        let at = ROWS.iter().position(|r| r.name == name)?;
        Some(gate_efficiency(of(name, &devices::GATES_OSU018)?, rates[at]))
    };
    for c in CLAIMS {
        let base = efficiency(c.base);
        let found = c.rows.iter().filter_map(|r| Some((*r, efficiency(r)? / base?)));
        let best = found.max_by(|a, b| a.1.total_cmp(&b.1));
        let (here, verdict) = match best {
            None => ("·".to_string(), "not synthesized in this run"),
            Some((r, x)) => (
                format!("{x:.2} ({r})"),
                match x {
                    _ if x > c.most => "better here",
                    _ if x >= c.ratio => "holds here",
                    _ => "does not hold here",
                },
            ),
        };
        let ratio =
            if c.most.is_finite() { format!("{:.2} to {:.2}", c.ratio, c.most) } else { format!("{:.2}", c.ratio) };
        writeln!(claims, "| {} | {ratio} | {here} | {verdict} |", c.text)?;
    }
    let tools: std::collections::BTreeSet<&String> = figures.iter().flatten().flat_map(|f| &f.tools).collect();
    let tools: Vec<&str> = tools.into_iter().map(String::as_str).collect();
    let text = format!(
        "# Multiply-accumulate arrays, compared\n\n\
Written by `make tables`. Tools: {}. Place and route: one seed, out of context.\n\n\
All arrays have 64 multiplying elements (8 x 8, or 4 x 4 with 4 products each; digit-serial ones 8 x 8 with groups of 4) and\n\
compute int8 products of 64 x 64 x 64 (weight-stationary: 64 x 8 x 64), unless the name says otherwise. MAC/cycle comes from\n\
the timing contract that the tests hold every configuration to; for digit-serial elements the data is normal with a\n\
standard deviation of 20. LUT-eq: LUT4 + 2 carry cells (CCU2C). A dot: not synthesized in this run.\n\
The digit-serial arrays include the buffers that replay a tile for each weight of the digits, which is most of their area.\n\
Rows of mx: `mx_array`, blocks of 32 along k with E8M0 scales, float32 sums of blocks, unless the name says otherwise.\n\n\
## ECP5-85F and iCE40 HX8K\n\n\
| array | MAC/cycle | ECP5 LUT-eq | DSP | FF | MHz placed | MAC/cycle/kLUT-eq | iCE40 LUT4 | FF |\n\
|---|---|---|---|---|---|---|---|---|\n{fpga}\n\
The iCE40 columns are synthesis only: HX8K has no multipliers, and 7,680 logic cells hold few of these arrays.\n\n\
## Standard cells (osu018)\n\n\
| array | MAC/cycle | area, 1000 um2 | delay ps | fast: area | delay | MAC/cycle/(area delay), relative | to |\n\
|---|---|---|---|---|---|---|---|\n{gates}\n\
Mapped twice, for area and for speed; the relative figure takes the better one of each. Delays are those of the longest\n\
combinational path by ABC, without wires, setup and clock-to-output.\n\n\
## Published claims beside these figures\n\n\
Efficiency is MAC/cycle over area and delay in standard cells, relative; the publications used other processes (28 nm, 45 nm),\n\
other tools and their own baselines. The ECP5 columns show what carry-save and digit forms cost where a plain element has a\n\
multiplier and a carry chain for nothing.\n\n\
| published | ratio | best here | |\n|---|---|---|---|\n{claims}",
        tools.join(", ")
    );
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/mac-tables.md"), &text)?;
    println!("\n{text}");
    Ok(())
}
