//! Pruned networks (examples/pruned): zeros among weights are neither held nor multiplied, and cost no cycles.
#![allow(non_snake_case, missing_docs)]

mod common;

use std::path::{Path, PathBuf};

use niello::net::plan::{Goal, Plan, Zeros};
use niello::{Folding, Import, Model};

fn model(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pruned").join(name).with_extension("onnx")
}

fn planned(path: &Path, zeros: Zeros) -> Plan {
    let model = Model::open(path, &Import::default()).unwrap();
    let goal = Some(Goal::MaxMultipliers(156));
    niello::plan(&model, &Folding { goal, zeros, ..Folding::default() }).unwrap()
}

/// Products with zeros that the network has, of all: counted from the layers' weights, each as often as its layer has patches.
fn zeros(path: &Path) -> (u64, u64) {
    let model = Model::open(path, &Import::default()).unwrap();
    let graph = model.graph();
    let of = |weights: &[i64], rows: usize, results: usize| {
        let zeros = weights.iter().filter(|w| **w == 0).count();
        ((zeros * results / rows) as u64, (weights.len() * results / rows) as u64)
    };
    let named = graph.nodes.iter().filter_map(|n| match &n.op {
        niello::net::Op::Layer(l) => l.sums().map(|s| of(s.weights, s.bias.len(), n.output.elements())),
        _ => None,
    });
    named.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
}

fn times(name: &str, least: f64) {
    let path = model(name);
    let (skip, multiply) = (planned(&path, Zeros::Skip), planned(&path, Zeros::Multiply));
    let skipped = |p: &Plan| p.stages.iter().map(|s| s.skipped()).sum::<u64>();
    let products = |p: &Plan| p.stages.iter().map(|s| s.products).sum::<u64>();
    let (none, all) = zeros(&path);
    assert_eq!((products(&multiply), skipped(&multiply)), (all, 0));
    assert_eq!(products(&skip) + skipped(&skip), all);
    // Depthwise kernels have few zeros, and small layers may stay dense.
    assert!(skipped(&skip) <= none && skipped(&skip) as f64 > 0.99 * none as f64, "{} of {none}", skipped(&skip));
    assert!(skip.multipliers() <= 156 && multiply.multipliers() <= 156);
    let times = multiply.ii as f64 / skip.ii as f64;
    assert!(times >= least, "{name}: {} and {} cycles", multiply.ii, skip.ii);
    let Some(v) = common::verdict(&path, &Import::default(), Goal::MaxMultipliers(156), |how| how) else { return };
    let (e, f) = (&v.engines[0], v.framework.as_ref().unwrap());
    assert_eq!((e.frames, e.outcome.mismatches, f.differ), (32, 0, 0), "{v}");
    assert_eq!((v.planned_ii, e.outcome.timing.unwrap().ii), (skip.ii, Some(skip.ii)), "{v}");
}

#[test]
fn half_of_the_weights_zero__takes_five_ninths_of_the_cycles_at_most() {
    times("digits_50", 1.8);
    times("kws_50", 1.8);
}

#[test]
fn four_fifths_of_the_weights_zero__takes_a_quarter_of_the_cycles_at_most() {
    times("digits_80", 4.0);
    times("kws_80", 4.0);
}
