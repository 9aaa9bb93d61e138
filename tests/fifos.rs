//! FIFOs: with the exact depth no beat waits and the interval is the planned one; with one beat less, a beat waits.
#![allow(non_snake_case, missing_docs)]

mod common;
#[path = "../model/tests/common/sweep.rs"]
mod sweep;

use common::planned;
use niello::fifos::{exact, traffic};
use niello::model::{import, npy, Graph, Tensor};
use niello::net::plan::{Goal, Plan};
use niello::testbench::batch::Stall;
use niello::testbench::campaign::Pattern;
use niello::testbench::engine::tape::TapeEngine;
use niello::testbench::frames::{run, Frames, Outcome, Settings};

const MODELS: [&str; 6] = [
    "model/tests/data/tflite/add_long.tflite",
    "model/tests/data/tflite/concat.tflite",
    "model/tests/data/tflite/concat_u8.tflite",
    "model/tests/data/tflite/unet.tflite",
    "model/tests/data/tflite/pad.tflite",
    "model/tests/data/onnx_images/qop_residual.onnx",
];

fn load(name: &str) -> (Graph, Vec<Tensor>) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let graph = import("m", &std::fs::read(&path).unwrap()).unwrap();
    let mut samples = npy::read("x", &std::fs::read(path.with_extension("x.npy")).unwrap()).unwrap().samples;
    samples.truncate(6);
    (graph, samples)
}

/// The hardware equals the golden model; its interval, if nobody stalled.
fn simulate(graph: &Graph, plan: &Plan, samples: &[Tensor], stall: Stall) -> Option<u64> {
    let o = outcome(graph, plan, samples, stall);
    assert!(o.findings.is_empty() && o.mismatches == 0, "{stall:?}: {:?}", o.findings);
    o.timing.and_then(|t| t.ii)
}

fn outcome(graph: &Graph, plan: &Plan, samples: &[Tensor], stall: Stall) -> Outcome {
    let (first, end) = (graph.host_before(), graph.host_after());
    let mut frames = Frames::default();
    for x in samples {
        let values = graph.run(x).unwrap();
        let at = |i: usize| if i == 0 { x.ints().to_vec() } else { values[i - 1].ints().to_vec() };
        frames.inputs.push(at(first));
        frames.outputs.push(at(end));
    }
    let slack = plan.slack();
    let pattern = if stall == Stall::None { Pattern::FREE } else { Pattern { source: stall, sink: stall, seed: 2 } };
    let settings = Settings { pattern, slack, per_batch: 6, resets: 0 };
    run(&TapeEngine::default(), &plan.design().unwrap(), &frames, &settings, |_| {}).unwrap()
}

/// A value that meets itself behind a dense layer once stood still where its source stalls: with exact FIFOs it moves too.
#[test]
fn exact_fifos__keep_what_a_slow_source_needs() {
    let sweep = sweep::Sweep::read("", "sweep_onnx");
    let case = sweep.cases().find(|c| c.name == "network36_u8").expect("the network that stood still");
    let (graph, (samples, _)) = (import("m", case.model).unwrap(), case.data.unwrap());
    let cut = exact(planned(&graph, Goal::TargetIi(16))).unwrap();
    simulate(&graph, &cut, &samples, Stall::Bernoulli(0.4));
}

#[test]
fn exact_fifos__are_enough_and_one_beat_less_is_not() {
    let (mut fifos, mut tight, mut kept, mut before, mut after) = (0, 0, 0, 0u64, 0u64);
    for name in MODELS {
        let (graph, samples) = load(name);
        for most in [8, 40] {
            let plan = planned(&graph, Goal::MaxMultipliers(most));
            let cut = exact(plan.clone()).unwrap();
            assert!(!plan.fifos().is_empty(), "{name} has no FIFO");
            assert_eq!(simulate(&graph, &cut, &samples, Stall::None), Some(plan.ii), "{name}");
            for stall in [Stall::Bernoulli(0.5), Stall::ThreeOfFour] {
                simulate(&graph, &cut, &samples, stall);
            }
            let free = traffic(&cut).unwrap().expect("it moves");
            for (own, wide) in free.iter().zip(traffic(&plan).unwrap().expect("it moves")) {
                // As if the FIFO had no end.
                assert_eq!(own.entered, wide.entered, "{name}");
                let depth = cut.fifo_depth(own.stage).unwrap();
                let least = plan.least_fifo_depth(own.stage);
                assert!(depth >= least, "{name}: {} is cut below what a slow source needs", cut.stages[own.stage].name);
                kept += usize::from(least > wide.depth());
                (fifos, before, after) =
                    (fifos + 1, before + u64::from(plan.fifo_depth(own.stage).unwrap()), after + u64::from(depth));
                // What a stalled source needs is not seen without stalls.
                if depth <= cut.least_fifo_depth(own.stage) {
                    continue;
                }
                tight += 1;
                // A beat has to wait, or the whole stands still for good.
                let short = cut.clone().with_fifo_depth(own.stage, depth - 1).unwrap();
                if let Some(seen) = traffic(&short).unwrap() {
                    let same = seen.iter().find(|t| t.stage == own.stage).unwrap();
                    let waits = same.entered.iter().zip(&own.entered).any(|(short, own)| short > own);
                    assert!(waits, "{name}: {} holds a beat too many", cut.stages[own.stage].name);
                }
            }
        }
    }
    let found = format!(
        "{fifos} FIFOs, {tight} of them tight, {kept} kept for slow sources, {before} beats before, {after} after"
    );
    assert!(fifos >= 20 && tight >= 15 && kept > 0 && after < before, "{found}");
}
