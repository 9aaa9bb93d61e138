//! From a plan to files: Verilog, ROM contents, a testbench of its own, and what stands at the border.

use std::path::Path;

use niello_gen::ir::ValidDesign;
use niello_model::{Graph, Node, Op, Tensor, Value};
use niello_net::layers::{Permute, Softmax, SoftmaxForm};
use niello_net::plan::Plan;
use niello_testbench::campaign::Workload;
use niello_testbench::export::{export, Export};
use niello_testbench::scoreboard::Expected;
use serde_json::json;

use crate::files;
use crate::imported::{shown, Given};
use crate::planning::{plan_json, plan_text};
use crate::table::number;
use crate::vectors::{choose, rom_faults, Chosen, Coverage};
use crate::{Error, Model, Progress};

/// What goes into the exported testbench.
#[derive(Clone, Debug, Default)]
pub struct Exported {
    /// Samples among which its frames are chosen, besides random ones.
    pub samples: Option<Given>,
    /// Measure how many of so many single-bit faults in the ROMs its frames see; none: as many as a few seconds allow.
    pub rom_faults: Option<u64>,
}

/// Files of a folder that stands alone, in memory.
#[derive(Clone, Debug)]
pub struct Build {
    /// The top module.
    pub top: String,
    /// Names, without folders, and contents.
    pub files: Vec<(String, String)>,
    /// Frames of the testbench.
    pub frames: usize,
    /// Bits of the layers' results that they show as 0 and as 1, and all.
    pub toggled: (u64, u64),
    /// Faults in ROMs that they see, where that was measured.
    pub rom_faults: Option<Coverage>,
    /// The same in a sentence.
    pub faults: String,
    plan: serde_json::Value,
}

impl Build {
    /// Writes the folder: it must be new, empty, or with `force` an earlier output. Until it is complete, the old one stays.
    ///
    /// # Errors
    /// E506: the system says no. E507, E508: the folder holds something else, or an earlier output.
    pub fn write(&self, folder: impl AsRef<Path>, force: bool) -> Result<(), Error> {
        Ok(files::write_folder(folder.as_ref(), &self.files, force)?)
    }

    /// Bytes of all files whose names end so.
    pub fn bytes(&self, suffix: &str) -> usize {
        self.files.iter().filter(|f| f.0.ends_with(suffix)).map(|f| f.1.len()).sum()
    }

