//! `niello verify`: RTL == golden == the framework's own result.

use std::path::PathBuf;

use niello_gen::plan::Plan;
use niello_model::{DType, Graph, Tensor};
use niello_testbench::batch::Stall;
use niello_testbench::campaign::Pattern;
use niello_testbench::engine::EngineError;
use niello_testbench::frames::{self, Frames, Outcome, Settings};
use serde_json::json;

use niello::layers::compare;

use super::engines::{self, Choice, Named};
use super::layers;
use super::loading::{beside, load, planned, samples, Folding};
use super::run::{golden, Golden};
use super::table::{number, rate, render};
use super::{Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A .tflite or .onnx file. Beside it, MODEL.x.npy, MODEL.y.npy and MODEL.labels.npy are used if they are there.
    pub model: PathBuf,
    /// Samples; without any, 64 random ones.
    #[arg(long, value_name = "X.npy")]
    pub inputs: Option<PathBuf>,
    /// The framework's own results for them.
    #[arg(long, value_name = "Y.npy")]
    pub expect: Option<PathBuf>,
    /// Which engines, separated by commas; a missing one is an error. Default: those that are here, Icarus on a sample.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub engine: Vec<Choice>,
    /// Stall both sides at random with this probability (default: never, so that cycles are exact).
    #[arg(long, value_name = "P")]
    pub stalls: Option<f64>,
    /// Further runs with a reset between or inside frames, on engines that run every frame.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub resets: usize,
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
    pub folding: Folding,
}

/// The waveform asked for: Verilator writes VCD, vcd2fst makes an FST of it.
struct Waveform {
    vcd: Option<PathBuf>,
    fst: Option<PathBuf>,
}

impl Waveform {
    fn of(args: &Args) -> Result<Waveform, String> {
        let Some(path) = args.trace.clone() else { return Ok(Waveform { vcd: None, fst: None }) };
        let verilator =
            args.engine.is_empty() || args.engine.iter().any(|e| matches!(e, Choice::Verilator | Choice::All));
        if !verilator {
            return Err("E108 --trace needs Verilator among the engines; help: add --engine verilator".into());
        }
        if !path.parent().is_none_or(|p| p.as_os_str().is_empty() || p.is_dir()) {
            return Err(format!(
                "E506 cannot write {}: its folder does not exist; help: make the folder",
                path.display()
            ));
        }
        match path.extension().and_then(|e| e.to_str()) {
            Some("vcd") => Ok(Waveform { vcd: Some(path), fst: None }),
            Some("fst") if niello_testbench::tools::on_path("vcd2fst").is_some() => {
                Ok(Waveform { vcd: Some(path.with_extension("fst.vcd")), fst: Some(path) })
            }
            Some("fst") => Err("E501 vcd2fst was not found; help: name the file .vcd, or install gtkwave".into()),
            _ => Err(format!("E108 --trace {} is neither .vcd nor .fst; help: name it so", path.display())),
        }
    }

    fn finish(&self) -> Result<(), String> {
        let (Some(vcd), Some(fst)) = (&self.vcd, &self.fst) else { return Ok(()) };
        let done = std::process::Command::new("vcd2fst").arg(vcd).arg(fst).output();
        if !done.is_ok_and(|o| o.status.success()) {
            return Err(format!("E502 vcd2fst failed; help: the waveform is in {}", vcd.display()));
        }
        let _ = std::fs::remove_file(vcd);
        Ok(())
    }
}

/// Elements of all random samples.
const MOST_RANDOM: usize = 1 << 22;

