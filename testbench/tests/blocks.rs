//! Every block of the registry, over its configuration space.
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

mod common;

use niello_gen::blocks::AnyBlock;
use niello_gen::num::Prng;
use niello_testbench::campaign::Campaign;
use niello_testbench::engine::tape::TapeEngine;
use niello_testbench::engine::Engine;

/// Runs a random configuration; panics with what reproduces the failure.
fn check(block: &dyn AnyBlock, seed: u64, engines: &[Box<dyn Engine>], patterns: usize, resets: usize) -> u64 {
    let name = block.about().name;
    let instance = block.random(&mut Prng::named(seed, name)).unwrap_or_else(|e| panic!("{name} seed {seed}: {e}"));
    let settings: Vec<String> = instance.settings().iter().map(|(k, v)| format!("--set {k}={v}")).collect();
    let place = format!("niello block verify {name} {} --seed {seed}", settings.join(" "));
    let design = instance.design().unwrap_or_else(|e| panic!("{place}\n{e}"));
    let campaign = Campaign { block: &*instance, design: &design, seed };
    let mut beats = 0;
    let mut first: Option<(&str, Vec<_>)> = None;
    for engine in engines {
        let outcome =
            campaign.run(&**engine, patterns, resets).unwrap_or_else(|e| panic!("{place}\n{}: {e}", engine.name()));
        beats += outcome.beats;
        let findings: Vec<String> = outcome.findings.iter().map(|(run, f)| format!("  [{run}] {f}")).collect();
        assert!(findings.is_empty(), "{place}\n{}:\n{}", engine.name(), findings.join("\n"));
        let traces: Vec<_> = outcome.runs.into_iter().map(|r| r.trace).collect();
        match &first {
            None => first = Some((engine.name(), traces)),
            Some((other, t)) => assert!(*t == traces, "{place}\ncycle traces of {other} and {} differ", engine.name()),
        }
    }
    beats
}

#[test]
fn every_block__random_configs_on_the_tape() {
    let tape: Vec<Box<dyn Engine>> = vec![Box::new(TapeEngine::default())];
    for block in common::blocks() {
        let start = std::time::Instant::now();
        let beats: u64 = (0..400 * niello_testkit::soak()).map(|seed| check(&*block, seed, &tape, 10, 12)).sum();
        println!("{}: {beats} beats in {:.1?}", block.about().name, start.elapsed());
        assert!(beats > 10_000, "{}: only {beats} beats", block.about().name);
    }
}

#[test]
fn every_block__same_cycles_on_every_engine() {
    let engines = common::engines(true);
    for block in common::blocks() {
        for seed in 0..4 * niello_testkit::soak() {
            check(&*block, 500 + seed, &engines, 9, 4);
        }
    }
}

/// Verilator 5.48 compares `$signed({1'b0, a}) < $signed({1'b0, b})` at the narrower width, and is wrong where bit 19 is
/// set: found by this configuration. Such comparisons are not emitted any more.
#[test]
fn argmax__of_unsigned_elements_is_equal_on_every_engine() {
    let engines = common::engines(true);
    let block = niello_gen::blocks::find("argmax").unwrap();
    for seed in [0, 3] {
        check(&*block, seed, &engines, 9, 4);
    }
}

/// What the stimulus promises to reach, it reaches: a bin that no random frame hits is a corner that nothing tests.
#[test]
fn every_block__random_frames_hit_every_bin() {
    for block in common::blocks() {
        let name = block.about().name;
        let mut hit = std::collections::BTreeMap::new();
        for seed in 0..200 {
            let mut rng = Prng::named(seed, name);
            let instance = block.random(&mut rng).unwrap();
            let mut golden = instance.sequence();
            for _ in 0..4 {
                let frame = instance.random_frame(&mut rng);
                for (bin, now) in instance.bins(&frame, &golden(&frame)) {
                    *hit.entry(bin).or_insert(false) |= now;
                }
            }
        }
        let missed: Vec<_> = hit.iter().filter(|(_, h)| !**h).map(|(b, _)| b).collect();
        assert!(missed.is_empty(), "{name}: no frame has {missed:?}");
    }
}
