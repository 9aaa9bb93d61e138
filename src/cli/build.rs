//! `niello build`: a folder that stands alone.

use std::path::PathBuf;

use crate::table::number;
use crate::{build, Exported, Given};

use super::folding::Folding;
use super::{Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A .tflite or .onnx file.
    pub model: PathBuf,
    /// The folder to write: new, empty, or with --force an earlier output.
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Replace an earlier output.
    #[arg(long)]
    pub force: bool,
    /// Measure how many of N single-bit faults in the ROMs the testbench's frames see, for its README. Without this as many as a few
    /// seconds allow.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub rom_faults: Option<u64>,
    #[command(flatten)]
    pub folding: Folding,
}

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    let (model, plan) = args.folding.planned(&args.model)?;
    let samples = model.beside("x.npy").map(Given::read).transpose()?;
    let built = build(&model, &plan, &Exported { samples, rom_faults: args.rom_faults }, out)?;
    built.write(&args.output, args.force)?;
    out.line(&format!(
        "{}: top module {}, {} files, {} bytes of Verilog, {} bytes of ROM contents; README.md tells how to simulate it\n{}",
        args.output.display(),
        built.top,
        built.files.len(),
        number(built.bytes(".v") as u64),
        number(built.bytes(".mem") as u64),
        built.faults
    ))?;
    let mut json = built.json();
    json["output"] = args.output.display().to_string().into();
    out.result(&json)?;
    Ok(true)
}
