//! From a model to a plan: what would be built.

use niello_fpga::{devices, Device};
use niello_gen::blocks::Summary;
use niello_gen::ir::Reports;
use niello_model::network;
use niello_net::plan::{lower_with, Goal, Plan, PlanError, Zeros};
use niello_net::Network;
use serde_json::json;

use crate::table::{number, render};
use crate::{Error, Model};

/// How a network is folded.
#[derive(Clone, Copy, Debug)]
pub struct Folding {
    /// What it is folded and counted for.
    pub device: &'static Device,
    /// Pace or size; none: at most 64 multipliers, or as many as a deep network needs.
    pub goal: Option<Goal>,
    /// Simulate, and cut every FIFO to the depth at which no beat waits for it.
    pub exact_fifos: bool,
    /// What becomes of weights that are zero.
    pub zeros: Zeros,
}

impl Default for Folding {
    fn default() -> Folding {
        Folding { device: &devices::ECP5_85K, goal: None, exact_fifos: false, zeros: Zeros::Skip }
    }
}

/// Multipliers where nothing was asked for.
const MULTIPLIERS: u64 = 64;

impl Folding {
    /// The plan of a network.
    ///
    /// # Errors
    /// E2xx: nothing reaches the goal, or the network cannot be built.
    pub fn plan(&self, network: Network) -> Result<Plan, Reports<PlanError>> {
        let device = self.device.planned();
        let lower = |network: Network, goal| lower_with(network, goal, device, self.zeros);
        let found = lower(network.clone(), self.goal.unwrap_or(Goal::MaxMultipliers(MULTIPLIERS)));
        match found.as_ref().err().and_then(|e| e.0.first()) {
            Some(PlanError::TooFew { least, .. }) if self.goal.is_none() => {
                lower(network, Goal::MaxMultipliers(*least))
            }
            _ => found,
        }
    }
}

/// Plans a model: folding, streams, FIFOs. Cycles are exact: a frame takes [`Plan::ii`] cycles in steady state.
///
/// # Errors
/// E101, E104: a layer has no hardware. E2xx: nothing reaches the goal. E510: with `exact_fifos`, the network stands still.
pub fn plan(model: &Model, folding: &Folding) -> Result<Plan, Error> {
    let plan = folding.plan(network(model.graph())?)?;
    if folding.exact_fifos {
        return crate::fifos::exact(plan);
    }
    Ok(plan)
}

/// Useful products of all that the multipliers could have computed.
fn utilization(products: u64, multipliers: u64, ii: u64) -> Option<f64> {
    let slots = multipliers as f64 * ii as f64;
    (products > 0 && slots > 0.0).then_some(products as f64 / slots)
}

/// The plan as a table for people.
pub fn plan_text(plan: &Plan) -> String {
    let header = ["stage", "shape", "PE", "SIMD", "cycles", "multipliers", "memory bits", "utilization"];
    let mut rows = vec![header.map(String::from).to_vec()];
    let percent = |u: Option<f64>| u.map_or(String::new(), |u| format!("{:.1} %", 100.0 * u));
    for s in &plan.stages {
        let Summary { shape, pe, simd, digit } = s.block.summary();
        let said = |n: Option<u32>| n.map_or(String::new(), |n| n.to_string());
        rows.push(vec![
            s.name.clone(),
            shape,
            said(pe),
            digit.map_or(said(simd), |bits| format!("digit {bits}")),
            number(s.ii),
            number(s.multipliers()),
            number(s.memory_bits()),
            percent(utilization(s.products, s.multipliers(), plan.ii)),
        ]);
    }
    let products: u64 = plan.stages.iter().map(|s| s.products).sum();
    let skipped: u64 = plan.stages.iter().map(|s| s.skipped()).sum();
    let memory: u64 = plan.stages.iter().map(|s| s.memory_bits()).sum();
    let (multipliers, ii) = (number(plan.multipliers()), number(plan.ii));
    rows.push(vec![
        "whole".into(),
        format!("{} products", number(products)),
        String::new(),
        String::new(),
        ii,
        multipliers,
        number(memory),
        percent(utilization(products, plan.multipliers(), plan.ii)),
    ]);
    let r = plan.resources();
    let zeros = match skipped {
        0 => String::new(),
        n => format!("{} products with weights that are zero are skipped, of {}\n", number(n), number(n + products)),
    };
    format!(
        "{}\n{zeros}utilization: products of a frame / (multipliers x II); the whole counts requantizers that multiply at once; a digit is\n\
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

/// The plan for machines: numbers are numbers, and `total` is the whole.
pub fn plan_json(plan: &Plan) -> serde_json::Value {
    let stages: Vec<_> = plan
        .stages
        .iter()
        .map(|s| {
            let Summary { shape, pe, simd, digit } = s.block.summary();
            let r = s.resources(&plan.device);
            json!({ "stage": s.name, "block": s.block.name(), "shape": shape, "pe": pe, "simd": simd, "digit": digit,
                    "cycles": s.ii, "latency": s.latency, "multipliers": s.multipliers(), "dsps": r.dsps,
                    "block_rams": r.block_rams, "luts": r.luts, "memory_bits": s.memory_bits(), "products": s.products, "skipped": s.skipped(),
                    "utilization": utilization(s.products, s.multipliers(), plan.ii) })
        })
        .collect();
    let products: u64 = plan.stages.iter().map(|s| s.products).sum();
    let skipped: u64 = plan.stages.iter().map(|s| s.skipped()).sum();
    let memory: u64 = plan.stages.iter().map(|s| s.memory_bits()).sum();
    let r = plan.resources();
    json!({ "profile": plan.network.profile, "device": plan.device.name, "ii": plan.ii,
            "multipliers": plan.multipliers(), "stages": stages,
            "total": { "cycles": plan.ii, "multipliers": plan.multipliers(), "dsps": r.dsps, "block_rams": r.block_rams,
                       "luts": r.luts, "memory_bits": memory, "products": products, "skipped": skipped,
                       "utilization": utilization(products, plan.multipliers(), plan.ii) } })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use niello_gen::num::Scale;
    use niello_net::layers::Dense;
    use niello_net::{Elements, Placed, Recode};

    use super::*;

    #[test]
    fn plan__of_a_deep_network_has_as_many_multipliers_as_it_needs() {
        let input = Elements { count: 1, bits: 8, signed: true };
        let recode =
            || Recode { scales: vec![Scale::HalfUp { multiplier: 1, shift: 2 }], zero_point: 0, min: -128, max: 127 };
        let layer = |i: usize| {
            let dense = Dense { x_zero: 0, weights: vec![3], bias: vec![1], recode: Some(recode()) };
            Placed { name: format!("l{i}"), engine: Arc::new(dense), inputs: vec![i], output: input }
        };
        let nodes = (0..MULTIPLIERS as usize + 6).map(layer).collect();
        let network = Network { name: "deep".into(), profile: "test".into(), input, nodes };
        assert!(Folding::default().plan(network.clone()).unwrap().multipliers() > MULTIPLIERS);
        let refused =
            Folding { goal: Some(Goal::MaxMultipliers(MULTIPLIERS)), ..Folding::default() }.plan(network).unwrap_err();
        assert!(matches!(refused.0[..], [PlanError::TooFew { .. }]), "{refused}");
    }
}
