//! Budgets: most of what a plan may take of a device.

use super::{Plan, Stage};
use niello_gen::blocks::Cost;
use niello_gen::device::{DeviceModel, Resources};

/// Most of each, where there is a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// Multiplier blocks.
    pub dsps: Option<u64>,
    /// Block RAMs.
    pub block_rams: Option<u64>,
    /// Lookup tables.
    pub luts: Option<u64>,
}

impl Budget {
    /// What exceeds it, if anything does: name, how many are taken, how many there are.
    pub fn exceeded(&self, r: &Resources) -> Option<(&'static str, u64, u64)> {
        [("DSPs", r.dsps, self.dsps), ("block RAMs", r.block_rams, self.block_rams), ("LUTs", r.luts, self.luts)]
            .into_iter()
            .find_map(|(what, taken, most)| most.filter(|m| taken > *m).map(|m| (what, taken, m)))
    }
}

impl Plan {
    /// What all stages take, on no device in particular.
    pub fn cost(&self) -> Cost {
        self.stages.iter().map(|s| s.cost.clone()).fold(Cost::default(), Cost::plus)
    }

    /// What all stages take of the device that the plan is for.
    pub fn resources(&self) -> Resources {
        total(&self.stages, &self.device)
    }
}

/// What these stages take.
pub(super) fn total(stages: &[Stage], device: &DeviceModel) -> Resources {
    stages.iter().map(|s| s.resources(device)).fold(Resources::default(), Resources::plus)
}
