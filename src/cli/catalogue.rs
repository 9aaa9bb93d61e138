//! `niello block catalogue`: `docs/blocks.md`, pictures, canonical Verilog; evidence and costs where asked for.

use std::path::{Path, PathBuf};

use crate::catalogue::{self, canonical, text, Engines, Records, Synthesized};
use crate::{files, supported, Error};
use niello_fpga::{devices, Flow};
use niello_gen::blocks::AnyBlock;
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
    /// Record these blocks alone, separated by commas; without it all.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub block: Vec<String>,
    /// First synthesize the canonical configurations whose Verilog has changed and record their costs (minutes).
    #[arg(long)]
    pub costs: bool,
}

/// What the catalogue's own steps return.
type Any<T> = Result<T, Box<dyn std::error::Error>>;

/// Runs it. What is recorded is kept as it comes, block by block.
pub fn run(args: &Args, out: &Output) -> Done {
    write(args, out).map_err(Error::of_tool)
}

fn write(args: &Args, out: &Output) -> Any<bool> {
    let folder = args.output.join("catalogue");
    std::fs::create_dir_all(&folder)?;
    let chosen: Vec<&dyn AnyBlock> = match &args.block[..] {
        [] => out.blocks.iter().map(|b| &**b).collect(),
        names => names.iter().map(|n| super::block::config::block(n, out)).collect::<Result<_, _>>()?,
    };
    let mut records = Records::read(&folder)?;
    if args.evidence {
        record(&folder, &mut records, &chosen, out)?;
    }
    if args.costs {
        costs(&folder, &mut records, &chosen, out)?;
    }
    let list = catalogue::files(&out.blocks, &records)?;
    for (path, text) in &list {
        files::write_file(&args.output.join(path), text.as_bytes())?;
    }
    // Beside the folder lies README, whose list of operators comes from the importers.
    let readme = args.output.join("../README.md");
    if let Some(text) = std::fs::read_to_string(&readme).ok().as_deref().and_then(supported::readme) {
        files::write_file(&readme, text.as_bytes())?;
    }
    out.line(&format!("{} files in {}", list.len(), args.output.display()))?;
    out.result(&json!({ "files": list.iter().map(|f| &f.0).collect::<Vec<_>>() }))?;
    Ok(true)
}

fn record(folder: &Path, records: &mut Records, blocks: &[&dyn AnyBlock], out: &Output) -> Any<()> {
    let engines: Engines = vec![
        ("tape".into(), Box::new(TapeEngine::default())),
        ("verilator".into(), Box::new(VerilatorEngine::find()?)),
        ("icarus".into(), Box::new(IcarusEngine::find()?)),
    ];
    let bar = out.progress("evidence", blocks.len() as u64);
    for b in blocks {
        bar.set_message(b.about().name);
        records.evidence.insert(b.about().name.into(), catalogue::record(*b, &engines)?);
        let text = serde_json::to_string_pretty(&records.evidence)? + "\n";
        files::write_file(&folder.join("evidence.json"), text.as_bytes())?;
        bar.inc(1);
    }
    Ok(())
}

/// Of configurations whose Verilog is another one than that of their record.
fn costs(folder: &Path, records: &mut Records, blocks: &[&dyn AnyBlock], out: &Output) -> Any<()> {
    let device = &devices::ECP5_85K;
    let all: Vec<_> = blocks.iter().flat_map(|b| b.canonical().iter().map(|c| (*b, c))).collect();
    // Of blocks and configurations that are no more nothing is kept.
    let keys: Vec<String> = out.blocks.iter().flat_map(|b| b.canonical().iter().map(|c| key(&**b, c.0))).collect();
    records.costs.retain(|k, _| keys.contains(k));
    let bar = out.progress("costs", all.len() as u64);
    for (b, (name, settings)) in all {
        let key = key(b, name);
        bar.set_message(key.clone());
        let i = canonical(b, settings)?;
        let digest = catalogue::digest_of(&text(&*i)?);
        if records.costs.get(&key).is_none_or(|c| c.digest != digest) {
            let flow = Flow { device, pnr: true, mhz: device.default_mhz(), seed: 1 };
            let f = flow.run(&i.design()?, &|_| ())?.figures;
            let cost = Synthesized {
                lut_equivalents: f.lut_equivalents(),
                registers: f.registers(),
                dsps: f.dsps(),
                block_rams: f.block_rams(),
                mhz: f.placed.as_ref().and_then(|p| p.fmax_mhz),
                digest,
            };
            records.costs.insert(key, cost);
            let text = serde_json::to_string_pretty(&records.costs)? + "\n";
            files::write_file(&folder.join("costs.json"), text.as_bytes())?;
        }
        bar.inc(1);
    }
    Ok(())
}

/// A configuration's place among the costs.
fn key(b: &dyn AnyBlock, configuration: &str) -> String {
    format!("{}/{configuration}", b.about().name)
}
