//! `niello plan`: what would be built.

use std::path::PathBuf;

use niello_gen::blocks::Summary;
use niello_net::plan::Plan;
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

/// The plan as a table.
pub fn text(plan: &Plan) -> String {
    let header = ["stage", "shape", "PE", "SIMD", "cycles", "multipliers", "memory bits", "utilization"];
    let mut rows = vec![header.map(String::from).to_vec()];
    for s in &plan.stages {
        let Summary { shape, pe, simd } = s.block.summary();
        let use_of = |m: u64| format!("{:.1} %", 100.0 * s.products as f64 / (m as f64 * plan.ii as f64));
        let utilization = if s.products > 0 { use_of(s.multipliers()) } else { String::new() };
        rows.push(vec![
            s.name.clone(),
            shape,
            pe,
            simd,
            number(s.ii),
            number(s.multipliers()),
            number(s.memory_bits()),
            utilization,
        ]);
    }
    let products: u64 = plan.stages.iter().map(|s| s.products).sum();
    let memory: u64 = plan.stages.iter().map(|s| s.memory_bits()).sum();
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
         on {}: {} {}, {} block RAMs, about {} LUTs (`niello synth` measures)",
        render(&rows),
        plan.device.name,
        number(r.dsps),
        plan.device.multiplier_name,
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
            let Summary { shape, pe, simd } = s.block.summary();
            let r = s.resources(&plan.device);
            json!({ "stage": s.name, "shape": shape, "pe": pe, "simd": simd, "cycles": s.ii,
                    "multipliers": s.multipliers(), "dsps": r.dsps, "block_rams": r.block_rams,
                    "luts": r.luts, "memory_bits": s.memory_bits(), "products": s.products })
        })
        .collect();
    json!({ "profile": plan.network.profile, "device": plan.device.name, "ii": plan.ii, "multipliers": plan.multipliers(), "stages": stages })
}
