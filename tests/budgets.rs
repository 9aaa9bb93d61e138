//! Plans within a device's multipliers, block RAMs and LUTs: they fit, more is never slower, and too little is an error that says how
//! much is needed.
#![allow(non_snake_case, missing_docs)]

use niello::fpga::devices;
use niello::gen::ir::Reports;
use niello::model::{import, network, Graph};
use niello::net::plan::{lower, Budget, Goal, Plan, PlanError};

fn load(name: &str) -> Graph {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    import("m", &std::fs::read(path).unwrap()).unwrap()
}

fn within(g: &Graph, budget: Budget) -> Result<Plan, Reports<PlanError>> {
    lower(network(g).unwrap(), Goal::Within(budget), devices::ECP5_85K.planned())
}

#[test]
fn plans__fit_their_budget_and_more_is_never_slower() {
    for name in [
        "model/tests/data/tflite/resnet.tflite",
        "examples/digits_cnn/digits_cnn.onnx",
        "model/tests/data/tflite/ds_cnn.tflite",
    ] {
        let g = load(name);
        let mut before = u64::MAX;
        let mut distinct = std::collections::BTreeSet::new();
        let Err(Reports(errors)) = within(&g, Budget { dsps: Some(1), ..Budget::default() }) else { panic!("it fits") };
        let [PlanError::Over { least, .. }] = errors[..] else { panic!("{errors:?}") };
        let mut budgets = [least, least + 4, least * 3 / 2, least * 2, least * 4, least * 8];
        budgets.sort();
        for dsps in budgets {
            let plan = within(&g, Budget { dsps: Some(dsps), ..Budget::default() }).unwrap();
            assert!(plan.resources().dsps <= dsps, "{name}: {dsps}");
            assert!(plan.ii <= before, "{name}: {} cycles with {dsps}, {before} with fewer", plan.ii);
            before = plan.ii;
            distinct.insert(plan.ii);
        }
        assert!(distinct.len() >= 4, "{name}: the knob does something: {distinct:?}");
        // The other two knobs: with half of what a fast plan takes, a slower one that fits.
        let free = within(&g, Budget { dsps: Some(least * 4), ..Budget::default() }).unwrap();
        let r = free.resources();
        for budget in [
            Budget { luts: Some(r.luts * 3 / 5), ..Budget::default() },
            Budget { block_rams: Some(r.block_rams * 3 / 5), ..Budget::default() },
        ] {
            match within(&g, budget) {
                Ok(plan) => {
                    assert!(budget.exceeded(&plan.resources()).is_none(), "{name}: {budget:?}");
                    // Fewer block RAMs may be those of a faster plan (wide memories of few words are LUTs), fewer LUTs are not.
                    if budget.luts.is_some() {
                        assert!(plan.ii > free.ii, "{name}: {budget:?}");
                    }
                }
                Err(Reports(errors)) => assert!(matches!(errors[..], [PlanError::Over { .. }]), "{errors:?}"),
            }
        }
    }
}

/// Wide memories of few words are LUTs, so that block RAMs do not fall as a plan gets slower.
#[test]
fn plans__with_more_block_rams_are_never_slower() {
    let g = load("examples/digits_cnn/digits_cnn.onnx");
    let mut before = u64::MAX;
    let mut distinct = std::collections::BTreeSet::new();
    for block_rams in [5, 6, 7, 8, 12, 30] {
        let plan = within(&g, Budget { block_rams: Some(block_rams), ..Budget::default() }).unwrap();
        assert!(plan.resources().block_rams <= block_rams, "{block_rams}");
        assert!(plan.ii <= before, "{} cycles with {block_rams}, {before} with fewer", plan.ii);
        before = plan.ii;
        distinct.insert(plan.ii);
    }
    assert!(distinct.len() >= 2, "{distinct:?}");
}

#[test]
fn budgets__that_are_too_small_name_what_is_needed() {
    let g = load("examples/digits_cnn/digits_cnn.onnx");
    let Err(Reports(errors)) = within(&g, Budget { dsps: Some(3), ..Budget::default() }) else { panic!("it fits") };
    let [PlanError::Over { what: "DSPs", least, most: 3, .. }] = errors[..] else { panic!("{errors:?}") };
    assert!(within(&g, Budget { dsps: Some(least), ..Budget::default() }).is_ok());
    assert!(within(&g, Budget { dsps: Some(least - 1), ..Budget::default() }).is_err());
}
