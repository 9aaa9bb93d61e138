//! Shared by the tests of networks.

use niello::fpga::devices;
use niello::gen::ir::Reports;
use niello::model::{network, Graph};
use niello::net::plan::{lower, Goal, Plan, PlanError};

/// The plan for a goal, or for the nearest one that the planner itself names: that must be within reach.
pub fn planned(graph: &Graph, goal: Goal) -> Plan {
    let device = devices::ECP5_85K.planned();
    let errors = match lower(network(graph).unwrap(), goal, device) {
        Ok(plan) => return plan,
        Err(Reports(errors)) => errors,
    };
    let nearest = |e: &PlanError| match e {
        PlanError::TooFew { least, .. } => Goal::MaxMultipliers(*least),
        PlanError::TooFast { best, .. } => Goal::TargetIi(*best),
        e => panic!("{} {goal:?}: {e}", graph.name),
    };
    let most = errors.iter().map(nearest).max_by_key(|g| match g {
        Goal::TargetIi(n) | Goal::MaxMultipliers(n) => *n,
        Goal::Within(_) => 0,
    });
    lower(network(graph).unwrap(), most.unwrap(), device).unwrap_or_else(|e| panic!("{} {most:?}: {e}", graph.name))
}
