//! Mutants: does a block's bench see faults in its Verilog?
//!
//! Yosys makes many copies of a block's Verilog with one fault each, all in one model behind a selector, and the block's
//! own campaign (`testbench/src/campaign.rs`) runs each of them. A mutant is killed by any finding. What survives goes to
//! a SAT solver: harmless is what no stream at the border can tell from the block; what remains is a hole in the bench,
//! the timing contract or the stimulus. docs/mutants.md holds the recorded rates, and stage B2 asks for [`LEAST`].

mod aiger;
mod bench;
mod choose;
mod faults;
mod miter;
mod page;
mod record;
mod survivors;

pub use bench::{Bench, Killer};
pub use choose::{choose, Chosen};
pub use faults::{Fault, Faults};
pub use page::page;
pub use record::{digest, recorded, Record, Survivor};
pub use survivors::{Judge, Verdict};

use niello_gen::blocks::AnyBlock;
use niello_testbench::campaign::Campaign;
use niello_testbench::engine::verilator::VerilatorEngine;

use crate::catalogue::Any;

/// The share of the relevant mutants that a block's bench must kill for stage B2.
pub const LEAST: f64 = 0.95;

/// How to run a block's mutants.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Mutants of a block, shared evenly by its configurations.
    pub count: usize,
    /// Which mutants Yosys picks, and the first campaign's seed.
    pub seed: u64,
    /// Campaigns, each with a seed of its own.
    pub campaigns: u64,
    /// Runs with stalls, of the campaign.
    pub patterns: usize,
    /// Runs with a reset, of the campaign.
    pub resets: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { count: 200, seed: 1, campaigns: 16, patterns: 10, resets: 12 }
    }
}

/// Runs the mutants of some configurations of a block. `progress` hears what is going on. A bench that finds anything in
/// the block without a fault is an error.
pub fn run(block: &dyn AnyBlock, chosen: &[Chosen], s: &Settings, progress: &dyn Fn(&str)) -> Any<Record> {
    let engine = VerilatorEngine::find()?;
    let mut record = Record { digest: digest(chosen)?, ..Record::default() };
    let each = s.count.div_ceil(chosen.len().max(1));
    for c in chosen {
        let place = format!("{} {}", block.about().name, c.name);
        progress(&format!("{place}: mutating"));
        let design = c.instance.design()?;
        let faults = Faults::make(&design, each, s.seed)?;
        progress(&format!("{place}: building {} mutants", faults.list.len()));
        let model = engine.selectable(&design, faults.verilog()?, faults::SELECTOR)?;
        let mut benches = Vec::new();
        for seed in s.seed..s.seed + s.campaigns {
            let plan = Campaign { block: &*c.instance, design: &design, seed }.plan(s.patterns, s.resets)?;
            let bench = Bench::new(plan, &model);
            benches.push(bench.map_err(|e| format!("E530 {place}: {e}; help: niello block verify --seed {seed}"))?);
        }
        let mut alive = Vec::new();
        for (i, fault) in faults.list.iter().enumerate() {
            let mut killer = None;
            for bench in &benches {
                killer = killer.or(bench.killer(i as u64 + 1)?);
                if killer.is_some() {
                    break;
                }
            }
            match killer {
                Some(k) => *record.killed.entry(k).or_default() += 1,
                None => alive.push((i as u64 + 1, fault)),
            }
        }
        let judge = Judge::new(&*c.instance, &design, &faults)?;
        for (n, (select, fault)) in alive.iter().enumerate() {
            progress(&format!("{place}: survivor {} of {}", n + 1, alive.len()));
            match judge.verdict(*select)? {
                Verdict::Harmless => record.harmless += 1,
                verdict => {
                    record.survivors.push(Survivor { configuration: c.name.clone(), fault: fault.describe(), verdict })
                }
            }
        }
        record.configurations.push(c.name.clone());
        record.mutants += faults.list.len() as u64;
        faults.done()?;
    }
    Ok(record)
}
