//! What has been shown of each block, recorded with the Verilog that it was shown of.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use niello_gen::blocks::AnyBlock;
use niello_gen::num::Prng;
use niello_testbench::campaign::Campaign;
use niello_testbench::engine::Engine;
use serde::{Deserialize, Serialize};

use crate::instances::{text, Any};
use crate::mutants;

use super::Records;

/// Random configurations that a record runs on every engine, and that its digest covers.
pub const CONFIGURATIONS: u64 = 12;

/// How far a block's trust goes; see DESIGN: B2 is stalls, resets, exact timing, two simulators, and a bench that sees faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Builds; nothing recorded of its present Verilog.
    B0,
    /// Equal on the tape and one simulator.
    B1,
    /// Equal on the tape and two simulators, with stalls, resets and exact cycles, by a bench that kills enough of the
    /// block's mutants.
    B2,
}

/// A record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Of the Verilog of the configurations.
    pub digest: String,
    /// Beats compared on each engine, without a finding.
    pub beats: BTreeMap<String, u64>,
}

/// Engines with the names that records use.
pub type Engines = Vec<(String, Box<dyn Engine>)>;

/// Of the Verilog of a block's first random configurations.
pub fn digest(block: &dyn AnyBlock) -> Any<String> {
    let mut h = niello_gen::ir::Fnv::default();
    for seed in 0..CONFIGURATIONS {
        let instance = block.random(&mut Prng::named(seed, block.about().name))?;
        text(&*instance)?.hash(&mut h);
    }
    Ok(format!("{:016x}", h.finish()))
}

impl Evidence {
    /// The stage that a record is worth for a block of this digest whose bench kills that share of its present mutants.
    pub fn stage(&self, digest: &str, killed: f64) -> Level {
        let has = |e: &str| self.beats.get(e).is_some_and(|b| *b > 0);
        match (self.digest == digest, has("tape"), has("verilator"), has("icarus")) {
            (true, true, true, true) if killed >= mutants::LEAST => Level::B2,
            (true, true, true, _) | (true, true, _, true) => Level::B1,
            _ => Level::B0,
        }
    }
}

/// The stage of a block, by what is recorded of its present Verilog.
pub fn stage(block: &dyn AnyBlock, records: &Records) -> Any<Level> {
    let name = block.about().name;
    let killed = match records.mutants.get(name) {
        Some(r) if r.digest == mutants::digest(&mutants::choose(block)?)? => r.rate(),
        _ => 0.0,
    };
    Ok(records.evidence.get(name).cloned().unwrap_or_default().stage(&digest(block)?, killed))
}

/// Runs every configuration on every engine: stalls on both sides, resets, exact cycles. Any finding is an error.
pub fn record(block: &dyn AnyBlock, engines: &Engines) -> Any<Evidence> {
    let name = block.about().name;
    let mut e = Evidence { digest: digest(block)?, ..Evidence::default() };
    for seed in 0..CONFIGURATIONS {
        let instance = block.random(&mut Prng::named(seed, name))?;
        let design = instance.design()?;
        for (engine_name, engine) in engines {
            let outcome = Campaign { block: &*instance, design: &design, seed }.run(&**engine, 9, 8)?;
            if let Some((run, finding)) = outcome.findings.first() {
                return Err(format!(
                    "{name} seed {seed} on {engine_name}: [{run}] {finding}; help: niello block verify"
                )
                .into());
            }
            *e.beats.entry(engine_name.clone()).or_default() += outcome.beats;
        }
    }
    Ok(e)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stage__asks_for_engines_the_present_verilog_and_mutants() {
        let beats = |names: &[&str]| names.iter().map(|n| (n.to_string(), 9)).collect();
        let all = Evidence { digest: "d".into(), beats: beats(&["tape", "verilator", "icarus"]) };
        assert_eq!(all.stage("d", 0.96), Level::B2);
        assert_eq!(all.stage("d", 0.94), Level::B1, "a bench that sees too few faults");
        assert_eq!(all.stage("e", 1.0), Level::B0, "evidence of other Verilog");
        let two = Evidence { digest: "d".into(), beats: beats(&["tape", "icarus"]) };
        assert_eq!(two.stage("d", 1.0), Level::B1);
        let one = Evidence { digest: "d".into(), beats: beats(&["tape"]) };
        assert_eq!(one.stage("d", 1.0), Level::B0);
    }
}
