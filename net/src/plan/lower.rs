//! Network -> plan: every stage with its checked configuration and its cycles.

use std::sync::Arc;

use super::known::Known;
use super::pipeline::{first_lanes, Pipeline};
use super::within::within;
use super::{schedule, Budget, PlanError};
use crate::layers::At;
use crate::{Elements, Network, Placed};
use niello_gen::blocks::requant::form;
use niello_gen::blocks::{sliding_window, BlockConfig, Cost, Instance};
use niello_gen::device::{DeviceModel, Resources};
use niello_gen::ir::Reports;

/// What the folding aims at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The fewest multipliers with at most this many cycles a frame.
    TargetIi(u64),
    /// The fewest cycles a frame with at most this many multipliers, requantizers included.
    MaxMultipliers(u64),
    /// The fewest cycles a frame within a device's resources.
    Within(Budget),
}

/// One block instance.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Instance name without `u_`.
    pub name: String,
    /// Index of the layer it belongs to.
    pub layer: usize,
    /// The block.
    pub block: Arc<dyn Instance>,
    /// Stages that it takes beats from, one for each input stream; none: the network's input.
    pub inputs: Vec<Option<usize>>,
    /// Elements, width and lanes after it.
    pub output: Elements,
    /// Elements a beat after it.
    pub lanes: u32,
    /// Frames of the block in a frame of the network: one for each pixel, where it works pixel by pixel.
    pub frames: u64,
    /// Cycles of a frame of the network.
    pub ii: u64,
    /// Cycles of one frame of the block, from its first beat in to its last one out.
    pub latency: u64,
    /// Products that a frame needs.
    pub products: u64,
    /// What the block takes of a device.
    pub cost: Cost,
}

impl Stage {
    /// Multipliers in it.
    pub fn multipliers(&self) -> u64 {
        self.cost.count_multipliers()
    }

    /// Bits of its memories.
    pub fn memory_bits(&self) -> u64 {
        self.cost.memory_bits()
    }

    /// What this stage takes of a device.
    pub fn resources(&self, device: &DeviceModel) -> Resources {
        device.resources(&self.cost)
    }

    /// The block is this one.
    pub(super) fn is<C: BlockConfig>(&self) -> bool {
        self.block.of::<C>().is_some()
    }
}

/// Where a layer's result leaves its stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tap {
    /// The layer's last stage.
    pub stage: usize,
    /// Vectors of a frame of results, each with padding lanes at its end: pixels, or one.
    pub vectors: u64,
}

/// A planned network.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The network.
    pub network: Network,
    /// What it is planned for.
    pub device: DeviceModel,
    /// Stages; each takes beats of stages before it, the last one gives the network's.
    pub stages: Vec<Stage>,
    /// For each layer, where its result is.
    pub taps: Vec<Tap>,
    /// Elements a beat at the input.
    pub input_lanes: u32,
    /// Vectors of a frame of results, each with padding lanes at its end: pixels, or one.
    pub output_vectors: u64,
    /// Cycles a frame in steady state: the slowest stage.
    pub ii: u64,
    /// Cycles from a frame's first element to its last result, as scheduled.
    through: u64,
    /// FIFOs by stage, and the beats without which the network could stand still for good: where an operand runs ahead of another one that
    /// needs more of the image first.
    pub(super) least_fifos: Vec<(usize, u32)>,
}

impl Plan {
    /// Multipliers of all stages.
    pub fn multipliers(&self) -> u64 {
        self.stages.iter().map(|s| s.multipliers()).sum()
    }

    /// Elements, width and sign of the output.
    pub fn output(&self) -> Elements {
        self.stages.last().map_or(self.network.input, |s| s.output)
    }

    /// A bound on the quiet cycles between two beats of a run that nobody stalls: twice what the schedule says a frame takes, or
    /// one frame in each stage after the other.
    pub fn slack(&self) -> u64 {
        let stages: u64 = self.stages.iter().map(|s| s.ii).sum();
        stages.min(2 * self.through) + self.ii + 16 * self.stages.len() as u64
    }