/// Frames that a sample-only engine runs: about a hundred thousand cycles, two frames at least and eight at most.
fn sample(ii: u64) -> usize {
    (100_000 / ii.max(1)).clamp(2, 8) as usize
}

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    if let Some(p) = args.stalls.filter(|p| !(0.0..=0.95).contains(p)) {
        return Err(format!("E108 --stalls {p} is not a probability of at most 0.95; help: try 0.5").into());
    }
    let waveform = Waveform::of(args)?;
    let graph = load(&args.model, &args.folding)?;
    let plan = planned(&graph, &args.folding)?;
    let design = plan.design()?;
    let (inputs, from) = inputs(args, &graph)?;
    let golden = golden(&graph, &inputs, out)?;
    let framework = against_framework(args, &graph, &golden.results)?;
    let accuracy = accuracy(args, &golden.results)?;
    let (chosen, missing) = choose(args, inputs.len(), &waveform)?;

    let pattern = match args.stalls.filter(|p| *p > 0.0) {
        Some(p) => Pattern { source: Stall::Bernoulli(p), sink: Stall::Bernoulli(p), seed: args.seed },
        None => Pattern::FREE,
    };
    let mut verdict = framework.as_ref().is_none_or(|f| f.agrees());
    let mut results: Vec<(String, usize, Outcome)> = Vec::new();
    let mut by_layer = Vec::new();
    for named in &chosen {
        let count = if named.sample_only { sample(plan.ii).min(inputs.len()) } else { inputs.len() };
        let part =
            Frames { inputs: golden.frames.inputs[..count].to_vec(), outputs: golden.frames.outputs[..count].to_vec() };
        // Enough groups to fill the tape's lanes, enough frames in each to see what one leaves for the next.
        let resets = if named.sample_only { 0 } else { args.resets };
        let settings = Settings { pattern, slack: plan.slack(), per_batch: count.div_ceil(16).max(4), resets };
        let bar = out.progress(&named.label, count as u64);
        let outcome = frames::run(&*named.engine, &design, &part, &settings, |n| bar.set_position(n as u64))?;
        bar.finish_and_clear();
        verdict &= outcome.findings.is_empty() && outcome.mismatches == 0 && timing_agrees(&outcome, &plan);
        if args.layers {
            let bar = out.progress(&format!("{}, layers", named.label), count as u64);
            let seen = |n: usize| bar.set_position(n as u64);
            let settings = Settings { resets: 0, ..settings };
            let compared = compare(&graph, &plan, &*named.engine, &inputs[..count], &settings, seen)?;
            bar.finish_and_clear();
            verdict &= compared.equal();
            by_layer.push(layers::Named { label: named.label.clone(), layers: compared });
        }
        results.push((named.label.clone(), count, outcome));
    }
    waveform.finish()?;
    let report = Report {
        graph: &graph,
        plan: &plan,
        from,
        golden: &golden,
        framework,
        accuracy,
        results,
        by_layer,
        resets: args.resets,
        missing,
        verdict,
    };
    out.line(&report.text());
    out.result(&report.json());
    Ok(verdict)
}

/// The samples, and where they came from.
fn inputs(args: &Args, graph: &Graph) -> Result<(Vec<Tensor>, String), Box<dyn std::error::Error>> {
    match args.inputs.clone().or_else(|| beside(&args.model, "x.npy")) {
        Some(path) => {
            let s = samples(&path)?;
            s.check(&path.display().to_string(), &graph.input)?;
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
            let count = (MOST_RANDOM / n.max(1)).clamp(1, 64);
            Ok(((0..count).map(|_| sample()).collect(), format!("{count} random samples of seed {}", args.seed)))
        }
    }
}

/// Golden model against the framework's results.
struct Framework {
    from: String,
    compared: usize,
    differ: usize,
    /// Those that float32 sums behind the last layer do not explain.
    beyond: usize,
    /// Nodes that the framework itself runs in float.
    float_nodes: Vec<String>,
}

impl Framework {
    /// What is computed in float is rounded elsewhere now and then. More than a quarter of the elements is no rounding.
    fn agrees(&self) -> bool {
        self.differ == 0 || (!self.float_nodes.is_empty() && self.beyond <= self.compared / 4)
    }
}

