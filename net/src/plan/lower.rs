//! Network -> plan, for a goal.

use niello_gen::device::DeviceModel;
use niello_gen::ir::Reports;

use super::interval::{at_interval, check_reachable, most_cycles, multipliers};
use super::known::Known;
use super::stage::Plan;
use super::within::within;
use super::{Budget, PlanError};
use crate::Network;

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

/// What becomes of weights that are zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zeros {
    /// Neither held nor multiplied, where that saves multipliers and is worth it.
    #[default]
    Skip,
    /// As any other weight.
    Multiply,
}

/// Plans a network for a device; zeros among its weights are skipped where it pays.
///
/// # Errors
/// E201, E202, E206: nothing reaches the goal. E203 to E205: the network cannot be built.
pub fn lower(network: Network, goal: Goal, device: &DeviceModel) -> Result<Plan, Reports<PlanError>> {
    lower_with(network, goal, device, Zeros::Skip)
}

/// The same with a say in what becomes of zeros.
///
/// # Errors
/// As [`lower`].
pub fn lower_with(
    network: Network,
    goal: Goal,
    device: &DeviceModel,
    zeros: Zeros,
) -> Result<Plan, Reports<PlanError>> {
    if network.nodes.is_empty() {
        return Err(PlanError::Empty.into());
    }
    let known = Known::new(device, zeros);
    let target = match goal {
        Goal::TargetIi(t) => {
            check_reachable(&network, t, &known)?;
            t
        }
        Goal::MaxMultipliers(budget) => smallest_interval(&network, budget, &known)?,
        Goal::Within(budget) => return within(&network, &budget, &known),
    };
    at_interval(&network, target, &known)
}

/// Cost falls as the target grows, so the smallest affordable target is found by bisection.
fn smallest_interval(network: &Network, budget: u64, known: &Known) -> Result<u64, PlanError> {
    let slowest = most_cycles(network);
    let least = multipliers(network, slowest, known).unwrap_or(0);
    if least > budget {
        return Err(PlanError::TooFew { budget, least });
    }
    let (mut dear, mut cheap) = (0, slowest);
    while cheap - dear > 1 {
        let mid = dear + (cheap - dear) / 2;
        if multipliers(network, mid, known).is_some_and(|c| c <= budget) {
            cheap = mid
        } else {
            dear = mid
        }
    }
    Ok(cheap)
}
