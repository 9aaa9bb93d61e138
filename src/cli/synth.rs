//! `niello synth`: what a design takes and how fast it is.

use std::path::PathBuf;

use crate::table::{number, render};
use crate::Error;
use niello_fpga::{Device, Figures, Flow, Outcome};
use niello_gen::blocks::Cost;
use niello_gen::device::Resources;
use niello_gen::ir::ValidDesign;
use serde_json::json;

use super::block::config;
use super::folding::Folding;
use super::{Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A .tflite or .onnx file.
    #[arg(conflicts_with = "block")]
    pub model: Option<PathBuf>,
    /// A single block instead of a model; see `niello block list`.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["target_ii", "max_multipliers", "max_dsp", "max_bram", "max_lut", "logits"])]
    pub block: Option<String>,
    /// Settings of the block: --set key=value, as often as needed (or several after one --set).
    #[arg(long = "set", value_name = "KEY=VALUE", num_args = 1.., requires = "block")]
    pub set: Vec<String>,
    #[command(flatten)]
    pub folding: Folding,
    /// Place and route too: clock rate and critical path.
    #[arg(long)]
    pub pnr: bool,
    /// The clock to reach, in MHz: missing it is a failure.
    #[arg(long, value_name = "MHZ", requires = "pnr", value_parser = megahertz)]
    pub freq: Option<f64>,
    /// Seed of the placer.
    #[arg(long, default_value_t = 1, requires = "pnr")]
    pub seed: u64,
}

fn megahertz(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|f: &f64| (1.0..=1000.0).contains(f)).ok_or_else(|| "give 1 to 1000".into())
}

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    let device = args.folding.device;
    if args.pnr && device.cells.is_none() {
        let name = device.name;
        return Err(Error::new(
            "E108",
            format!("--pnr is not served for {name}"),
            "its figures include delays without it",
        ));
    }
    if args.pnr && device.pnr.is_none() {
        let name = device.name;
        return Err(Error::new(
            "E108",
            format!("--pnr is not served for {name}, which is only counted"),
            "leave it out",
        ));
    }
    let (design, cost) = design(args, out)?;
    let planned = device.model.as_ref().map(|m| m.resources(&cost));
    let flow = Flow { device, pnr: args.pnr, mhz: args.freq.unwrap_or(device.default_mhz()), seed: args.seed };
    let outcome = synthesize(&flow, &design, out)?;
    let f = &outcome.figures;
    let reached = f.placed.as_ref().and_then(|p| p.fmax_mhz);
    let good = args.freq.is_none_or(|want| reached.is_none_or(|got| got >= want));
    let mut lines = vec![format!("{} on {}", design.top().name, device.name), String::new(), table(f, device, planned)];
    lines.extend(timing(f, args.freq));
    let from = if outcome.cached { " (from the cache)" } else { "" };
    lines.push(format!("\n{}{from}", f.tools.join(", ")));
    out.line(&lines.join("\n"))?;
    out.result(&json!({ "top": design.top().name, "figures": f, "lut_equivalents": f.lut_equivalents(),
        "luts": f.luts(), "registers": f.registers(), "dsps": f.dsps(), "block_rams": f.block_rams(),
        "estimate": planned.map(|p| json!({ "luts": p.luts, "dsps": p.dsps, "block_rams": p.block_rams })),
        "fits": fits(f, device), "met": good, "cached": outcome.cached }))?;
    Ok(good)
}

/// Runs a flow with a spinner.
pub fn synthesize(flow: &Flow, design: &ValidDesign, out: &Output) -> Result<Outcome, Error> {
    let bar = out.spinner(&format!("synthesis of {}", design.top().name));
    let outcome = flow.run(design, &|what| bar.set_message(what.to_string()));
    bar.finish_and_clear();
    Ok(outcome?)
}

/// The design, and what its blocks say that they take.
fn design(args: &Args, out: &Output) -> Result<(ValidDesign, Cost), Error> {
    if let Some(name) = &args.block {
        let config = config::Config { name: name.clone(), set: args.set.clone() };
        let instance = config::configure(&config, out)?;
        return Ok((instance.design()?, instance.cost()));
    }
    let Some(path) = &args.model else {
        return Err(Error::new("E109", "a model or a block is missing", "name a file, or a block with --block"));
    };
    let (_, plan) = args.folding.planned(path)?;
    Ok((plan.design()?, plan.cost()))
}