fn against_framework(
    args: &Args,
    graph: &Graph,
    results: &[Tensor],
) -> Result<Option<Framework>, Box<dyn std::error::Error>> {
    // Results beside the model belong to the samples beside it.
    // Results beside the model have its softmax in them.
    let beside_it = || beside(&args.model, "y.npy").filter(|_| args.inputs.is_none() && !args.folding.logits);
    let path = args.expect.clone().or_else(beside_it);
    let Some(path) = path else { return Ok(None) };
    let y = samples(&path)?;
    y.check(&path.display().to_string(), graph.output())?;
    if y.samples.len() != results.len() {
        let what = format!(
            "E106 {} holds {} samples, the inputs {}; help: give results of the same samples",
            path.display(),
            y.samples.len(),
            results.len()
        );
        return Err(what.into());
    }
    let differ = |(a, b): (&Tensor, &Tensor)| match (a, b) {
        (Tensor::F32(a), Tensor::F32(b)) => {
            a.iter().zip(b).filter(|(a, b)| a != b && !(a.is_nan() && b.is_nan())).count()
        }
        (a, b) => a.ints().iter().zip(b.ints()).filter(|(a, b)| a != b).count(),
    };
    let float_nodes =
        graph.nodes.iter().filter(|n| n.float_in_framework).map(|n| format!("{} {}", n.kind, n.name)).collect();
    Ok(Some(Framework {
        from: path.display().to_string(),
        compared: results.iter().map(Tensor::len).sum(),
        differ: results.iter().zip(&y.samples).map(differ).sum(),
        beyond: results.iter().zip(&y.samples).map(|(a, b)| graph.beyond_slack(a, b).unwrap_or(differ((a, b)))).sum(),
        float_nodes,
    }))
}

/// Right answers of the golden model, if labels lie beside the model.
fn accuracy(args: &Args, results: &[Tensor]) -> Result<Option<(usize, usize)>, Box<dyn std::error::Error>> {
    let Some(path) = beside(&args.model, "labels.npy").filter(|_| args.inputs.is_none()) else { return Ok(None) };
    let labels = samples(&path)?;
    let first_largest = |t: &Tensor| -> i64 {
        let v: Vec<f64> = match t {
            Tensor::F32(v) => v.iter().map(|x| f64::from(*x)).collect(),
            Tensor::Int(v) => v.iter().map(|x| *x as f64).collect(),
        };
        (1..v.len()).fold(0, |best, i| if v[i] > v[best] { i } else { best }) as i64
    };
    let right = results.iter().zip(&labels.samples).filter(|(r, l)| l.ints() == [first_largest(r)]).count();
    Ok(Some((right, results.len().min(labels.samples.len()))))
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

fn timing_agrees(o: &Outcome, plan: &Plan) -> bool {
    o.timing.and_then(|t| t.ii).is_none_or(|ii| ii == plan.ii)
}

struct Report<'a> {
    graph: &'a Graph,
    plan: &'a Plan,
    from: String,
    golden: &'a Golden,
    framework: Option<Framework>,
    accuracy: Option<(usize, usize)>,
    results: Vec<(String, usize, Outcome)>,
    by_layer: Vec<layers::Named>,
    resets: usize,
    missing: Vec<String>,
    verdict: bool,
}

