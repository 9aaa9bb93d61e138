//! `niello verify`: RTL == golden == the framework's own result.

use std::path::PathBuf;

use crate::engines::Choice;
use crate::verify::{verify, Bounds};
use crate::{Given, Verification};

use super::folding::Folding;
use super::{Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A .tflite or .onnx file. Beside it, MODEL.x.npy, MODEL.y.npy and MODEL.labels.npy are used if they are there.
    pub model: PathBuf,
    /// Samples; without any, 64 random ones (fewer of huge inputs and deep networks).
    #[arg(long, value_name = "X.npy")]
    pub inputs: Option<PathBuf>,
    /// The framework's own results for them.
    #[arg(long, value_name = "Y.npy")]
    pub expect: Option<PathBuf>,
    /// The right class of each sample.
    #[arg(long, value_name = "L.npy")]
    pub labels: Option<PathBuf>,
    /// Fail where fewer of the answers are right than this, in percent.
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true)]
    pub min_accuracy: Option<f64>,
    /// Which engines, separated by commas; a missing one is an error. Default: those that are here, Icarus on a sample.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub engine: Vec<Choice>,
    /// Stall both sides at random with this probability (default: never, so that cycles are exact).
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub stalls: Option<f64>,
    /// Further runs with a reset between or inside frames, on engines that run every frame (default: 2).
    #[arg(long, value_name = "N")]
    pub resets: Option<usize>,
    /// Of a model that keeps something from one sample for the next one: so many samples follow each other from reset (default: all).
    #[arg(long, value_name = "N")]
    pub sequence: Option<usize>,
    /// Compare the result of every layer, and name the first element that differs and what led to it.
    #[arg(long)]
    pub layers: bool,
    /// Seed of everything random.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Write a waveform of the first frames here (.vcd, or .fst where vcd2fst is installed; needs Verilator).
    #[arg(long, value_name = "F.vcd")]
    pub trace: Option<PathBuf>,
    #[command(flatten)]
    pub bounds: Bounds,
    #[command(flatten)]
    pub folding: Folding,
}

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    let mut how = Verification {
        min_accuracy: args.min_accuracy,
        engines: args.engine.clone(),
        stalls: args.stalls,
        resets: args.resets,
        sequence: args.sequence,
        layers: args.layers,
        seed: args.seed,
        trace: args.trace.clone(),
        bounds: args.bounds,
        ..Verification::default()
    };
    // What is wrong with the command is told before anything is read.
    how.check()?;
    let model = args.folding.model(&args.model)?;
    // Results and labels beside the model belong to the samples beside it; results have its softmax in them.
    let own = args.inputs.is_none();
    let read = |given: &Option<PathBuf>, suffix: &str, fits: bool| {
        let path = given.clone().or_else(|| model.beside(suffix).filter(|_| fits));
        path.map(Given::read).transpose()
    };
    how.expect = read(&args.expect, "y.npy", own && !args.folding.logits)?;
    how.labels = read(&args.labels, "labels.npy", own)?;
    how.inputs = read(&args.inputs, "x.npy", true)?;
    let verdict = verify(&model, &args.folding.plan(&model)?, &how, out)?;
    out.line(&verdict.to_string())?;
    out.result(&verdict.json())?;
    Ok(verdict.equal())
}
