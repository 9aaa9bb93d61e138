//! `niello plan`: what would be built.

use std::path::PathBuf;

use niello_gen::plan::{Plan, StageBlock};
use serde_json::json;

use super::loading::{load, planned, Folding};
use super::table::{number, render};
use super::{Done, Output};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A .tflite or .onnx file.
    pub model: PathBuf,
    #[command(flatten)]
    pub folding: Folding,
}

/// Runs it.
pub fn run(args: &Args, out: &Output) -> Done {
    let graph = load(&args.model, &args.folding)?;
    let plan = planned(&graph, &args.folding)?;
    out.line(&text(&plan))?;
    out.result(&json(&plan))?;
    Ok(true)
}

fn shape(block: &StageBlock) -> (String, String, String) {
    match block {
        StageBlock::Mvu(c) => (format!("{} x {}", c.outputs, c.inputs), c.pe.to_string(), c.simd.to_string()),
        StageBlock::Threshold(c) => (format!("{}", c.channels), c.lanes.to_string(), String::new()),
        StageBlock::Requant(c) => {
            let digit = if c.digit > 0 { format!("digit {}", c.digit) } else { String::new() };
            (c.channels.to_string(), c.lanes.to_string(), digit)
        }
        StageBlock::Lut(c) => (format!("{} codes", c.derived().len()), c.lanes.to_string(), String::new()),
        StageBlock::Window(c) => {
            let g = c.derived();
            let shape = format!("{} x {} of {}x{}x{}", g.rows, g.cols, c.kernel_h, c.kernel_w, c.channels);
            (shape, String::new(), c.lanes.to_string())
        }
        StageBlock::Depthwise(c) => (format!("{} x {}", c.channels, c.taps), c.lanes.to_string(), "1".into()),
        StageBlock::Pool(c) => (format!("{} of {}", c.kind.text(), c.taps), c.lanes.to_string(), String::new()),
        StageBlock::Fifo(c) => (format!("{} beats", c.depth), c.lanes.to_string(), String::new()),
        StageBlock::Eltwise(c) => (c.kind.text().into(), c.lanes.to_string(), String::new()),
        StageBlock::Concat(c) => (format!("{:?}", c.channels), c.lanes.to_string(), String::new()),
        StageBlock::Pad(c) => {
            let [rows, cols] = c.out();
            (format!("{rows} x {cols} x {}", c.channels), c.lanes.to_string(), String::new())
        }
        StageBlock::Softmax(c) => (format!("rows of {}", c.classes), "1".into(), String::new()),
        StageBlock::Upsample(c) => {
            let shape = format!("{} x {} by {} x {}", c.height, c.width, c.factor_h, c.factor_w);
            (shape, c.lanes.to_string(), String::new())
        }
        StageBlock::Permute(c) => {
            let list = |v: &[i64]| v.iter().map(i64::to_string).collect::<Vec<_>>();
            let shape = format!("{} as {}", list(&c.dims).join(" x "), list(&c.order).join(", "));
            (shape, c.lanes.to_string(), String::new())
        }
        StageBlock::DepthToSpace(c) => {
            (format!("{} x {} by {}", c.height, c.width, c.size), c.lanes.to_string(), String::new())
        }
        StageBlock::Width(c) => {
            (format!("{}", c.elements), format!("{} to {}", c.in_lanes, c.out_lanes), String::new())
        }
    }
}

/// The plan as a table.
pub fn text(plan: &Plan) -> String {
    let header = ["stage", "shape", "PE", "SIMD", "cycles", "multipliers", "memory bits", "utilization"];
    let mut rows = vec![header.map(String::from).to_vec()];
    for s in &plan.stages {
        let (shape, pe, simd) = shape(&s.block);
        let use_of = |m: u64| format!("{:.1} %", 100.0 * s.products as f64 / (m as f64 * plan.ii as f64));
        let utilization = if s.products > 0 { use_of(s.multipliers) } else { String::new() };
        rows.push(vec![
            s.name.clone(),
            shape,
            pe,
            simd,
            number(s.ii),
            number(s.multipliers),
            number(s.memory_bits),
            utilization,
        ]);
    }
    let products: u64 = plan.stages.iter().map(|s| s.products).sum();
    let memory: u64 = plan.stages.iter().map(|s| s.memory_bits).sum();
    // A network without multipliers uses none.
    let slots = plan.multipliers() as f64 * plan.ii as f64;
    let total = if slots > 0.0 { format!("{:.1} %", 100.0 * products as f64 / slots) } else { String::new() };
    let (multipliers, ii) = (number(plan.multipliers()), number(plan.ii));
    rows.push(vec![
        "whole".into(),
        format!("{} products", number(products)),
        String::new(),
        String::new(),
        ii,
        multipliers,
        number(memory),
        total,
    ]);
    let r = plan.resources();
    format!(
        "{}\nutilization: products of a frame / (multipliers x II); the whole counts requantizers that multiply at once; a digit is\n\
         what the others take of their multiplier in a cycle, in bits\n\
         on an ECP5: {} multipliers of 18 x 18, {} block RAMs, about {} LUTs (`niello synth` measures)",
        render(&rows),
        number(r.dsps),
        number(r.block_rams),
        number(r.luts)
    )
}

/// The plan for machines.
pub fn json(plan: &Plan) -> serde_json::Value {
    let stages: Vec<_> = plan
        .stages
        .iter()
        .map(|s| {
            let (shape, pe, simd) = shape(&s.block);
            json!({ "stage": s.name, "shape": shape, "pe": pe, "simd": simd, "cycles": s.ii,
                    "multipliers": s.multipliers, "dsps": s.resources().dsps, "block_rams": s.resources().block_rams,
                    "luts": s.resources().luts, "memory_bits": s.memory_bits, "products": s.products })
        })
        .collect();
    json!({ "profile": plan.network.profile, "ii": plan.ii, "multipliers": plan.multipliers(), "stages": stages })
}
