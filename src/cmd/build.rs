//! `niello build`: a folder that stands alone.

use std::path::PathBuf;

use niello_model::{Graph, Op};
use niello_testbench::campaign::Workload;
use niello_testbench::export::{export, Export};
use niello_testbench::frames::Frames;
use niello_testbench::scoreboard::Expected;
use serde_json::json;

use super::loading::{beside, load, planned, samples, Folding};
use super::run::golden;
use super::{files, Done, Output};

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
    #[command(flatten)]
    pub folding: Folding,
}

/// Frames of the exported testbench.
const FRAMES: usize = 16;

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    let graph = load(&args.model, &args.folding)?;
    let plan = planned(&graph, &args.folding)?;
    let design = plan.design()?;
    let frames = example_frames(args, &graph, out)?;
    let about = format!("{} ({}), profile {}, II {} cycles", graph.name, graph.format, graph.profile, plan.ii);
    let expected = |frames| Expected { frames };
    let work = Workload { inputs: vec![expected(frames.inputs)], outputs: vec![expected(frames.outputs)] };
    let mut list = export(&Export { design: &design, work: &work, about: &about, slack: plan.slack() })?;
    list.push(("border.json".into(), format!("{:#}\n", border(&graph, plan.input_lanes, plan.output_lanes()))));
    list.push(("plan.txt".into(), format!("{}\n", super::plan::text(&plan))));
    files::write_folder(&args.output, &list, args.force)?;
    let bytes = |suffix: &str| list.iter().filter(|f| f.0.ends_with(suffix)).map(|f| f.1.len()).sum::<usize>();
    let top = &design.top().name;
    out.line(&format!(
        "{}: top module {top}, {} files, {} bytes of Verilog, {} bytes of ROM contents; README.md tells how to simulate it",
        args.output.display(),
        list.len(),
        super::table::number(bytes(".v") as u64),
        super::table::number(bytes(".mem") as u64)
    ));
    out.result(&json!({ "output": args.output.display().to_string(), "top": top, "plan": super::plan::json(&plan),
                        "files": list.iter().map(|f| &f.0).collect::<Vec<_>>() }));
    Ok(true)
}

/// Samples beside the model, or zeros and extremes.
fn example_frames(args: &Args, graph: &Graph, out: &Output) -> Result<Frames, Box<dyn std::error::Error>> {
    let x = match beside(&args.model, "x.npy") {
        Some(path) => {
            let s = samples(&path)?;
            s.check(&path.display().to_string(), &graph.input)?;
            s.samples.into_iter().take(FRAMES).collect()
        }
        None => {
            let n = graph.input.elements();
            let (lo, hi) = graph.input.dtype.range();
            let mut rng = niello_gen::num::Prng::named(0, "inputs");
            let mut sample = || match graph.input.dtype {
                niello_model::DType::F32 => {
                    niello_model::Tensor::F32((0..n).map(|_| rng.range(-4096, 4096) as f32 / 1024.0).collect())
                }
                _ => niello_model::Tensor::Int((0..n).map(|_| rng.range(lo, hi)).collect()),
            };
            (0..FRAMES).map(|_| sample()).collect::<Vec<_>>()
        }
    };
    Ok(golden(graph, &x, out)?.frames)
}

/// What stands at the border: types, scales, zero points, layout.
fn border(graph: &Graph, lanes_in: u32, lanes_out: u32) -> serde_json::Value {
    let (first, end) = (graph.host_before(), graph.host_after());
    let inner = |i: usize| if i == 0 { &graph.input } else { &graph.nodes[i - 1].output };
    let host = |nodes: &[niello_model::Node]| -> Vec<serde_json::Value> {
        nodes
            .iter()
            .map(|n| match &n.op {
                Op::Quantize { scale, zero, rounding } => {
                    json!({ "quantize": { "scale": scale, "zero_point": zero, "rounding": format!("{rounding:?}") } })
                }
                // The bias comes after the scale, each rounded to float32.
                Op::Dequantize { scales, zero, bias } => {
                    json!({ "dequantize": { "scales": scales, "zero_point": zero, "bias": bias } })
                }
                Op::Softmax(_) => json!({ "softmax": { "scale": 1.0 / 256.0, "zero_point": -128 } }),
                Op::Quant(q) => {
                    json!({ "quant": { "scale": q.scale, "zero_point": q.zero, "min": q.bounds.0, "max": q.bounds.1,
                                                   "rounding": format!("{:?}", q.mode) } })
                }
                // As numpy has it: dimension i of the result is dimension axes[i] of the operand.
                Op::Transpose { dims, steps } => json!({ "transpose": { "shape": dims, "axes": steps } }),
                _ => json!({ "reshape": n.output.shape }),
            })
            .collect()
    };
    let side = |v: &niello_model::Value, lanes: u32, port: &str| {
        json!({ "stream": port, "elements": v.elements(), "shape": v.shape, "type": v.dtype.name(), "lanes": lanes,
                "layout": "elements of this shape, the last dimension innermost; lane 0 in the low bits; lanes past the end of the last beat are padding" })
    };
    json!({
        "profile": graph.profile,
        "input": { "model": { "shape": graph.input.shape, "type": graph.input.dtype.name() },
                   "host_computes": host(&graph.nodes[..first]), "hardware": side(inner(first), lanes_in, "s_axis") },
        "output": { "hardware": side(inner(end), lanes_out, "m_axis"), "host_computes": host(&graph.nodes[end..]),
                    "model": { "shape": graph.output().shape, "type": graph.output().dtype.name() } },
    })
}
