//! `niello block`: single blocks.

mod build;
pub mod config;
mod run;
mod verify;

use std::path::PathBuf;

use crate::catalogue::{stage, Records};
use crate::engines::Choice;
use crate::Error;
use serde_json::json;

use config::{block, configure, Config};

use super::{Done, Output};

/// What to do with blocks.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Every block, in one line each.
    List,
    /// Write the catalogue of blocks into docs/: page, pictures, canonical Verilog (for niello's own repository).
    #[command(hide = true)]
    Catalogue(super::catalogue::Args),
    /// Put faults into blocks' Verilog and see whether their benches find them (for niello's own repository).
    #[command(hide = true)]
    Mutants(super::mutants::Args),
    /// A block's settings: meaning, legal values, defaults.
    Show { name: String },
    /// Write a block's Verilog with a testbench.
    Build {
        #[command(flatten)]
        config: Config,
        /// The folder to write.
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
        /// Replace an earlier output.
        #[arg(long)]
        force: bool,
        /// Measure how many of N single-bit faults in the ROMs the testbench's frames see, for its README. Without this as many as a few
        /// seconds allow.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
        rom_faults: Option<u64>,
    },
    /// Run a configuration through stalls, resets and exact timing, against its golden model.
    Verify {
        #[command(flatten)]
        config: Config,
        /// Seed of everything random.
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// Which engines, separated by commas; a missing one is an error. Default: those that are here.
        #[arg(long, value_enum, value_delimiter = ',')]
        engine: Vec<Choice>,
        /// Write a waveform of the first run, equal frames without stalls, here (.vcd, or .fst where vcd2fst is installed; needs Verilator).
        #[arg(long, value_name = "F.vcd")]
        trace: Option<PathBuf>,
    },
    /// Compute a block's outputs for inputs in .npy files (one frame a leading index).
    Run {
        #[command(flatten)]
        config: Config,
        /// Input stream and file: s_axis=X.npy
        #[arg(long = "input", value_name = "STREAM=F.npy")]
        inputs: Vec<String>,
        /// Output stream and file: m_axis=Y.npy
        #[arg(long = "output", value_name = "STREAM=F.npy")]
        outputs: Vec<String>,
        /// What computes them.
        #[arg(long, value_enum, default_value = "tape")]
        engine: Choice,
        /// Write a waveform here (.vcd, or .fst where vcd2fst is installed; needs --engine verilator).
        #[arg(long, value_name = "F.vcd")]
        trace: Option<PathBuf>,
    },
}

/// Runs it.
pub fn run(command: &Command, out: &Output) -> Done {
    match command {
        Command::List => list(out),
        Command::Catalogue(a) => super::catalogue::run(a, out),
        Command::Mutants(a) => super::mutants::run(a, out),
        Command::Show { name } => show(name, out),
        Command::Build { config, output, force, rom_faults } => build::run(config, output, *force, *rom_faults, out),
        Command::Verify { config, seed, engine, trace } => verify::run(config, *seed, engine, trace.as_deref(), out),
        Command::Run { config, inputs, outputs, engine, trace } => {
            run::run(config, [inputs, outputs], *engine, trace.as_deref(), out)
        }
    }
}

fn list(out: &Output) -> Done {
    let records = Records::compiled();
    let mut rows = vec![["block", "stage", "what it does"].map(String::from).to_vec()];
    let mut values = Vec::new();
    for b in &out.blocks {
        let a = b.about();
        let stage = stage(&**b, &records).map_err(Error::of_tool)?;
        rows.push(vec![a.name.into(), format!("{stage:?}"), a.summary.into()]);
        values.push(
            json!({ "block": a.name, "stage": format!("{stage:?}"), "summary": a.summary, "equation": a.equation }),
        );
    }
    let legend =
        "stages: B0 builds, B1 equal on one simulator, B2 on two with stalls, resets, exact cycles and mutants (as recorded)";
    let lines = rows.iter().map(|r| format!("{:16} {:6} {}", r[0], r[1], r[2]));
    out.line(&lines.chain([String::new(), legend.into()]).collect::<Vec<_>>().join("\n"))?;
    out.result(&json!(values))?;
    Ok(true)
}

fn show(name: &str, out: &Output) -> Done {
    let b = block(name, out)?;
    let a = b.about();
    let mut lines = vec![format!("{}: {}", a.name, a.summary), format!("  {}", a.equation), String::new()];
    for f in b.fields() {
        let default = if f.default.is_empty() { "empty".to_string() } else { f.default.clone() };
        lines.push(format!("  {} = {default}", f.name));
        lines.push(format!("      {} Legal: {}.", f.doc, f.legal));
    }
    out.line(&lines.join("\n"))?;
    let fields: Vec<_> = b
        .fields()
        .iter()
        .map(|f| json!({ "name": f.name, "doc": f.doc, "legal": f.legal, "default": f.default }))
        .collect();
    out.result(&json!({ "block": a.name, "summary": a.summary, "equation": a.equation, "fields": fields }))?;
    Ok(true)
}
