//! The plan at an interval, and what intervals are within reach.

use niello_gen::blocks::requant::form;
use niello_gen::blocks::sliding_window;
use niello_gen::ir::Reports;

use super::known::Known;
use super::pipeline::{first_lanes, Pipeline};
use super::stage::Plan;
use super::{schedule, PlanError};
use crate::layers::At;
use crate::{Network, Placed};

/// The plan whose layers take at most so many cycles a frame.
pub(super) fn at_interval(network: &Network, target: u64, known: &Known) -> Result<Plan, Reports<PlanError>> {
    // Once to know the pace, once more with line buffers that keep it.
    let first = Pipeline::build(network, target, &[], known)?;
    let pace = first.stages.iter().filter(|s| !s.is::<sliding_window::Config>()).map(|s| s.ii).max();
    let (spares, through) = schedule::spares(network, &first.stages, pace.unwrap_or(1));
    let b = Pipeline::build(network, target, &spares, known)?;
    let input_lanes = first_lanes(network, target, known);
    let ii = b.stages.iter().map(|s| s.ii).max().unwrap_or(1);
    let output_vectors = u64::from(b.now.count / b.vector.max(1));
    let taps = b.taps();
    let least_fifos = b.least;
    let (network, device, stages) = (network.clone(), *known.device, b.stages);
    Ok(Plan { network, device, stages, taps, input_lanes, output_vectors, ii, through, least_fifos })
}

pub(super) fn check_reachable(network: &Network, target: u64, known: &Known) -> Result<(), Reports<PlanError>> {
    let mut errors = Vec::new();
    for node in &network.nodes {
        if target == 0 || multipliers_of(network, node, target, known).is_none() {
            let best = node.fewest_cycles().max(1);
            errors.push(PlanError::TooFast { layer: node.name.clone(), target, best });
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Reports(errors))
    }
}

/// Multipliers of a layer at a target, requantizers included. None: no choice is fast enough.
fn multipliers_of(network: &Network, node: &Placed, target: u64, known: &Known) -> Option<u64> {
    let x_bits = match node.inputs.first() {
        Some(0) | None => network.input.bits,
        Some(k) => network.nodes[k - 1].output.bits,
    };
    let at = At { output: node.output, x_bits, target, device: known.device, zeros: known.zeros };
    node.engine.choose(&at).map(|c| c.multipliers)
}

/// Multipliers of the whole network at a target, requantizers included.
pub(super) fn multipliers(network: &Network, target: u64, known: &Known) -> Option<u64> {
    network.nodes.iter().map(|n| multipliers_of(network, n, target, known)).sum()
}

/// Cycles in which every layer can be done with one lane of everything, and a bit of every requantizer's multiplier in a cycle.
pub(super) fn most_cycles(network: &Network) -> u64 {
    let bits = |n: &Placed| match n.engine.codes() {
        Some(r) => u64::from(n.output.count) * u64::from(form::most_multiplier_bits(&r.scales)),
        None => 1,
    };
    network.nodes.iter().map(|n| n.engine.pace(n.output).most.max(bits(n))).max().unwrap_or(1).max(1)
}
