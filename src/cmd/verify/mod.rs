//! `niello verify`: RTL == golden == the framework's own result.

mod framework;
mod labels;
mod report;

use std::path::PathBuf;

use niello_model::{DType, Graph, Tensor};
use niello_testbench::batch::Stall;
use niello_testbench::campaign::Pattern;
use niello_testbench::engine::EngineError;
use niello_testbench::frames::{self, Frames, Settings};

use niello::layers::compare;

use framework::Bounds;
use labels::{accuracy, Accuracy};
use report::{Ran, Report};

use super::engines::{self, Choice, Named};
use super::layers;
use super::loading::{beside, load, planned, samples, Folding};
use super::run::{golden, Golden};
use super::waveform::Waveform;
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

/// Random samples, and those of a deep network: stages whose simulation takes long.
const MANY: usize = 64;
const FEW: usize = 8;
const DEEP: usize = 512;
/// Elements of all random samples.
const MOST_RANDOM: usize = 1 << 22;

/// Frames that a sample-only engine runs: about a hundred thousand cycles, two frames at least and eight at most.
fn sample(ii: u64) -> usize {
    (100_000 / ii.max(1)).clamp(2, 8) as usize
}

/// Resets where nobody says how many.
const RESETS: usize = 2;

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    check_options(args)?;
    let waveform = Waveform::of(args.trace.as_deref(), &args.engine)?;
    let graph = load(&args.model, &args.folding)?;
    if only_golden(&args.engine) && expectation(args).is_none() {
        return Err("E108 nothing would be compared: the golden model is not the framework; help: give its results with --expect Y.npy, or name an engine".into());
    }
    let plan = planned(&graph, &args.folding)?;
    let design = plan.design()?;
    let most = if plan.stages.len() > DEEP { FEW } else { MANY };
    let (inputs, from) = inputs(args, &graph, most)?;
    let golden = golden(&graph, &inputs, out)?;
    let framework = match expectation(args) {
        Some(path) => Some(framework::compare(path, &graph, &inputs, &golden.results, args.bounds)?),
        None => None,
    };
    let accuracy = right_answers(args, &golden)?;
    let (chosen, missing) = choose(args, inputs.len(), &waveform)?;

    let pattern = match args.stalls.filter(|p| *p > 0.0) {
        Some(p) => Pattern { source: Stall::Bernoulli(p), sink: Stall::Bernoulli(p), seed: args.seed },
        None => Pattern { seed: args.seed, ..Pattern::FREE },
    };
    let (mut results, mut by_layer) = (Vec::new(), Vec::new());
    for named in &chosen {
        let frames = if named.sample_only { sample(plan.ii).min(inputs.len()) } else { inputs.len() };
        let part = Frames {
            inputs: golden.frames.inputs[..frames].to_vec(),
            outputs: golden.frames.outputs[..frames].to_vec(),
        };
        // Enough groups to fill the tape's lanes, enough frames in each to see what one leaves for the next.
        let resets = if named.sample_only { 0 } else { args.resets.unwrap_or(RESETS) };
        let settings = Settings { pattern, slack: plan.slack(), per_batch: frames.div_ceil(16).max(4), resets };
        let bar = out.progress(&named.label, frames as u64);
        let outcome = frames::run(&*named.engine, &design, &part, &settings, |n| bar.set_position(n as u64))?;
        bar.finish_and_clear();
        if args.layers {
            let bar = out.progress(&format!("{}, layers", named.label), frames as u64);
            let seen = |n: usize| bar.set_position(n as u64);
            let settings = Settings { resets: 0, ..settings };
            let layers = compare(&graph, &plan, &*named.engine, &inputs[..frames], &settings, seen)?;
            bar.finish_and_clear();
            by_layer.push(layers::Named { label: named.label.clone(), layers });
        }
        results.push(Ran { label: named.label.clone(), frames, resets, outcome });
    }
    waveform.finish()?;
    let model = niello_model::error::clean(&args.model.display().to_string());
    let report = Report {
        graph: &graph,
        plan: &plan,
        model: &model,
        from,
        golden: &golden,
        framework,
        accuracy,
        results,
        by_layer,
        missing,
    };
    out.line(&report.text())?;
    out.result(&report.json())?;
    Ok(report.verdict())
}

