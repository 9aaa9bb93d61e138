//! `niello run`: outputs for inputs.

use std::path::PathBuf;

use niello_model::{npy, Graph, Tensor};
use niello_testbench::campaign::Pattern;
use niello_testbench::frames::{self, Frames, Settings};
use serde_json::json;

use super::engines::{self, Choice};
use super::loading::{load, planned, samples, Folding};
use super::{files, Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A .tflite or .onnx file.
    pub model: PathBuf,
    /// Samples: the leading dimension counts them, type and shape are the model's.
    #[arg(long, value_name = "X.npy")]
    pub inputs: PathBuf,
    /// Where the results go.
    #[arg(long, value_name = "Y.npy")]
    pub outputs: PathBuf,
    /// What computes them.
    #[arg(long, value_enum, default_value = "tape")]
    pub engine: Choice,
    #[command(flatten)]
    pub folding: Folding,
}

/// Golden results of every sample.
pub struct Golden {
    /// Codes that enter the hardware.
    pub frames: Frames,
    /// What the model gives.
    pub results: Vec<Tensor>,
}

/// Runs the golden model.
pub fn golden(graph: &Graph, inputs: &[Tensor], out: &Output) -> Result<Golden, Box<dyn std::error::Error>> {
    let (first, end) = (graph.host_before(), graph.host_after());
    let mut g = Golden { frames: Frames::default(), results: Vec::new() };
    let bar = out.progress("golden", inputs.len() as u64);
    for x in inputs {
        let mut values = graph.run(x)?;
        let at = |values: &[Tensor], i: usize| if i == 0 { x.ints().to_vec() } else { values[i - 1].ints().to_vec() };
        g.frames.inputs.push(at(&values, first));
        g.frames.outputs.push(at(&values, end));
        g.results.push(values.pop().unwrap_or_else(|| x.clone()));
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(g)
}

/// What the host makes of the codes that leave the hardware.
pub fn finish(graph: &Graph, codes: Vec<i64>) -> Tensor {
    let mut now = Tensor::Int(codes);
    for node in &graph.nodes[graph.host_after()..] {
        now = node.op.run(&[&now], node.output.dtype);
    }
    now
}

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    if args.engine == Choice::Golden && args.folding.is_given() {
        return Err(
            "E108 the golden model has no hardware to fold; help: leave the option out, or name an engine".into()
        );
    }
    let computed_from = [args.model.as_path(), args.inputs.as_path()];
    files::check_result(&args.outputs, &computed_from)?;
    let graph = load(&args.model, &args.folding)?;
    let x = samples(&args.inputs)?;
    x.check_inputs("--inputs", &graph)?;
    if x.samples.is_empty() {
        return Err("E106 --inputs holds no sample; help: the leading dimension counts samples".into());
    }
    let golden = golden(&graph, &x.samples, out)?;
    let named = match args.engine {
        Choice::Golden => None,
        Choice::Tape => Some(engines::tape(false)),
        Choice::Verilator => Some(engines::verilator(x.samples.len() > 2000, None)?),
        Choice::Icarus => Some(engines::icarus(false)?),
        Choice::All => return Err("E108 `run` takes one engine; help: name it, or use `verify --engine all`".into()),
    };
    let results = match &named {
        None => golden.results,
        Some(named) => {
            let plan = planned(&graph, &args.folding)?;
            let design = plan.design()?;
            let settings = Settings { pattern: Pattern::FREE, slack: plan.slack(), per_batch: 8, resets: 0 };
            let bar = out.progress(&named.label, x.samples.len() as u64);
            let o = frames::run(&*named.engine, &design, &golden.frames, &settings, |n| bar.set_position(n as u64))?;
            bar.finish_and_clear();
            if let Some(f) = o.findings.first() {
                let what = format!(
                    "E511 on {}: {f}; help: `niello verify --layers` tells where; report this, with the model",
                    named.label
                );
                return Err(what.into());
            }
            o.outputs.into_iter().map(|codes| finish(&graph, codes)).collect()
        }
    };
    let bytes = npy::write(graph.output(), &results)?;
    files::write_result(&args.outputs, &bytes, &computed_from)?;
    let label = named.map_or("golden".to_string(), |n| n.label);
    out.line(&format!("{} samples on {label}, profile {}: {}", results.len(), graph.profile, args.outputs.display()))?;
    out.result(&json!({ "samples": results.len(), "engine": label, "profile": graph.profile, "outputs": args.outputs.display().to_string() }))?;
    Ok(true)
}
