//! `--layers`: every layer of every small model is seen and equal; and a fault that was put into one layer is found there, with its
//! place and the values that led to it.
#![allow(non_snake_case, missing_docs)]

mod common;

use std::path::{Path, PathBuf};

use common::planned;
use niello::layers::compare;
use niello::model::{import, npy, Graph, Op, Tensor};
use niello::net::layers::{Conv, Dense, Depthwise, Grouped, Layer, Pad, Pair, Pairing, Table};
use niello::net::plan::{Goal, Plan};
use niello::testbench::batch::Stall;
use niello::testbench::campaign::Pattern;
use niello::testbench::engine::tape::TapeEngine;
use niello::testbench::frames::Settings;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("model/tests/data").join(name)
}

fn load(name: &str) -> (Graph, Vec<Tensor>) {
    let graph = import("m", &std::fs::read(data(name)).unwrap()).unwrap();
    let x = data(name).with_extension("x.npy");
    let mut samples = npy::read("x", &std::fs::read(x).unwrap()).unwrap().samples;
    samples.truncate(5);
    (graph, samples)
}

fn settings(plan: &Plan, stall: Stall) -> Settings {
    let slack = plan.slack();
    let pattern = if stall == Stall::None { Pattern::FREE } else { Pattern { source: stall, sink: stall, seed: 3 } };
    Settings { pattern, slack, per_batch: 3, resets: 0 }
}

#[test]
fn layers__of_small_models_are_all_equal() {
    let mut seen_models = 0;
    for folder in ["tflite", "onnx", "onnx_images"] {
        let mut models: Vec<PathBuf> = std::fs::read_dir(data(folder)).unwrap().flatten().map(|e| e.path()).collect();
        models.retain(|p| p.with_extension("x.npy").is_file() && p.extension().is_some_and(|e| e != "npy"));
        models.sort();
        for (i, model) in models.iter().enumerate().filter(|(i, _)| i % 5 == 0) {
            let (graph, samples) = load(&format!("{folder}/{}", model.file_name().unwrap().to_str().unwrap()));
            let plan = planned(&graph, Goal::MaxMultipliers(12));
            let stall = if i % 2 == 0 { Stall::None } else { Stall::Bernoulli(0.3) };
            let seen =
                compare(&graph, &plan, &TapeEngine::default(), &samples, &settings(&plan, stall), |_| {}).unwrap();
            assert!(seen.equal(), "{}: {:?} {:?}", model.display(), seen.first(), seen.findings);
            assert_eq!(seen.layers.len(), plan.network.nodes.len());
            seen_models += 1;
            for l in &seen.layers {
                let elements = graph.nodes[l.node].output.elements() * samples.len();
                assert_eq!(l.seen.compared, elements as u64, "{} {}", model.display(), l.name);
            }
        }
    }
    assert!(seen_models > 25, "{seen_models}");
}

/// Moves every result of a node, or says that it cannot.
fn damage(op: &mut Op) -> bool {
    fn changed<L: Layer + Clone>(op: &Op, change: impl FnOnce(&mut L)) -> Option<Op> {
        let mut layer = op.layer::<L>()?.clone();
        change(&mut layer);
        Some(layer.into())
    }
    let more = |bias: &mut Vec<i64>| bias.iter_mut().for_each(|b| *b += 3000);
    let sum = op.layer::<Pair>().is_some_and(|p| matches!(p.pairing, Pairing::Add(_)));
    let found = changed(op, |d: &mut Dense| more(&mut d.bias))
        .or_else(|| changed(op, |c: &mut Conv| more(&mut c.dense.bias)))
        .or_else(|| changed(op, |d: &mut Depthwise| more(&mut d.bias)))
        .or_else(|| changed(op, |g: &mut Grouped| more(&mut g.bias)))
        .or_else(|| changed(op, |t: &mut Table| t.entries.rotate_left(1)))
        .or_else(|| changed(op, |p: &mut Pad| p.value ^= 1))
        .or_else(|| {
            let zero = |p: &mut Pair| {
                if let Pairing::Add(a) = &mut p.pairing {
                    a.zero += 2
                }
            };
            sum.then(|| changed(op, zero)).flatten()
        });
    match found {
        Some(bad) => *op = bad,
        None => return false,
    }
    true
}

#[test]
fn a_fault__is_found_in_its_layer() {
    let mut faults = 0;
    for name in [
        "tflite/resnet.tflite",
        "tflite/ds_cnn.tflite",
        "tflite/pad.tflite",
        "tflite/dw_times.tflite",
        "tflite/add_fc.tflite",
    ] {
        let (graph, samples) = load(name);
        for node in graph.host_before()..graph.host_after() {
            let mut bad = graph.clone();
            if !damage(&mut bad.nodes[node].op) {
                continue;
            }
            // The hardware is that of the damaged model; the golden model is not.
            let plan = planned(&bad, Goal::MaxMultipliers(12));
            let seen = compare(&graph, &plan, &TapeEngine::default(), &samples, &settings(&plan, Stall::None), |_| {})
                .unwrap();
            let first = seen.first().unwrap_or_else(|| panic!("{name}: the fault in node {node} is not seen"));
            assert_eq!(first.node, node, "{name}: {first:?}");
            let m = first.seen.first.unwrap();
            let values = |g: &Graph| g.run(&samples[m.frame]).unwrap()[node].ints()[m.element];
            assert_eq!((m.got, m.expected), (values(&bad), values(&graph)), "{name}: {first:?}");
            let text = first.first.as_ref().unwrap();
            assert!(text.contains(&format!("{} instead of {}; golden: ", m.got, m.expected)), "{text}");
            // What led to it is the golden model's own reckoning: it ends with the value expected.
            if matches!(&graph.nodes[node].op, Op::Layer(l) if l.sums().is_some()) {
                assert!(text.ends_with(&format!("gives {}", m.expected)), "{text}");
            }
            faults += 1;
        }
    }
    assert!(faults > 20, "{faults}");
}
