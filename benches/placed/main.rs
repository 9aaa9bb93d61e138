//! Transformers from the examples, placed on an ECP5-85F: a section of docs/performance.md.
//!
//! `make placed`, 20 minutes for each model that was not placed before.
#![allow(clippy::print_stdout, missing_docs)]

use std::path::Path;
use std::process::Command;

use niello::model::{import, network};
use niello::net::plan::{lower, Budget, Goal};
use niello_fpga::{devices, Flow};
use serde_json::Value;

type Any<T> = Result<T, Box<dyn std::error::Error>>;

const MODELS: [&str; 2] = ["tiny_bert", "tiny_vit"];
/// Multipliers of the device.
const DSPS: u64 = 156;
const MARKS: [&str; 2] = ["<!-- placed -->\n", "<!-- end of placed -->\n"];

/// What the simulation of the same plan says.
fn verified(model: &Path, name: &str) -> Any<Value> {
    let distance = if name == "tiny_bert" { &["--float-distance", "3", "--float-share", "15"][..] } else { &[] };
    let budget = DSPS.to_string();
    let o = Command::new(env!("CARGO_BIN_EXE_niello"))
        .args(["verify", "--engine", "verilator", "--max-dsp", &budget, "--json"])
        .args(distance)
        .arg(model)
        .output()?;
    Ok(serde_json::from_slice(&o.stdout)?)
}

fn row(name: &str) -> Any<String> {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/{name}/{name}.onnx"));
    let graph = import(name, &std::fs::read(&model)?)?;
    let goal = Goal::Within(Budget { dsps: Some(DSPS), ..Budget::default() });
    let device = &devices::ECP5_85K;
    let plan = lower(network(&graph)?, goal, device.planned())?;
    let flow = Flow { device, pnr: true, mhz: device.default_mhz(), seed: 1 };
    let f = flow.run(&plan.design()?, &|what| println!("{name}: {what}"))?.figures;
    let mhz = f.placed.as_ref().and_then(|p| p.fmax_mhz).ok_or("not placed")?;
    let v = verified(&model, name)?;
    let latency = v["engines"][0]["latency"].as_f64().ok_or("no latency")?;
    let ii = plan.ii as f64;
    Ok(format!(
        "| {name} | {} | {latency} | {} | {} | {} | {} | {mhz:.1} | {:.0} | {:.0} us | {} |\n",
        plan.ii,
        f.lut_equivalents(),
        f.registers(),
        f.dsps(),
        f.block_rams(),
        1e6 * mhz / ii,
        latency / mhz,
        v["equal"]
    ))
}

fn main() -> Any<()> {
    let mut t = String::from(
        "## Transformers, placed\n\n\
         `make placed`: `niello synth MODEL --max-dsp 156 --pnr` on an ECP5-85F, speed grade 6, seed 1; cycles are simulated with Verilator.\n\n\
         | model | II | latency | LUT4-equivalents of 83,640 | FF | multipliers of 156 | block RAMs of 208 | MHz | frames/s | latency | EQUAL |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for name in MODELS {
        t += &row(name)?;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    let text = std::fs::read_to_string(&path)?;
    let [start, end] = MARKS;
    let (before, after) = match (text.split_once(start), text.split_once(end)) {
        (Some((before, _)), Some((_, after))) => (before.to_string(), after.to_string()),
        _ => (format!("{}\n", text.trim_end_matches('\n').to_owned() + "\n"), String::new()),
    };
    std::fs::write(path, format!("{before}{start}{t}{end}{after}"))?;
    println!("{t}");
    Ok(())
}
