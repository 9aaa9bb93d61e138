//! The proof: RTL == golden == the framework's own result.

mod framework;
mod labels;
mod layers;
mod verdict;

pub use framework::{Bounds, Different, Float, Framework};
pub use labels::Accuracy;
pub use layers::ByLayer;
pub use verdict::{Ran, Verdict};

use std::path::PathBuf;

use niello_model::{DType, Graph, Tensor};
use niello_net::plan::Plan;
use niello_testbench::batch::Stall;
use niello_testbench::campaign::Pattern;
use niello_testbench::frames::{self, Settings};

use crate::engines::{self, Choice, Named};
use crate::golden::{golden, sequence, Golden};
use crate::imported::Given;
use crate::layers::compare;
use crate::waveform::Waveform;
use crate::{Error, Model, Progress};

/// What is compared, and how.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// Samples; none: 64 random ones of `seed`, fewer of huge inputs and deep networks.
    pub inputs: Option<Given>,
    /// The framework's own results for them.
    pub expect: Option<Given>,
    /// The right class of each sample: integers of shape `[samples]`.
    pub labels: Option<Given>,
    /// In percent: fewer right answers are a failure.
    pub min_accuracy: Option<f64>,
    /// Which engines; a missing one is an error. None named: those that are here, Icarus on a sample.
    pub engines: Vec<Choice>,
    /// Probability with which both sides stall in a cycle, at most 0.95; none: never, so that cycles are exact.
    pub stalls: Option<f64>,
    /// Further runs with a reset between or inside frames, on engines that run every frame; none: 2.
    pub resets: Option<usize>,
    /// Samples that follow each other from reset, of a model that keeps something from one for the next one; none: all.
    pub sequence: Option<usize>,
    /// Compare the result of every layer too.
    pub layers: bool,
    /// Of everything random.
    pub seed: u64,
    /// A waveform of the first frames goes there (.vcd, or .fst where vcd2fst is installed; needs Verilator).
    pub trace: Option<PathBuf>,
    /// How far results may lie apart behind nodes that the framework itself runs in float.
    pub bounds: Bounds,
}

impl Verification {
    /// With the samples, results and labels that lie beside the model's file: `MODEL.x.npy`, `MODEL.y.npy`, `MODEL.labels.npy`.
    ///
    /// # Errors
    /// E106, E107: one of them cannot be read.
    pub fn beside(model: &Model) -> Result<Verification, Error> {
        let read = |suffix| model.beside(suffix).map(Given::read).transpose();
        let inputs = read("x.npy")?;
        Ok(Verification { inputs, expect: read("y.npy")?, labels: read("labels.npy")?, ..Verification::default() })
    }

    /// Only the golden model is named.
    pub fn is_golden_only(&self) -> bool {
        !self.engines.is_empty() && self.engines.iter().all(|c| *c == Choice::Golden)
    }

    /// Settings that mean something together.
    ///
    /// # Errors
    /// E108: one means nothing, or could do nothing.
    pub fn check(&self) -> Result<(), Error> {
        if let Some(p) = self.stalls.filter(|p| !(0.0..=0.95).contains(p)) {
            let what = format!("--stalls {p} is not a probability of at most 0.95");
            return Err(Error::new("E108", what, "try 0.5"));
        }
        if let Some(p) = self.min_accuracy.filter(|p| !(0.0..=100.0).contains(p)) {
            return Err(Error::new("E108", format!("--min-accuracy {p} is no percentage"), "try 95"));
        }
        self.bounds.check()?;
        engines::distinct(&self.engines)?;
        let without =
            [("--stalls", self.stalls.is_some()), ("--resets", self.resets.is_some()), ("--layers", self.layers)];
        if let Some((option, _)) = without.iter().find(|(_, given)| *given && self.is_golden_only()) {
            return Err(Error::new("E108", format!("{option} does nothing without an engine"), "add --engine tape"));
        }
        Ok(())
    }

    fn pattern(&self) -> Pattern {
        match self.stalls.filter(|p| *p > 0.0) {
            Some(p) => Pattern { source: Stall::Bernoulli(p), sink: Stall::Bernoulli(p), seed: self.seed },
            None => Pattern { seed: self.seed, ..Pattern::FREE },
        }
    }
}

/// Random samples, and those of a deep network: stages whose simulation takes long.
const MANY: usize = 64;
const FEW: usize = 8;
const DEEP: usize = 512;
/// Elements of all random samples.
const MOST_RANDOM: usize = 1 << 22;
/// Resets where nobody says how many.
const RESETS: usize = 2;

/// Frames that a sample-only engine runs: about a hundred thousand cycles, two frames at least and eight at most.
fn sample(ii: u64) -> usize {
    (100_000 / ii.max(1)).clamp(2, 8) as usize
}