/// Options that could do nothing, or mean nothing.
fn check_options(args: &Args) -> Result<(), String> {
    if let Some(p) = args.stalls.filter(|p| !(0.0..=0.95).contains(p)) {
        return Err(format!("E108 --stalls {p} is not a probability of at most 0.95; help: try 0.5"));
    }
    if let Some(p) = args.min_accuracy.filter(|p| !(0.0..=100.0).contains(p)) {
        return Err(format!("E108 --min-accuracy {p} is no percentage; help: try 95"));
    }
    args.bounds.check()?;
    engines::distinct(&args.engine)?;
    let without = [("--stalls", args.stalls.is_some()), ("--resets", args.resets.is_some()), ("--layers", args.layers)];
    if let Some((option, _)) = without.iter().find(|(_, given)| *given && only_golden(&args.engine)) {
        return Err(format!("E108 {option} does nothing without an engine; help: add --engine tape"));
    }
    Ok(())
}

fn only_golden(engines: &[Choice]) -> bool {
    !engines.is_empty() && engines.iter().all(|c| *c == Choice::Golden)
}

/// The framework's results: those that are named, or those beside the model, which belong to the samples beside it and have its softmax in
/// them.
fn expectation(args: &Args) -> Option<PathBuf> {
    let beside_it = || beside(&args.model, "y.npy").filter(|_| args.inputs.is_none() && !args.folding.logits);
    args.expect.clone().or_else(beside_it)
}

/// Accuracy, where labels are named or lie beside the model and its samples.
fn right_answers(args: &Args, golden: &Golden) -> Result<Option<Accuracy>, Box<dyn std::error::Error>> {
    let beside_it = || beside(&args.model, "labels.npy").filter(|_| args.inputs.is_none());
    match args.labels.clone().or_else(beside_it) {
        Some(path) => Ok(Some(accuracy(&path, &golden.results, args.min_accuracy)?)),
        None if args.min_accuracy.is_some() => {
            Err("E108 --min-accuracy needs labels of the samples; help: give --labels L.npy".into())
        }
        None => Ok(None),
    }
}

/// The samples, and where they came from.
fn inputs(args: &Args, graph: &Graph, most: usize) -> Result<(Vec<Tensor>, String), Box<dyn std::error::Error>> {
    match args.inputs.clone().or_else(|| beside(&args.model, "x.npy")) {
        Some(path) => {
            let s = samples(&path)?;
            s.check_inputs(&path.display().to_string(), graph)?;
            if s.samples.is_empty() {
                return Err(format!(
                    "E106 {} holds no sample; help: the leading dimension counts samples",
                    path.display()
                )
                .into());
            }
            Ok((s.samples, path.display().to_string()))
        }
        None => {
            let mut rng = niello_gen::num::Prng::named(args.seed, "inputs");
            let n = graph.input.elements();
            let (lo, hi) = graph.input.dtype.range();
            let mut sample = || match graph.input.dtype {
                DType::F32 => {
                    Tensor::F32((0..n).map(|_| rng.range(-1 << 20, 1 << 20) as f32 / (1 << 18) as f32).collect())
                }
                _ => Tensor::Int((0..n).map(|_| rng.range(lo, hi)).collect()),
            };
            // Of huge inputs fewer: memory is finite.
            let count = (MOST_RANDOM / n.max(1)).clamp(1, most);
            Ok(((0..count).map(|_| sample()).collect(), format!("{count} random samples of seed {}", args.seed)))
        }
    }
}

/// The engines to run, and those that are missing.
fn choose(args: &Args, frames: usize, waveform: &Waveform) -> Result<(Vec<Named>, Vec<String>), EngineError> {
    let long = frames > 2000;
    let verilator = || engines::verilator(long, waveform.vcd.clone());
    let mut missing = Vec::new();
    // Alone, Icarus runs every frame; beside others, a sample.
    let alone = args.engine.len() == 1;
    let mut chosen = Vec::new();
    for choice in &args.engine {
        match choice {
            Choice::Golden => {}
            Choice::Tape => chosen.push(engines::tape(true)),
            Choice::Verilator => chosen.push(verilator()?),
            Choice::Icarus => chosen.push(engines::icarus(!alone)?),
            Choice::All => chosen.extend([engines::tape(true), verilator()?, engines::icarus(true)?]),
        }
    }
    if args.engine.is_empty() {
        chosen.push(engines::tape(true));
        for found in [verilator(), engines::icarus(true)] {
            match found {
                Ok(n) => chosen.push(n),
                Err(e) => missing.push(e.to_string()),
            }
        }
    }
    Ok((chosen, missing))
}
