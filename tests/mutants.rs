//! The run of mutants itself: it kills, it tells harmless from relevant, and it can fail.
#![allow(non_snake_case, missing_docs, clippy::print_stdout)]

use niello::gen::blocks::{find, About, AnyBlock, Contract, Cost, Instance, Sequence, Summary, Work};
use niello::gen::hdl::Build;
use niello::gen::ir::{DesignError, ModuleId, Reports, ValidDesign};
use niello::gen::num::Prng;
use niello::mutants::{choose, run, Chosen, Settings};
use niello::testbench::engine::verilator::VerilatorEngine;

const FEW: Settings = Settings { count: 60, seed: 1, campaigns: 1, cycles: 0, patterns: 10, resets: 12 };

/// The block, if Yosys and Verilator are here; else why not, which is a failure where all tools are required.
fn block() -> Option<Box<dyn AnyBlock>> {
    let yosys = ["yosys", "yosys-abc"].map(|t| niello::fpga::native(t).err().map(|e| e.to_string()));
    let missing = yosys.into_iter().flatten().chain(VerilatorEngine::find().err().map(|e| e.to_string())).next();
    let Some(missing) = missing else { return find("skid_buffer") };
    niello_testkit::tool(&missing);
    None
}

/// A bench with fewer runs kills fewer, and the solver calls none of those that it misses harmless.
#[test]
fn mutants__are_killed_by_the_whole_bench_and_fewer_by_a_part_of_it() {
    let Some(block) = block() else { return };
    let chosen = choose(&*block).unwrap();
    let whole = run(&*block, &chosen, &FEW, &|_| ()).unwrap();
    assert_eq!(whole.mutants, 60);
    assert!(whole.rate() == 1.0 && whole.kills() > 50, "{whole:?}");
    let part = run(&*block, &chosen, &Settings { patterns: 0, resets: 0, ..FEW }, &|_| ()).unwrap();
    assert!(part.kills() < whole.kills() && part.rate() < 0.9, "{part:?}");
    assert_eq!(part.harmless, whole.harmless, "{part:?}");
}

/// A block whose golden model computes something else.
#[derive(Debug)]
struct Wrong(Box<dyn Instance>);

impl Instance for Wrong {
    fn golden(&self, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        let mut results = self.0.golden(inputs);
        results[0][0] ^= 1;
        results
    }
    fn sequence(&self) -> Sequence<'_> {
        Box::new(|inputs| self.golden(inputs))
    }
    fn about(&self) -> About {
        self.0.about()
    }
    fn same(&self, other: &dyn Instance) -> bool {
        self.0.same(other)
    }
    fn elaborate(&self, build: &Build) -> ModuleId {
        self.0.elaborate(build)
    }
    fn cost(&self) -> Cost {
        self.0.cost()
    }
    fn summary(&self) -> Summary {
        self.0.summary()
    }
    fn module_name(&self) -> String {
        self.0.module_name()
    }
    fn settings(&self) -> Vec<(&'static str, String)> {
        self.0.settings()
    }
    fn design(&self) -> Result<ValidDesign, Reports<DesignError>> {
        self.0.design()
    }
    fn contract(&self, inputs: &[Vec<i64>]) -> Contract {
        self.0.contract(inputs)
    }
    fn random_frame(&self, rng: &mut Prng) -> Vec<Vec<i64>> {
        self.0.random_frame(rng)
    }
    fn every_frame(&self) -> Option<Vec<Vec<Vec<i64>>>> {
        self.0.every_frame()
    }
    fn frame_elements(&self) -> Option<Vec<usize>> {
        self.0.frame_elements()
    }
    fn work(&self) -> Option<Work> {
        self.0.work()
    }
    fn bins(&self, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        self.0.bins(inputs, outputs)
    }
}

/// Where the block itself is found wrong, every mutant would be killed: that is no result.
#[test]
fn mutants__of_a_block_that_fails_are_an_error() {
    let Some(block) = block() else { return };
    let chosen: Vec<Chosen> = choose(&*block)
        .unwrap()
        .into_iter()
        .map(|c| Chosen { name: c.name, instance: Box::new(Wrong(c.instance)) })
        .collect();
    let e = niello::Error::of_tool(run(&*block, &chosen, &FEW, &|_| ()).unwrap_err());
    let what = e.to_string();
    assert!(e.code() == "E530" && what.contains("nl_skid_buffer") && what.contains("without any fault"), "{what}");
}