    /// For machines.
    pub fn json(&self) -> serde_json::Value {
        let faults = self.rom_faults.map(|c| json!({ "bits": c.bits, "faults": c.faults, "caught": c.caught }));
        let (bits, of) = self.toggled;
        json!({ "top": self.top, "plan": self.plan, "frames": self.frames, "toggled": { "bits": bits, "of": of },
                "rom_faults": faults, "files": self.files.iter().map(|f| &f.0).collect::<Vec<_>>() })
    }
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

/// The Verilog of a plan, and a testbench whose frames are chosen so that every bit of the layers' results is seen as 0 and as 1.
///
/// # Errors
/// E106: samples are not those of the model. E4xx: the design breaks a rule of the IR, which is niello's mistake. E502: the design
/// differs from what its frames expect.
pub fn build(model: &Model, plan: &Plan, how: &Exported, progress: &dyn Progress) -> Result<Build, Error> {
    let (graph, design) = (model.graph(), plan.design()?);
    let chosen = chosen_frames(how, graph, plan, progress)?;
    let about = format!("{} ({}), profile {}, II {} cycles", graph.name, graph.format, graph.profile, plan.ii);
    let expected = |frames| Expected { frames };
    let (ones, all) = chosen.toggled;
    let frames = chosen.frames;
    let work = Workload { inputs: vec![expected(frames.inputs)], outputs: vec![expected(frames.outputs)] };
    let (coverage, faults) = seen_faults(&design, &work, plan.ii, plan.slack(), how.rom_faults, progress)?;
    let file = model.path().file_name().map(|n| shown(Path::new(n))).unwrap_or_default();
    let vectors = [
        format!("{} of {} bits of the layers' results (by channel) are seen as 0 and as 1.", number(ones), number(all)),
        format!("{faults} `niello build {file} -o DIR --rom-faults N` measures it."),
    ];
    let e = Export { design: &design, work: &work, about: &about, slack: plan.slack(), vectors: &vectors };
    let mut files = export(&e)?;
    files.push(("border.json".into(), format!("{:#}\n", border(graph, plan.input_lanes, plan.output_lanes()))));
    files.push(("plan.txt".into(), format!("{}\n", plan_text(plan))));
    Ok(Build {
        top: design.top().name.clone(),
        files,
        frames: work.inputs[0].frames.len(),
        toggled: (ones, all),
        rom_faults: coverage,
        faults,
        plan: plan_json(plan),
    })
}

/// Frames among the samples that are given and random ones.
fn chosen_frames(how: &Exported, graph: &Graph, plan: &Plan, progress: &dyn Progress) -> Result<Chosen, Error> {
    let samples: &[Tensor] = match &how.samples {
        Some(Given { samples, from }) => {
            samples.check_inputs(from, graph)?;
            &samples.samples
        }
        None => &[],
    };
    let elements = |v: &Value| v.elements() as u64;
    let results: u64 = graph.nodes.iter().map(|n| elements(&n.output)).sum();
    let computed = plan.ii * plan.multipliers() + RESULT * (elements(&graph.input) + results);
    let kept = KEPT / (elements(&graph.input) + elements(graph.output())).max(1);
    let candidates = (COMPUTED / computed.max(1)).min(kept).clamp(2, 4 * FRAMES);
    let most = (CYCLES / plan.ii.max(1)).clamp(2, FRAMES).min(candidates);
    let bar = progress.begin("golden", candidates);
    Ok(choose(graph, samples, most as usize, candidates as usize, |n| bar.set(n))?)
}

/// What share of faults in ROMs the frames, of so many cycles each, see, and a sentence that says it.
///
/// # Errors
/// E502: the design differs from what its frames expect, without any fault. E504: it has ports outside of streams.
pub fn seen_faults(
    design: &ValidDesign,
    work: &Workload,
    cycles: u64,
    slack: u64,
    faults: Option<u64>,
    progress: &dyn Progress,
) -> Result<(Option<Coverage>, String), Error> {
    let bar = progress.begin("faults in ROMs", faults.unwrap_or(1));
    let coverage = rom_faults(design, work, cycles, slack, faults, |n, of| {
        bar.total(of);
        bar.set(n);
    })?;
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

/// As the exported description of a border names it.
fn softmax_name(form: SoftmaxForm) -> &'static str {
    match form {
        SoftmaxForm::Shares => "softmax",
        SoftmaxForm::Logarithms => "log_softmax",
    }
}

/// What stands at the border: types, scales, zero points, layout.
fn border(graph: &Graph, lanes_in: u32, lanes_out: u32) -> serde_json::Value {
    let (first, end) = (graph.host_before(), graph.host_after());
    let inner = |i: usize| if i == 0 { &graph.input } else { &graph.nodes[i - 1].output };
    let host = |nodes: &[Node]| -> Vec<serde_json::Value> {
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
                Op::Softmax { columns } => json!({ "softmax": { "columns": columns } }),
                Op::Quant(q) => {
                    json!({ "quant": { "scale": q.scale, "zero_point": q.zero, "min": q.bounds.0, "max": q.bounds.1,
                                                   "rounding": format!("{:?}", q.mode) } })
                }
                // As numpy has it: dimension i of the result is dimension axes[i] of the operand.
                op => match op.layer::<Permute>() {
                    Some(p) => json!({ "transpose": { "shape": p.dims, "axes": p.order } }),
                    None => match op.layer::<Softmax>() {
                        Some(s) => json!({ softmax_name(s.form): { "scale": s.out_scale(), "zero_point": s.zero() } }),
                        None => json!({ "reshape": n.output.shape }),
                    },
                },
            })
            .collect()
    };
    let side = |v: &Value, lanes: u32, port: &str| {
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