/// Whether everything fits the device.
fn fits(f: &Figures, device: &Device) -> Option<bool> {
    let [logic, dsp, bram, large] = capacity(device)?;
    Some(f.lut_equivalents() <= logic && f.dsps() <= dsp && f.block_rams() <= bram && f.large_rams() <= large)
}

/// Lookup tables, multipliers, block RAMs, large RAMs.
fn capacity(device: &Device) -> Option<[u64; 4]> {
    let c = device.model.as_ref()?.capacity;
    Some([c.luts, c.dsps, c.block_rams, device.large_rams.map_or(0, |l| l.0)])
}

fn table(f: &Figures, device: &Device, planned: Option<Resources>) -> String {
    if let Some(g) = &f.gates {
        let row = |n: &str, area: f64, delay: f64| vec![n.into(), format!("{area:.0}"), format!("{delay:.0}")];
        return render(&[
            ["mapped for", "area um2", "longest path ps"].map(String::from).to_vec(),
            row("area", g.area_um2, g.delay_ps),
            row("speed", g.fast_area_um2, g.fast_delay_ps),
            vec!["registers in both".into(), format!("{:.0}", g.registers_um2), String::new()],
        ]);
    }
    let mut rows = vec![["resource", "used", "of", "share", "estimated"].map(String::from).to_vec()];
    let [logic, dsp, bram, large] = capacity(device).unwrap_or_default();
    let said = |of: fn(&Resources) -> u64| planned.as_ref().map_or(String::new(), |p| number(of(p)));
    let mut add = |name: &str, used: u64, of: u64, estimate: String| {
        let share = if of > 0 { format!("{:.1} %", 100.0 * used as f64 / of as f64) } else { String::new() };
        let of = if of > 0 { number(of) } else { String::new() };
        rows.push(vec![name.into(), number(used), of, share, estimate]);
    };
    let lut = device.cells.map_or("LUT", |c| c.lut_name);
    add(&format!("{lut} equivalents"), f.lut_equivalents(), logic, said(|p| p.luts));
    add(&format!("  {lut}"), f.luts(), 0, String::new());
    add("  carry cells", f.carries(), 0, String::new());
    add("flip-flops", f.registers(), logic, String::new());
    add("multipliers", f.dsps(), dsp, said(|p| p.dsps));
    add("block RAMs", f.block_rams(), bram, said(|p| p.block_rams));
    if let Some((_, name)) = device.large_rams {
        add(name, f.large_rams(), large, String::new());
    }
    if fits(f, device) == Some(false) {
        rows.push(vec!["does not fit".into()]);
    }
    render(&rows)
}

/// Clock rate and critical path.
fn timing(f: &Figures, wanted: Option<f64>) -> Vec<String> {
    let Some(p) = &f.placed else { return Vec::new() };
    let mut lines = vec![String::new()];
    let Some(mhz) = p.fmax_mhz else {
        lines.push("no path runs from register to register: no clock rate".into());
        return lines;
    };
    let verdict = match wanted {
        Some(w) if mhz >= w => format!(", {w} asked for: met"),
        Some(w) => format!(", {w} asked for: MISSED"),
        None => String::new(),
    };
    lines.push(format!("{mhz:.1} MHz{verdict} (placer seed {})", p.seed));
    lines.push(format!("critical path from {} to {}:", p.critical.from, p.critical.to));
    let mut rows = vec![["net", "cell ns", "wire ns", "sum"].map(String::from).to_vec()];
    let mut sum = 0.0;
    for h in &p.critical.hops {
        sum += h.logic_ns + h.route_ns;
        rows.push(vec![h.net.clone(), format!("{:.2}", h.logic_ns), format!("{:.2}", h.route_ns), format!("{sum:.2}")]);
    }
    lines.push(render(&rows));
    lines.extend(p.caveat.clone());
    lines
}