/// Runs samples through the golden model and the plan's Verilog on engines, and compares every beat, the pace, and the framework's own
/// results where they are given. A verdict in which nothing was compared is not equal.
///
/// # Errors
/// E106: samples, results or labels do not belong to the model. E108: settings that mean nothing. E50x: an engine that was named is
/// missing, or fails. A difference is no error: [`Verdict::equal`] is false.
pub fn verify(model: &Model, plan: &Plan, how: &Verification, progress: &dyn Progress) -> Result<Verdict, Error> {
    how.check()?;
    let waveform = Waveform::of(how.trace.as_deref(), &how.engines)?;
    let graph = model.graph();
    if how.is_golden_only() && how.expect.is_none() {
        let what = "nothing would be compared: the golden model is not the framework";
        return Err(Error::new("E108", what, "give its results with --expect Y.npy, or name an engine"));
    }
    let (inputs, from) = inputs(how, graph, if plan.stages.len() > DEEP { FEW } else { MANY })?;
    let golden = golden(graph, &inputs, sequence(graph, how.sequence, inputs.len())?, progress)?;
    let framework = match &how.expect {
        Some(y) => Some(framework::compare(y, graph, &inputs, &golden.results, how.bounds)?),
        None => None,
    };
    let accuracy = right_answers(how, &golden)?;
    let (chosen, missing) = choose(how, inputs.len(), &waveform)?;
    let mut verdict = Verdict::new(model, plan, from, inputs.len());
    (verdict.framework, verdict.accuracy, verdict.missing) = (framework, accuracy, missing);
    for named in &chosen {
        simulated(&mut verdict, (model, plan, how), named, (&inputs, &golden), progress)?;
    }
    waveform.finish()?;
    Ok(verdict)
}

/// One engine, and its layers where they are asked for.
fn simulated(
    verdict: &mut Verdict,
    (model, plan, how): (&Model, &Plan, &Verification),
    named: &Named,
    (inputs, golden): (&[Tensor], &Golden),
    progress: &dyn Progress,
) -> Result<(), Error> {
    let frames = if named.sample_only { sample(plan.ii).min(inputs.len()) } else { inputs.len() };
    let part = golden.frames.first(frames);
    // Enough groups to fill the tape's lanes, enough frames in each to see what one leaves for the next.
    // A sequence of one sample leaves nothing that a reset could clear.
    let alone = part.sequences.as_ref().is_some_and(|q| q.again.is_empty());
    let resets = if named.sample_only || alone { 0 } else { how.resets.unwrap_or(RESETS) };
    let per_batch = part.sequences.as_ref().map_or(frames.div_ceil(16).max(4), |q| q.length);
    let settings = Settings { pattern: how.pattern(), slack: plan.slack(), per_batch, resets };
    let bar = progress.begin(&named.label, frames as u64);
    let outcome = frames::run(&*named.engine, &plan.design()?, &part, &settings, |n| bar.set(n as u64))?;
    drop(bar);
    if how.layers {
        let bar = progress.begin(&format!("{}, layers", named.label), frames as u64);
        let settings = Settings { resets: 0, ..settings };
        let seen = |n: usize| bar.set(n as u64);
        let layers = compare(model.graph(), plan, &*named.engine, &inputs[..frames], &settings, seen)?;
        verdict.layers.push(ByLayer { label: named.label.clone(), layers });
    }
    verdict.engines.push(Ran { label: named.label.clone(), frames, resets, outcome });
    Ok(())
}

/// Accuracy, where labels are given.
fn right_answers(how: &Verification, golden: &Golden) -> Result<Option<Accuracy>, Error> {
    match &how.labels {
        Some(labels) => Ok(Some(labels::accuracy(labels, &golden.results, how.min_accuracy)?)),
        None if how.min_accuracy.is_some() => {
            Err(Error::new("E108", "--min-accuracy needs labels of the samples", "give --labels L.npy"))
        }
        None => Ok(None),
    }
}

/// The samples, and where they came from.
fn inputs(how: &Verification, graph: &Graph, most: usize) -> Result<(Vec<Tensor>, String), Error> {
    if let Some(Given { samples, from }) = &how.inputs {
        samples.check_inputs(from, graph)?;
        if samples.samples.is_empty() {
            let what = format!("{from} holds no sample");
            return Err(Error::new("E106", what, "the leading dimension counts samples"));
        }
        return Ok((samples.samples.clone(), from.clone()));
    }
    let mut rng = niello_gen::num::Prng::named(how.seed, "inputs");
    let n = graph.input.elements();
    let (lo, hi) = graph.input.dtype.range();
    let mut sample = || match graph.input.dtype {
        DType::F32 => Tensor::F32((0..n).map(|_| rng.range(-1 << 20, 1 << 20) as f32 / (1 << 18) as f32).collect()),
        _ => Tensor::Int((0..n).map(|_| rng.range(lo, hi)).collect()),
    };
    // Of huge inputs fewer: memory is finite.
    let count = (MOST_RANDOM / n.max(1)).clamp(1, most);
    Ok(((0..count).map(|_| sample()).collect(), format!("{count} random samples of seed {}", how.seed)))
}

/// The engines to run, and those that are missing.
fn choose(how: &Verification, frames: usize, waveform: &Waveform) -> Result<(Vec<Named>, Vec<String>), Error> {
    let long = frames > 2000;
    let verilator = || engines::verilator(long, waveform.vcd.clone());
    let mut missing = Vec::new();
    // Alone, Icarus runs every frame; beside others, a sample.
    let alone = how.engines.len() == 1;
    let mut chosen = Vec::new();
    for choice in &how.engines {
        match choice {
            Choice::Golden => {}
            Choice::Tape => chosen.push(engines::tape(true)),
            Choice::Verilator => chosen.push(verilator()?),
            Choice::Icarus => chosen.push(engines::icarus(!alone)?),
            Choice::All => chosen.extend([engines::tape(true), verilator()?, engines::icarus(true)?]),
        }
    }
    if how.engines.is_empty() {
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