impl Report<'_> {
    fn text(&self) -> String {
        let mut rows = vec![[
            "engine",
            "frames",
            "beats compared",
            "mismatches",
            "latency",
            "II",
            "build",
            "frames/s",
            "cycles/s",
        ]
        .map(String::from)
        .to_vec()];
        for (label, frames, o) in &self.results {
            let seconds = o.run.as_secs_f64().max(1e-9);
            let cycles = |c: Option<u64>| c.map_or("stalled".into(), number);
            rows.push(vec![
                label.clone(),
                number(*frames as u64),
                number(o.beats),
                number(o.mismatches),
                cycles(o.timing.map(|t| t.latency)),
                cycles(o.timing.and_then(|t| t.ii)),
                format!("{:.2} s", o.compile.as_secs_f64()),
                rate(*frames as f64 / seconds),
                rate(o.cycles as f64 / seconds),
            ]);
        }
        let mut lines = vec![
            format!("model      {} ({}), profile {}", self.graph.name, self.graph.format, self.graph.profile),
            format!("inputs     {} samples: {}", self.golden.results.len(), self.from),
            format!(
                "hardware   II {} cycles, {} multipliers planned",
                number(self.plan.ii),
                number(self.plan.multipliers())
            ),
        ];
        if self.resets > 0 {
            lines.push(format!(
                "resets     {} more runs of engines that run every frame, cut off between and inside frames",
                self.resets
            ));
        }
        let host = |n: &&niello_model::Node| matches!(n.op, niello_model::Op::Softmax(_));
        if let Some(n) = self.graph.nodes[self.graph.host_after()..].iter().find(host) {
            lines.push(format!(
                "host       {} {} is computed behind the hardware (--logits leaves it out)",
                n.kind, n.name
            ));
        }
        if let Some((right, n)) = self.accuracy {
            lines.push(format!("accuracy   {right} of {n} labels, {:.2} %", 100.0 * right as f64 / n.max(1) as f64));
        }
        lines.push(match &self.framework {
            Some(f) => format!(
                "framework  golden differs in {} of {} elements from {}{}",
                f.differ,
                number(f.compared as u64),
                f.from,
                if f.beyond == 0 && f.differ > 0 { ", by no more than the rounding of its float32 sums" } else { "" }
            ),
            None => "framework  no results to compare with: give --expect Y.npy".into(),
        });
        if self.framework.as_ref().is_some_and(|f| !f.float_nodes.is_empty() && !f.agrees()) {
            lines.push("           more than a quarter of the elements: that is not how floats round".into());
        }
        for node in self.framework.iter().flat_map(|f| &f.float_nodes) {
            lines.push(format!("           the framework runs {node} in float: its result there is no integer rule"));
        }
        if !self.results.is_empty() {
            lines.push(String::new());
            lines.push(render(&rows));
        }
        for (label, _, o) in &self.results {
            lines.extend(o.findings.iter().map(|f| format!("{label}: {f}")));
            if !timing_agrees(o, self.plan) {
                let ii = o.timing.and_then(|t| t.ii).unwrap_or_default();
                lines.push(format!("{label}: II is {ii} cycles instead of the planned {}", self.plan.ii));
            }
        }
        for named in &self.by_layer {
            lines.push(String::new());
            lines.push(layers::text(self.graph, named));
        }
        lines.push(String::new());
        lines.extend(self.missing.iter().map(|m| format!("not run: {m}")));
        lines.push(self.verdict_line());
        lines.join("\n")
    }

    fn verdict_line(&self) -> String {
        let engines: Vec<&str> = self.results.iter().map(|r| r.0.split(' ').next().unwrap_or_default()).collect();
        let framework = match &self.framework {
            Some(f) if f.differ == 0 => " == framework",
            Some(_) => "; the framework differs where it runs in float",
            None => "; not compared with the framework",
        };
        if !self.verdict {
            "FAILED".into()
        } else if engines.is_empty() {
            format!("EQUAL: golden{framework} (no engine ran)")
        } else {
            format!("EQUAL: RTL ({}) == golden{framework}", engines.join(", "))
        }
    }

    fn json(&self) -> serde_json::Value {
        let engines: Vec<_> = self
            .results
            .iter()
            .map(|(label, frames, o)| {
                json!({
                    "engine": label, "frames": frames, "beats": o.beats, "mismatches": o.mismatches,
                    "latency": o.timing.map(|t| t.latency), "ii": o.timing.and_then(|t| t.ii),
                    "cycles": o.cycles, "build_seconds": o.compile.as_secs_f64(), "run_seconds": o.run.as_secs_f64(),
                    "findings": o.findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
                })
            })
            .collect();
        let framework = self.framework.as_ref().map(
            |f| json!({ "from": f.from, "compared": f.compared, "differ": f.differ, "float_nodes": f.float_nodes }),
        );
        json!({
            "model": self.graph.name, "format": self.graph.format, "profile": self.graph.profile, "inputs": self.from,
            "samples": self.golden.results.len(), "planned_ii": self.plan.ii, "multipliers": self.plan.multipliers(),
            "accuracy": self.accuracy.map(|(r, n)| json!({ "right": r, "of": n })), "framework": framework,
            "engines": engines, "resets": self.resets,
            "layers": self.by_layer.iter().map(|n| layers::json(self.graph, n)).collect::<Vec<_>>(), "missing": self.missing, "equal": self.verdict,
        })
    }
}
