//! Mutants: does a block's bench see faults in its Verilog?
//!
//! Yosys makes many copies of a block's Verilog with one fault each, all in one model behind a selector, and the block's
//! own campaign (`testbench/src/campaign.rs`) runs each of them. A mutant is killed by any finding. What survives goes to
//! a SAT solver: harmless is what no stream at the border can tell from the block; what remains is a hole in the bench,
//! the timing contract or the stimulus. docs/mutants.md holds the recorded rates, and stage B2 asks for [`LEAST`].
// Of the project itself: what stops one of these is told in full by whoever calls it.
#![allow(clippy::missing_errors_doc)]

mod aiger;
mod bench;
mod choose;
mod exhaust;
mod faults;
mod miter;
mod page;
mod record;
mod step;
mod survivors;

pub use bench::{Bench, Killer};
pub use choose::{choose, Chosen};
pub use faults::{Fault, Faults};
pub use page::page;
pub use record::{digest, recorded, Ran, Record, Survivor};
pub use survivors::{Judge, Verdict};

use niello_gen::blocks::AnyBlock;
use niello_testbench::engine::verilator::VerilatorEngine;
use serde::{Deserialize, Serialize};

use crate::instances::Any;
use exhaust::Exhaust;

/// The share of the relevant mutants that a block's bench must kill for stage B2.
pub const LEAST: f64 = 0.95;

/// How to run a block's mutants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Mutants of a block, shared evenly by its configurations.
    pub count: usize,
    /// Which mutants Yosys picks, and the first campaign's seed.
    pub seed: u64,
    /// Campaigns at least, each with a seed of its own.
    pub campaigns: u64,
    /// Where frames are short there are more campaigns, up to this many cycles of the block.
    pub cycles: u64,
    /// Runs with stalls, of the campaign.
    pub patterns: usize,
    /// Runs with a reset, of the campaign.
    pub resets: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { count: 200, seed: 1, campaigns: 16, cycles: 1_000_000, patterns: 10, resets: 12 }
    }
}

/// Runs the mutants of some configurations of a block. `progress` hears what is going on. A bench that finds anything in
/// the block without a fault is an error.
pub fn run(block: &dyn AnyBlock, chosen: &[Chosen], s: &Settings, progress: &dyn Fn(&str)) -> Any<Record> {
    let mut record = Record { digest: digest(chosen)?, ran: Some(Ran::with(s)?), ..Record::default() };
    let each = s.count.div_ceil(chosen.len().max(1));
    for c in chosen {
        let place = format!("{} {}", block.about().name, c.name);
        one(c, each, s, &mut record, &|what| progress(&format!("{place}: {what}")))
            .map_err(|e| format!("{e}; help: niello block verify {}", block.about().name))?;
    }
    Ok(record)
}

/// The mutants of one configuration.
fn one(c: &Chosen, count: usize, s: &Settings, record: &mut Record, progress: &dyn Fn(&str)) -> Any<()> {
    progress("mutating");
    let design = c.instance.design()?;
    let faults = Faults::make(&design, count, s.seed)?;
    progress(&format!("building {} mutants", faults.list.len()));
    let model = VerilatorEngine::find()?.selectable(&design, faults.verilog()?, faults::SELECTOR)?;
    let benches = Bench::all(&*c.instance, &design, &model, s)?;
    let (mut alive, mut killed) = (Vec::new(), None);
    for (i, fault) in faults.list.iter().enumerate() {
        progress(&format!("mutant {} of {}, {} campaigns", i + 1, faults.list.len(), benches.len()));
        let mut killer = None;
        for bench in &benches {
            killer = bench.killer(i as u64 + 1)?;
            if killer.is_some() {
                break;
            }
        }
        match killer {
            Some(k) => {
                *record.killed.entry(k).or_default() += 1;
                killed = killed.or(Some(i as u64 + 1).filter(|_| k == Killer::Data));
            }
            None => alive.push((i as u64 + 1, fault)),
        }
    }
    let exhaust = if alive.is_empty() { None } else { Exhaust::new(&*c.instance, &design, &model)? };
    // The canary: what random frames tell from the block, all of them must.
    if let (Some(e), Some(dead)) = (&exhaust, killed) {
        if !e.tells(dead)? {
            return Err("a mutant that frames kill is equal on all frames: they compare nothing".into());
        }
    }
    let judge = Judge::new(&*c.instance, &design, &faults)?;
    // The canaries: the block is itself, and a mutant that frames kill is not.
    if !judge.soon_harmless(0)? || killed.map(|dead| judge.soon_harmless(dead)).transpose()? == Some(true) {
        return Err("the solver's proofs are none: the block differs from itself, or a dead mutant does not".into());
    }
    progress(&format!("short proofs of {} survivors", alive.len()));
    let mut left = Vec::new();
    for (select, fault) in alive {
        match judge.soon_harmless(select)? {
            true => record.harmless += 1,
            false => left.push((select, fault)),
        }
    }
    let alive = left;
    for (n, (select, fault)) in alive.iter().enumerate() {
        progress(&format!("survivor {} of {}", n + 1, alive.len()));
        let told = exhaust.as_ref().map(|e| e.tells(*select)).transpose()?;
        let verdict = match told {
            Some(true) => Verdict::Differs,
            told => match judge.verdict(*select)? {
                Verdict::Undecided if told.is_some() => Verdict::Exhausted,
                verdict => verdict,
            },
        };
        match verdict {
            Verdict::Harmless => record.harmless += 1,
            Verdict::Exhausted => record.exhausted += 1,
            verdict => {
                record.survivors.push(Survivor { configuration: c.name.clone(), fault: fault.describe(), verdict })
            }
        }
    }
    record.configurations.push(c.name.clone());
    record.mutants += faults.list.len() as u64;
    faults.done()
}
