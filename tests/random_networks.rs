//! Random networks out of the layers' registry: the hardware equals the graph's golden execution, with the planned cycles, at random
//! foldings, with and without stalls. A failing one is made smaller for as long as it fails.
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use niello::fpga::devices::ECP5_85K;
use niello::gen::ir::Reports;
use niello::gen::num::Prng;
use niello::model::{network, DType, Graph, Node, Op, Tensor, Value};
use niello::net::layers::{Add, Pair, Pairing, RANDOM};
use niello::net::plan::{lower, Goal, Plan, PlanError};
use niello::net::random::{self, Choices, Dialect};
use niello::net::Codes;
use niello::testbench::batch::Stall;
use niello::testbench::campaign::Pattern;
use niello::testbench::engine::tape::TapeEngine;
use niello::testbench::frames::{run, Frames, Sequences, Settings};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// Words that decide how a network runs, its input, and its layers.
type Words = (Vec<u64>, Vec<u64>, Vec<Vec<u64>>);

/// Runs a property of networks; the smallest failing one that is found, and why it fails.
fn smallest(cases: u32, seed: u8, property: impl Fn(&[u64], &Graph) -> Result<(), String>) -> Option<(String, Graph)> {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    let words = |n: usize| vec(any::<u64>(), n);
    let words = (words(4), words(6), vec(words(40), 1..7));
    let made = |(_, first, layers): &Words| random::network("net", first, layers);
    match runner.run(&words, |words| property(&words.0, &made(&words)).map_err(TestCaseError::fail)) {
        Ok(()) => None,
        Err(TestError::Fail(why, words)) => Some((why.to_string(), made(&words))),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

/// A network, node by node.
fn described(g: &Graph) -> String {
    let value = |v: &Value| format!("{} {} {:?}", v.name, v.dtype.name(), v.shape);
    let node = |n: &Node| {
        let inputs: Vec<&str> = n.inputs.iter().map(|i| g.value(*i).name.as_str()).collect();
        format!("{} of {}: {:?}", value(&n.output), inputs.join(", "), n.op)
    };
    let nodes: Vec<String> = g.nodes.iter().map(node).collect();
    format!("{} {}\n{}", g.profile, value(&g.input), nodes.join("\n"))
}

/// The goal, or the nearest that the planner names.
fn reachable(g: &Graph, goal: Goal) -> Result<Goal, String> {
    let net = network(g).map_err(|e| e.to_string())?;
    let Err(Reports(errors)) = lower(net, goal, ECP5_85K.planned()) else { return Ok(goal) };
    let nearest = |e: &PlanError| match e {
        PlanError::TooFew { least, .. } => Ok(*least),
        PlanError::TooFast { best, .. } => Ok(*best),
        e => Err(e.to_string()),
    };
    let n = errors.iter().map(nearest).collect::<Result<Vec<u64>, String>>()?.into_iter().max().unwrap_or(1);
    Ok(if matches!(goal, Goal::TargetIi(_)) { Goal::TargetIi(n) } else { Goal::MaxMultipliers(n) })
}

/// Frames of random codes, and what they become between what the host moves at the ends.
fn frames(g: &Graph, seed: u64, n: usize) -> Result<Frames, String> {
    let (first, end) = (g.host_before(), g.host_after());
    let (mut rng, mut frames) = (Prng::named(seed, "samples"), Frames::default());
    let (lo, hi) = g.input.dtype.range();
    let xs: Vec<Tensor> =
        (0..n).map(|_| Tensor::Int((0..g.input.elements()).map(|_| rng.range(lo, hi)).collect())).collect();
    let mut running = g.sequence();
    let mut again = Vec::new();
    for (i, x) in xs.iter().enumerate() {
        if i == 2 {
            // The first one once more, which a reset lets begin anew.
            again.push(running.clone().next(&xs[0]).map_err(|e| e.what)?[end - 1].ints().to_vec());
        }
        let values = running.next(x).map_err(|e| e.what)?;
        frames.outputs.push(values[end - 1].ints().to_vec());
        frames.inputs.push(if first == 0 { x.ints().to_vec() } else { values[first - 1].ints().to_vec() });
    }
    frames.sequences = g.has_state().then_some(Sequences { length: n, again });
    Ok(frames)
}

/// The hardware gives what the golden execution gives; undisturbed, with the planned interval. Names of its blocks.
fn equal(how: &[u64], g: &Graph) -> Result<BTreeSet<&'static str>, String> {
    if network(g).map_err(|e| e.to_string())?.nodes.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut c = Choices::new(how);
    let goal = match c.below(3) {
        0 => Goal::MaxMultipliers(1),
        1 => Goal::MaxMultipliers(5 + c.below(40)),
        _ => Goal::TargetIi(30 + c.below(3000)),
    };
    let goal = reachable(g, goal)?;
    let net = network(g).map_err(|e| e.to_string())?;
    let plan = lower(net, goal, ECP5_85K.planned()).map_err(|e| format!("{goal:?}: {e}"))?;
    let stall = *c.pick(&[Stall::Bernoulli(0.2), Stall::Bernoulli(0.7), Stall::Alternating]);
    let few = frames(g, 0, FRAMES)?;
    for stall in [Stall::None, stall] {
        let ii = simulated(&plan, &few, stall).map_err(|e| format!("{goal:?} {stall:?}: {e}"))?;
        // Rows that wait beside a longer way hide for a while that another way is slower.
        let ii = match ii {
            Some(ii) if ii < plan.ii => simulated(&plan, &frames(g, 0, 12 * FRAMES)?, stall)?,
            ii => ii,
        };
        if stall == Stall::None && ii != Some(plan.ii) {
            return Err(format!("{goal:?}: II {ii:?}, planned {}: {}", plan.ii, described_plan(&plan)));
        }
    }
    Ok(plan.stages.iter().map(|s| s.block.name()).collect())
}

/// Frames of a run.
const FRAMES: usize = 10;

fn described_plan(plan: &Plan) -> String {
    let stage = |s: &niello::net::plan::Stage| format!("{} {} lanes {}", s.name, s.ii, s.lanes);
    plan.stages.iter().map(stage).collect::<Vec<_>>().join(", ")
}

/// The interval of an undisturbed run.
fn simulated(plan: &Plan, frames: &Frames, stall: Stall) -> Result<Option<u64>, String> {
    let design = plan.design().map_err(|e| e.to_string())?;
    let free = stall == Stall::None;
    let pattern = if free { Pattern::FREE } else { Pattern { source: stall, sink: stall, seed: 1 } };
    let settings =
        Settings { pattern, slack: plan.slack(), per_batch: frames.inputs.len(), resets: usize::from(!free) };
    let o = run(&TapeEngine::default(), &design, frames, &settings, |_| {}).map_err(|e| e.to_string())?;
    if !o.findings.is_empty() || o.mismatches > 0 {
        return Err(format!("{} mismatches, {:?}", o.mismatches, o.findings));
    }
    Ok(o.timing.and_then(|t| t.ii).filter(|_| free))
}

/// What a network has: dialect, layers, types, scales.
fn features(g: &Graph) -> BTreeSet<String> {
    let mut all = BTreeSet::from([g.profile.to_string(), g.input.dtype.name().to_string()]);
    for node in &g.nodes {
        all.insert(node.kind.clone());
        all.insert(node.output.dtype.name().to_string());
        if let Op::Layer(l) = &node.op {
            all.extend(l.recode().map(|r| r.scales[0].name().to_string()));
            // Sums and products by their names.
            let pairing = l.of::<Pair>().map(|p| format!("{:?}", p.pairing));
            all.extend(pairing.and_then(|p| p.split('(').next().map(|name| format!("pairing {name}"))));
        }
    }
    all
}

#[test]
fn random_networks__hardware_equals_golden_with_the_planned_cycles() {
    let more = std::env::var("NIELLO_SOAK").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let seen = RefCell::new(BTreeMap::<String, usize>::new());
    let found = smallest(1000 * more, 1, |how, g| {
        features(g).into_iter().for_each(|f| *seen.borrow_mut().entry(f).or_default() += 1);
        let blocks = equal(how, g)?;
        blocks.into_iter().for_each(|b| *seen.borrow_mut().entry(format!("block {b}")).or_default() += 1);
        Ok(())
    });
    if let Some((why, g)) = found {
        panic!("{why}\n{}", described(&g));
    }
    let seen = seen.into_inner();
    let dialects = Dialect::ALL.map(Dialect::profile);
    let types = ["int8", "uint8", "uint1", "int2", "int4", "uint6"];
    let scales = [
        "tflite-double",
        "real-half-away",
        "float32-half-even",
        "float32-sum",
        "affine",
        "floor",
        "half-up",
        "half-even",
    ];
    let pairings = ["Add", "Mul", "FloatAdd", "FloatMul", "SquaredDifference", "DyadicAdd", "DyadicMul"];
    let pairings = pairings.map(|name| format!("pairing {name}"));
    let pairings = pairings.each_ref().map(String::as_str);
    let blocks = ["block mvu", "block sparse_mvu"];
    for feature in dialects.iter().chain(&types).chain(&scales).chain(&pairings).chain(&blocks) {
        assert!(seen.get(*feature).is_some_and(|n| *n >= 3), "{feature} is too seldom in {seen:?}");
    }
    let layers = seen.keys().filter(|k| k.starts_with(char::is_uppercase)).count();
    assert_eq!(layers, RANDOM.len(), "a layer was never drawn: {seen:?}");
}

/// One wrong code of one frame is enough.
#[test]
fn equal__means_every_code_of_every_frame() {
    let g = random::network("net", &[], &[vec![u64::MAX / 14]]);
    let plan = lower(network(&g).unwrap(), Goal::MaxMultipliers(9), ECP5_85K.planned()).unwrap();
    let mut f = frames(&g, 0, FRAMES).unwrap();
    assert_eq!(simulated(&plan, &f, Stall::Alternating), Ok(None));
    f.outputs[7][0] ^= 1;
    for stall in [Stall::None, Stall::Alternating] {
        let wrong = simulated(&plan, &f, stall).unwrap_err();
        assert!(wrong.starts_with("1 mismatches"), "{wrong}");
    }
}

/// The search for a smallest network finds it, whatever is wrong: from one of a few beginnings, since words of one layer seldom make another.
#[test]
fn smallest__network_is_one_layer_on_one_element() {
    let has = |kind: &'static str| {
        move |_: &[u64], g: &Graph| match g.nodes.iter().any(|n| n.kind == kind) {
            true => Err(format!("{kind}!")),
            false => Ok(()),
        }
    };
    for kind in ["Conv", "Dense", "Table", "Pad", "FloatMean"] {
        // A mean has two taps at least, and how many is drawn out of the image's size.
        let most = if kind == "FloatMean" { 3 } else { 1 };
        let found = (2..6).map(|seed| smallest(2000, seed, has(kind)).unwrap());
        let found: Vec<Graph> = found
            .map(|(why, g)| {
                assert_eq!(why, format!("{kind}!"));
                g
            })
            .collect();
        let one = |g: &Graph| g.nodes.len() == 1 && g.input.elements() <= most;
        assert!(found.iter().any(one), "{}", described(&found[0]));
    }
}

/// A fork has sixteen outputs: more takers are an error of the plan, not a design that falls apart.
#[test]
fn too_many_takers__are_refused() {
    let value = |name: String| Value { name, shape: vec![2, 2, 2], dtype: DType::I8 };
    let codes = Codes { scale: 0.05, zero: 0, dtype: DType::I8 };
    let add = Pairing::Add(Add::new(codes, codes, codes, (-128, 127)).unwrap()).of_tensors(2);
    let node = |k: usize| {
        let (name, op) = (format!("n{k}"), add.clone());
        Node {
            output: value(name.clone()),
            name,
            kind: "Add".into(),
            op,
            inputs: vec![k, 0],
            float_in_framework: false,
        }
    };
    let (input, nodes) = (value("x".into()), (0..17).map(node).collect());
    let name = "many".into();
    let g = Graph { name, format: "random", profile: "tflite-ref", input, nodes, hardware_softmax: false };
    let Err(Reports(errors)) = lower(network(&g).unwrap(), Goal::TargetIi(100), ECP5_85K.planned()) else {
        panic!("planned")
    };
    assert!(matches!(errors[..], [PlanError::Takers { takers: 18, .. }]), "{errors:?}");
}
