//! The chain of block goldens equals the graph's golden execution, layer by layer: lowering changes nothing.
//! (The chain never feeds a verdict; it localizes a fault of the planner.)
#![allow(non_snake_case, missing_docs)]

mod common;
#[path = "../model/tests/common/sweep.rs"]
mod sweep;

use std::path::{Path, PathBuf};

use common::planned;
use niello::model::{import, npy, Graph, Tensor};
use niello::net::plan::Goal;
use niello::net::Sequence;
use niello::testbench::batch::Stall;
use niello::testbench::campaign::Pattern;
use niello::testbench::engine::tape::TapeEngine;
use niello::testbench::frames::{run, Frames, Sequences, Settings};

fn models() -> Vec<(PathBuf, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for (folder, extension) in [
        ("onnx", "onnx"),
        ("onnx_images", "onnx"),
        ("onnx_found", "onnx"),
        ("qonnx", "onnx"),
        ("niello", "onnx"),
        ("tflite", "tflite"),
        ("../../../examples/digits_mlp", "onnx"),
        ("../../../examples/digits_cnn", "onnx"),
        ("../../../examples/pulse_cnn", "tflite"),
        ("../../../examples/tiny_bert", "onnx"),
        ("../../../examples/tiny_vit", "onnx"),
    ] {
        for entry in std::fs::read_dir(root.join("model/tests/data").join(folder)).unwrap().flatten() {
            let model = entry.path();
            let x = model.with_extension("x.npy");
            if model.extension().is_some_and(|e| e == extension) && x.is_file() {
                found.push((model, x));
            }
        }
    }
    found.sort();
    found
}

/// What each hardware layer gives, by the graph.
fn by_graph(graph: &Graph, sample: &Tensor, running: &mut Sequence) -> (Vec<i64>, Vec<Vec<i64>>) {
    let values = running.next(sample).unwrap();
    let (first, end) = (graph.host_before(), graph.host_after());
    let input = if first == 0 { sample.ints().to_vec() } else { values[first - 1].ints().to_vec() };
    let layers = (first..end).filter(|i| graph.nodes[*i].op.is_layer()).map(|i| values[i].ints().to_vec());
    (input, layers.collect())
}

#[test]
fn block_goldens__equal_the_graph_layer_by_layer() {
    let models = models();
    assert!(models.len() > 200, "{} models", models.len());
    for (model, x) in models {
        let mut graph =
            import("m", &std::fs::read(&model).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", model.display()));
        graph.hardware_softmax = true;
        let samples = npy::read("x", &std::fs::read(&x).unwrap()).unwrap().samples;
        for goal in [Goal::MaxMultipliers(7), Goal::MaxMultipliers(40), Goal::TargetIi(16)] {
            let plan = planned(&graph, goal);
            for sample in samples.iter().take(6) {
                let (input, layers) = by_graph(&graph, sample, &mut graph.sequence());
                let mut results: Vec<Vec<i64>> = Vec::new();
                for (i, stage) in plan.stages.iter().enumerate() {
                    let take = |from: &Option<usize>| from.map_or(&input[..], |k| &results[k][..]);
                    let result = stage.golden(&stage.inputs.iter().map(take).collect::<Vec<_>>());
                    if plan.stages.get(i + 1).is_none_or(|next| next.layer != stage.layer) {
                        assert_eq!(result, layers[stage.layer], "{}: after {}", model.display(), stage.name);
                    }
                    results.push(result);
                }
            }
        }
    }
}

/// Frames through the hardware at the planned pace (if `paced`), with stalls and a reset or without.
fn through_hardware(name: &str, graph: &Graph, samples: &[Tensor], (goal, stall): (Goal, Stall), paced: bool) {
    let plan = planned(graph, goal);
    let design = plan.design().unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut frames = Frames::default();
    // Two frames show an interval.
    let most =
        [(1000, 24), (8000, 5)].into_iter().find(|(cycles, _)| plan.ii <= *cycles).map_or(2, |(_, frames)| frames);
    let (mut running, mut again) = (graph.sequence(), Vec::new());
    for (i, sample) in samples.iter().take(most).enumerate() {
        if i == 2 {
            again.push(by_graph(graph, &samples[0], &mut running.clone()).1.pop().unwrap());
        }
        let (input, layers) = by_graph(graph, sample, &mut running);
        frames.inputs.push(input);
        frames.outputs.push(layers.last().unwrap().clone());
    }
    frames.sequences = graph.has_state().then_some(Sequences { length: most, again });
    let pattern = match stall {
        Stall::None => Pattern::FREE,
        stall => Pattern { source: stall, sink: stall, seed: 1 },
    };
    let resets = usize::from(stall != Stall::None);
    let settings = Settings { pattern, slack: plan.slack(), per_batch: 8, resets };
    let o = run(&TapeEngine::default(), &design, &frames, &settings, |_| {}).unwrap();
    assert!(o.findings.is_empty() && o.mismatches == 0, "{name}: {:?}", o.findings);
    if let Some(ii) = o.timing.and_then(|t| t.ii) {
        assert!(ii == plan.ii || !paced, "{name}: II is {ii}, {} was planned", plan.ii);
    }
}

/// Every small model through the hardware: uneven folds, stalls, several frames from one reset.
#[test]
fn every_model__rtl_equals_graph_on_the_tape() {
    for (model, x) in models() {
        let mut graph = import("m", &std::fs::read(&model).unwrap()).unwrap();
        graph.hardware_softmax = true;
        let samples = npy::read("x", &std::fs::read(&x).unwrap()).unwrap().samples;
        for (goal, stall) in [
            (Goal::MaxMultipliers(9), Stall::None),
            (Goal::TargetIi(7), Stall::Bernoulli(0.4)),
            (Goal::MaxMultipliers(400), Stall::None),
        ] {
            through_hardware(&model.display().to_string(), &graph, &samples, (goal, stall), true);
        }
    }
}

/// Every case of the sweeps of operators that becomes hardware.
#[test]
fn sweeps__rtl_equals_graph_on_the_tape() {
    for (folder, least) in [("sweep_onnx", 1000), ("sweep_tflite", 550)] {
        let sweep = sweep::Sweep::read("", folder);
        let mut shown = 0;
        for case in sweep.cases() {
            // What is refused is listed with the sweep; what only moves elements at the border has no hardware.
            let (Ok(graph), Some((x, _))) = (import("m", case.model), &case.data) else { continue };
            if !graph.nodes[graph.host_before()..graph.host_after()].iter().any(|n| n.op.is_layer()) {
                continue;
            }
            // Where x meets a function of x, plans are faster than the hardware is.
            let how = match shown % 2 {
                0 => (Goal::MaxMultipliers(9), Stall::None),
                _ => (Goal::TargetIi(16), Stall::Bernoulli(0.4)),
            };
            // Networks in which several values meet again are planned faster than some of them are.
            through_hardware(case.name, &graph, x, how, !case.name.starts_with("network"));
            shown += 1;
        }
        assert!(shown >= least, "{folder}: {shown} cases");
    }
}