    /// Elements a beat at the output.
    pub fn output_lanes(&self) -> u32 {
        self.stages.last().map_or(self.input_lanes, |s| s.lanes)
    }
}

/// Plans a network for a device.
pub fn lower(network: Network, goal: Goal, device: &DeviceModel) -> Result<Plan, Reports<PlanError>> {
    if network.nodes.is_empty() {
        return Err(PlanError::Empty.into());
    }
    let known = Known::new(device);
    let target = match goal {
        Goal::TargetIi(t) => {
            check_reachable(&network, t)?;
            t
        }
        Goal::MaxMultipliers(budget) => smallest_interval(&network, budget)?,
        Goal::Within(budget) => return within(&network, &budget, &known),
    };
    at_interval(&network, target, &known)
}

/// The plan whose layers take at most so many cycles a frame.
pub(super) fn at_interval(network: &Network, target: u64, known: &Known) -> Result<Plan, Reports<PlanError>> {
    // Once to know the pace, once more with line buffers that keep it.
    let first = Pipeline::build(network, target, &[], known)?;
    let pace = first.stages.iter().filter(|s| !s.is::<sliding_window::Config>()).map(|s| s.ii).max();
    let (spares, through) = schedule::spares(network, &first.stages, pace.unwrap_or(1));
    let b = Pipeline::build(network, target, &spares, known)?;
    let input_lanes = first_lanes(network, target, known.device);
    let ii = b.stages.iter().map(|s| s.ii).max().unwrap_or(1);
    let output_vectors = u64::from(b.now.count / b.vector.max(1));
    let taps = b.taps();
    let least_fifos = b.least;
    let (network, device, stages) = (network.clone(), *known.device, b.stages);
    Ok(Plan { network, device, stages, taps, input_lanes, output_vectors, ii, through, least_fifos })
}

pub(super) fn check_reachable(network: &Network, target: u64) -> Result<(), Reports<PlanError>> {
    let mut errors = Vec::new();
    for node in &network.nodes {
        if target == 0 || multipliers_of(node, target).is_none() {
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
fn multipliers_of(node: &Placed, target: u64) -> Option<u64> {
    // Which of equal foldings it is does not matter here.
    let at = At { output: node.output, x_bits: 0, target, device: None };
    node.engine.choose(&at).map(|c| c.multipliers)
}

/// Multipliers of the whole network at a target, requantizers included.
fn multipliers(network: &Network, target: u64) -> Option<u64> {
    network.nodes.iter().map(|n| multipliers_of(n, target)).sum()
}

/// Cycles in which every layer can be done with one lane of everything, and a bit of every requantizer's multiplier in a cycle.
pub(super) fn most_cycles(network: &Network) -> u64 {
    let bits = |n: &Placed| match n.engine.codes() {
        Some(r) => u64::from(n.output.count) * u64::from(form::most_multiplier_bits(&r.scales)),
        None => 1,
    };
    network.nodes.iter().map(|n| n.engine.pace(n.output).most.max(bits(n))).max().unwrap_or(1).max(1)
}

/// Cost falls as the target grows, so the smallest affordable target is found by bisection.
fn smallest_interval(network: &Network, budget: u64) -> Result<u64, PlanError> {
    let slowest = most_cycles(network);
    let least = multipliers(network, slowest).unwrap_or(0);
    if least > budget {
        return Err(PlanError::TooFew { budget, least });
    }
    let (mut dear, mut cheap) = (0, slowest);
    while cheap - dear > 1 {
        let mid = dear + (cheap - dear) / 2;
        if multipliers(network, mid).is_some_and(|c| c <= budget) {
            cheap = mid
        } else {
            dear = mid
        }
    }
    Ok(cheap)
}
