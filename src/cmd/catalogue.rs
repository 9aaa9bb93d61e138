//! `niello block catalogue`: `docs/blocks.md`, pictures, canonical Verilog; evidence and costs where asked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use niello::catalogue::{self, canonical, text, Costs, Engines, Synthesized};
use niello::{files, supported, Error};
use niello_fpga::{devices, Flow};
use niello_gen::blocks::all;
use niello_testbench::engine::icarus::IcarusEngine;
use niello_testbench::engine::tape::TapeEngine;
use niello_testbench::engine::verilator::VerilatorEngine;
use serde_json::json;

use super::{Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// The folder of the documentation.
    #[arg(short, long, default_value = "docs")]
    pub output: PathBuf,
    /// First run every block on the tape, Verilator and Icarus and record what was shown (minutes).
    #[arg(long)]
    pub evidence: bool,
    /// First synthesize the canonical configurations whose Verilog has changed and record their costs (minutes).
    #[arg(long)]
    pub costs: bool,
}

/// What the catalogue's own steps return.
type Any<T> = Result<T, Box<dyn std::error::Error>>;

/// Runs it. What is recorded is compiled in: the page shows it after the next build.
pub fn run(args: &Args, out: &Output) -> Done {
    write(args, out).map_err(Error::of_tool)
}

fn write(args: &Args, out: &Output) -> Any<bool> {
    let folder = args.output.join("catalogue");
    std::fs::create_dir_all(&folder)?;
    if args.evidence {
        record(&folder, out)?;
    }
    if args.costs {
        costs(&folder, out)?;
    }
    let list = catalogue::files()?;
    for (path, text) in &list {
        files::write_file(&args.output.join(path), text.as_bytes())?;
    }
    // Beside the folder lies README, whose list of operators comes from the importers.
    let readme = args.output.join("../README.md");
    if let Some(text) = std::fs::read_to_string(&readme).ok().as_deref().and_then(supported::readme) {
        files::write_file(&readme, text.as_bytes())?;
    }
    let note = if args.evidence || args.costs { "; records are shown after the next build" } else { "" };
    out.line(&format!("{} files in {}{note}", list.len(), args.output.display()))?;
    out.result(&json!({ "files": list.iter().map(|f| &f.0).collect::<Vec<_>>() }))?;
    Ok(true)
}

fn record(folder: &Path, out: &Output) -> Any<()> {
    let engines: Engines = vec![
        ("tape".into(), Box::new(TapeEngine::default())),
        ("verilator".into(), Box::new(VerilatorEngine::find()?)),
        ("icarus".into(), Box::new(IcarusEngine::find()?)),
    ];
    let blocks = all();
    let bar = out.progress("evidence", blocks.len() as u64);
    let mut records = BTreeMap::new();
    for b in &blocks {
        bar.set_message(b.about().name);
        records.insert(b.about().name, catalogue::record(&**b, &engines)?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    let text = serde_json::to_string_pretty(&records)? + "\n";
    Ok(files::write_file(&folder.join("evidence.json"), text.as_bytes())?)
}

fn costs(folder: &Path, out: &Output) -> Any<()> {
    let (mut found, recorded) = (Costs::new(), catalogue::costs());
    let device = &devices::ECP5_85K;
    for b in all() {
        for (name, settings) in b.canonical() {
            let i = canonical(&*b, settings)?;
            let (key, digest) = (format!("{}/{name}", b.about().name), catalogue::digest_of(&text(&*i)?));
            if let Some(cost) = recorded.get(&key).filter(|c| c.digest == digest) {
                found.insert(key, cost.clone());
                continue;
            }
            let flow = Flow { device, pnr: true, mhz: device.default_mhz(), seed: 1 };
            let f = super::synth::synthesize(&flow, &i.design()?, out)?.figures;
            let cost = Synthesized {
                lut_equivalents: f.lut_equivalents(),
                registers: f.registers(),
                dsps: f.dsps(),
                block_rams: f.block_rams(),
                mhz: f.placed.as_ref().and_then(|p| p.fmax_mhz),
                digest,
            };
            found.insert(key, cost);
        }
    }
    let text = serde_json::to_string_pretty(&found)? + "\n";
    Ok(files::write_file(&folder.join("costs.json"), text.as_bytes())?)
}
