//! Stages, and the plan that they make: every block with its checked configuration and its cycles.

use std::sync::Arc;

use niello_gen::blocks::{sparse_mvu, BlockConfig, Cost, Instance};
use niello_gen::device::{DeviceModel, Resources};

use crate::{Elements, Network};

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

    /// Products with weights that are zero, which a frame does not need.
    pub fn skipped(&self) -> u64 {
        let all = |c: &sparse_mvu::Config| u64::from(c.inputs) * u64::from(c.outputs) * self.frames - self.products;
        self.block.of::<sparse_mvu::Config>().map_or(0, |c| all(c))
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
    pub(super) through: u64,
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
        // Rows of one beat are done long before their norm is.
        let stages: u64 = self.stages.iter().map(|s| s.ii.max(s.latency)).sum();
        stages.min(2 * self.through) + self.ii + 16 * self.stages.len() as u64
    }

    /// Elements a beat at the output.
    pub fn output_lanes(&self) -> u32 {
        self.stages.last().map_or(self.input_lanes, |s| s.lanes)
    }
}
