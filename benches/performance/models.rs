//! MLPerf Tiny models at three foldings: cycles, utilization, time to build, simulation speed, size on ECP5.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use niello::model::{import, network};
use niello::net::plan::{lower, Budget, Goal};
use niello_fpga::{devices, Flow};
use serde_json::Value;

use super::Any;

/// Published models, beside the checkout; and architectures with random weights.
const PUBLISHED: [&str; 2] = ["kws_ref_model", "ad01_int8"];
const OWN: [&str; 3] = ["ic_resnet8", "vww_mobilenet", "sww_ds_tcn"];
/// Multipliers of ECP5-85F.
const ON_DEVICE: f64 = 156.0;
/// Multipliers, requantizers included: a third of the device, all of it, twice as many.
const FOLDINGS: [u64; 3] = [52, 156, 312];

/// The section, or nothing where the models are not there.
pub fn section() -> Any<String> {
    let mut t = String::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (published, own) = (root.join("../shared/models"), root.join("model/tests/data/mlperf_tiny"));
    let models: Vec<_> = PUBLISHED
        .map(|name| (name, published.join(format!("{name}.tflite"))))
        .into_iter()
        .chain(OWN.map(|name| (name, own.join(format!("{name}.tflite")))))
        .collect();
    if let Some((_, file)) = models.iter().find(|(_, file)| !file.is_file()) {
        println!("SKIPPED: {} is not there", file.display());
        return Ok(String::new());
    }
    for (name, file) in &models {
        for budget in FOLDINGS {
            t += &row(file, name, budget)?;
            println!("{name} with {budget} multipliers: done");
        }
    }
    let mut sizes = String::new();
    for (name, file) in &models {
        sizes += &size(file, name)?;
        println!("{name} on ECP5: done");
    }
    Ok(format!(
        "\n## MLPerf Tiny models\n\n\
         kws and ad01 are the published models; the others have the published architectures and random weights\n\
         (model/tests/data/make_mlperf_tiny.py): image classification, visual wake words, streaming wake word.\n\n\
         Multipliers include requantizers that multiply at once. Utilization: products of a frame / (multipliers x II). Roofline:\n\
         the same with the 156 multipliers of ECP5-85F. II is measured on Verilator, all samples in groups of four; frames/s are\n\
         Verilator's, on one core. Build: `niello build`, within 500 MiB of address space.\n\n\
         | model | at most | multipliers | II planned | II measured | utilization | roofline at 156 | build | Verilator frames/s | EQUAL |\n\
         |---|---|---|---|---|---|---|---|---|---|\n{t}\n\
         Synthesized for ECP5-85F (Yosys, no place and route; in brackets what the plan says):\n\n\
         | model | folding | II | LUT4-equivalents of 83,640 | FF | multipliers of 156 | block RAMs of 208 | fits |\n\
         |---|---|---|---|---|---|---|---|\n{sizes}"
    ))
}

fn row(file: &Path, name: &str, budget: u64) -> Any<String> {
    let niello = env!("CARGO_BIN_EXE_niello");
    let dir = tempfile::tempdir()?;
    let script = format!(
        "ulimit -v 512000; exec {niello} --json build {} -o {} --force --max-multipliers {budget}",
        file.display(),
        dir.path().join("out").display()
    );
    let start = Instant::now();
    let built = Command::new("sh").args(["-c", &script]).output()?;
    let seconds = start.elapsed().as_secs_f64();
    if !built.status.success() {
        return Err(String::from_utf8_lossy(&built.stderr).into_owned().into());
    }
    let budget_text = budget.to_string();
    let args = ["verify", "--engine", "verilator", "--max-multipliers", &budget_text, "--json"];
    let o = Command::new(niello).args(args).arg(file).output()?;
    let v: Value = serde_json::from_slice(&o.stdout)?;
    let products: u64 = {
        let graph = import(name, &std::fs::read(file)?)?;
        lower(network(&graph)?, Goal::MaxMultipliers(budget), devices::ECP5_85K.planned())?
            .stages
            .iter()
            .map(|s| s.products)
            .sum()
    };
    let number = |v: &Value| v.as_f64().unwrap_or(0.0);
    let (ii, multipliers, e) = (number(&v["planned_ii"]), number(&v["multipliers"]), &v["engines"][0]);
    let share = |of: f64| format!("{:.1} %", 100.0 * products as f64 / (of * ii));
    let mut t = String::new();
    writeln!(
        t,
        "| {name} | {budget} | {multipliers} | {ii} | {} | {} | {} | {seconds:.2} s | {:.1} | {} |",
        e["ii"],
        share(multipliers),
        share(ON_DEVICE),
        number(&e["frames"]) / number(&e["run_seconds"]).max(1e-9),
        v["equal"]
    )?;
    Ok(t)
}

fn size(file: &Path, name: &str) -> Any<String> {
    let graph = import(name, &std::fs::read(file)?)?;
    let on_device = Budget { dsps: Some(ON_DEVICE as u64), ..Budget::default() };
    let mut t = String::new();
    for (folding, goal) in
        [("--max-multipliers 156", Goal::MaxMultipliers(ON_DEVICE as u64)), ("--max-dsp 156", Goal::Within(on_device))]
    {
        let plan = lower(network(&graph)?, goal, devices::ECP5_85K.planned())?;
        let device = &devices::ECP5_85K;
        let flow = Flow { device, pnr: false, mhz: device.default_mhz(), seed: 1 };
        let f = flow.run(&plan.design()?, &|_| {})?.figures;
        let used = [f.lut_equivalents(), f.dsps(), f.block_rams()];
        let over: Vec<String> = used
            .iter()
            .zip([83_640, 156, 208])
            .zip(["LUT-equivalents", "multipliers", "block RAMs"])
            .filter(|((used, has), _)| *used > has)
            .map(|((used, has), what)| format!("{} {what} too many", *used - has))
            .collect();
        let fits = if over.is_empty() { "yes".into() } else { format!("no: {}", over.join(", ")) };
        let ([luts, dsps, rams], r) = (used, plan.resources());
        writeln!(
            t,
            "| {name} | `{folding}` | {} | {luts} (about {}) | {} | {dsps} ({}) | {rams} ({}) | {fits} |",
            plan.ii,
            r.luts,
            f.registers(),
            r.dsps,
            r.block_rams
        )?;
    }
    Ok(t)
}
