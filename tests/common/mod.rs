//! Shared by the tests of networks.

use std::path::Path;

use niello::engines::Choice;
use niello::fpga::devices;
use niello::gen::ir::Reports;
use niello::model::{network, Graph};
use niello::net::plan::{lower, Goal, Plan, PlanError};
use niello::{Folding, Import, Model, Quiet, Verdict, Verification};

#[allow(dead_code)]
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

/// The verdict on a file at a goal on Verilator, with what lies beside the file; it must be equal. None: Verilator is not here.
#[allow(dead_code)]
pub fn verdict(
    path: &Path,
    import: &Import,
    goal: Goal,
    how: impl Fn(Verification) -> Verification,
) -> Option<Verdict> {
    niello_testkit::found(niello::testbench::engine::verilator::VerilatorEngine::find())?;
    let model = Model::open(path, import).unwrap();
    let plan = niello::plan(&model, &Folding { goal: Some(goal), ..Folding::default() }).unwrap();
    let beside = Verification { engines: vec![Choice::Verilator], ..Verification::beside(&model).unwrap() };
    let verdict = niello::verify(&model, &plan, &how(beside), &Quiet).unwrap();
    assert!(verdict.equal(), "{}: {verdict}", path.display());
    Some(verdict)
}
