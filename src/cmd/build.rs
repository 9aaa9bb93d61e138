//! `niello build`: a folder that stands alone.

use std::path::PathBuf;

use niello::vectors::{choose, rom_faults, Chosen, Coverage};
use niello_model::{Graph, Op};
use niello_net::layers::{Permute, Softmax};
use niello_testbench::campaign::Workload;
use niello_testbench::export::{export, Export};
use niello_testbench::scoreboard::Expected;
use serde_json::json;

use super::loading::{beside, load, planned, samples, Folding};
use super::table::number;
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
    /// Measure how many of N single-bit faults in the ROMs the testbench's frames see, for its README. Without this as many as a few
    /// seconds allow.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub rom_faults: Option<u64>,
    #[command(flatten)]
    pub folding: Folding,
}

/// Cycles of the exported testbench, about, where its frames are many.
const CYCLES: u64 = 1_000_000;
/// Most frames.
const FRAMES: u64 = 64;
/// Products and results that the golden model computes to choose among candidates, about: a second's work.
const COMPUTED: u64 = 300_000_000;
/// What a result costs beside its products.
const RESULT: u64 = 16;
/// Elements of all candidates that are kept at once.
const KEPT: u64 = 1 << 24;

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    let graph = load(&args.model, &args.folding)?;
    let plan = planned(&graph, &args.folding)?;
    let design = plan.design()?;
    let chosen = chosen_frames(args, &graph, &plan, out)?;
    let about = format!("{} ({}), profile {}, II {} cycles", graph.name, graph.format, graph.profile, plan.ii);
    let expected = |frames| Expected { frames };
    let (ones, all) = chosen.toggled;
    let frames = chosen.frames;
    let work = Workload { inputs: vec![expected(frames.inputs)], outputs: vec![expected(frames.outputs)] };
    let (coverage, faults) = seen_faults(&design, &work, plan.ii, plan.slack(), args.rom_faults, out)?;
    let model = args.model.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let vectors = [
        format!("{} of {} bits of the layers' results (by channel) are seen as 0 and as 1.", number(ones), number(all)),
        format!("{faults} `niello build {} -o DIR --rom-faults N` measures it.", niello_model::error::clean(&model)),
    ];
    let e = Export { design: &design, work: &work, about: &about, slack: plan.slack(), vectors: &vectors };
    let mut list = export(&e)?;
    list.push(("border.json".into(), format!("{:#}\n", border(&graph, plan.input_lanes, plan.output_lanes()))));
    list.push(("plan.txt".into(), format!("{}\n", super::plan::text(&plan))));
    files::write_folder(&args.output, &list, args.force)?;
    let bytes = |suffix: &str| list.iter().filter(|f| f.0.ends_with(suffix)).map(|f| f.1.len()).sum::<usize>();
    let top = &design.top().name;
    out.line(&format!(
        "{}: top module {top}, {} files, {} bytes of Verilog, {} bytes of ROM contents; README.md tells how to simulate it\n{faults}",
        args.output.display(),
        list.len(),
        number(bytes(".v") as u64),
        number(bytes(".mem") as u64)
    ))?;
    out.result(&json!({ "output": args.output.display().to_string(), "top": top, "plan": super::plan::json(&plan),
                        "frames": work.inputs[0].frames.len(), "toggled": { "bits": ones, "of": all },
                        "rom_faults": coverage.map(|c| json!({ "bits": c.bits, "faults": c.faults, "caught": c.caught })),
                        "files": list.iter().map(|f| &f.0).collect::<Vec<_>>() }))?;
    Ok(true)
}

/// Frames among the samples beside the model and random ones.
fn chosen_frames(
    args: &Args,
    graph: &Graph,
    plan: &niello_net::plan::Plan,
    out: &Output,
) -> Result<Chosen, Box<dyn std::error::Error>> {
    let samples = match beside(&args.model, "x.npy") {
        Some(path) => {
            let s = samples(&path)?;
            s.check_inputs(&path.display().to_string(), graph)?;
            s.samples
        }
        None => Vec::new(),
    };
    let elements = |v: &niello_model::Value| v.elements() as u64;
    let results: u64 = graph.nodes.iter().map(|n| elements(&n.output)).sum();
    let computed = plan.ii * plan.multipliers() + RESULT * (elements(&graph.input) + results);
    let kept = KEPT / (elements(&graph.input) + elements(graph.output())).max(1);
    let candidates = (COMPUTED / computed.max(1)).min(kept).clamp(2, 4 * FRAMES);
    let most = (CYCLES / plan.ii.max(1)).clamp(2, FRAMES).min(candidates);
    let bar = out.progress("golden", candidates);
    let chosen = choose(graph, &samples, most as usize, candidates as usize, |n| bar.set_position(n))?;
    bar.finish_and_clear();
    Ok(chosen)
}

/// What share of faults in ROMs the frames, of so many cycles each, see, and a sentence that says it.
pub fn seen_faults(
    design: &niello_gen::ir::ValidDesign,
    work: &Workload,
    cycles: u64,
    slack: u64,
    faults: Option<u64>,
    out: &Output,
) -> Result<(Option<Coverage>, String), Box<dyn std::error::Error>> {
    let bar = out.progress("faults in ROMs", faults.unwrap_or(1));
    let coverage = rom_faults(design, work, cycles, slack, faults, |n, of| {
        bar.set_length(of);
        bar.set_position(n);
    })?;
    bar.finish_and_clear();
    let text = match coverage {
        Some(c) => format!(
            "{} of {} single-bit faults at random places in the ROMs ({} bits), one at a time, change a result: {:.1} %.",
            number(c.caught),
            number(c.faults),
            number(c.bits),
            100.0 * c.caught as f64 / c.faults as f64
        ),
        None => "How many single-bit faults in ROMs change a result was not measured.".into(),
    };
    Ok((coverage, text))
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
                Op::Quant(q) => {
                    json!({ "quant": { "scale": q.scale, "zero_point": q.zero, "min": q.bounds.0, "max": q.bounds.1,
                                                   "rounding": format!("{:?}", q.mode) } })
                }
                // As numpy has it: dimension i of the result is dimension axes[i] of the operand.
                op => match op.layer::<Permute>() {
                    Some(p) => json!({ "transpose": { "shape": p.dims, "axes": p.order } }),
                    None if op.layer::<Softmax>().is_some() => {
                        json!({ "softmax": { "scale": 1.0 / 256.0, "zero_point": -128 } })
                    }
                    None => json!({ "reshape": n.output.shape }),
                },
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
