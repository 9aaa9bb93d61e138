//! The campaign of a block against one mutant after the other.

use niello_gen::blocks::Instance;
use niello_gen::ir::ValidDesign;
use niello_testbench::batch::{Batch, Status};
use niello_testbench::campaign::{Campaign, Purpose, Runs};
use niello_testbench::engine::verilator::Selectable;
use niello_testbench::engine::EngineError;
use niello_testbench::scoreboard::Finding;
use serde::{Deserialize, Serialize};

use super::Settings;
use crate::instances::Any;

/// Campaigns at most, however short.
const MOST: u64 = 1000;

/// The first part of the bench that sees a mutant, from the plainest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Killer {
    /// Beats compared, nobody stalling; also where nothing comes any more.
    Data,
    /// Beats compared under stalls.
    Stalls,
    /// The monitor of the stream rules.
    Rules,
    /// Runs with a reset in their middle.
    Resets,
    /// Nothing but the cycles: latency and interval.
    Contract,
}

impl Killer {
    /// All, in the order of the columns of tables.
    pub const ALL: [Killer; 5] = [Killer::Data, Killer::Stalls, Killer::Rules, Killer::Resets, Killer::Contract];
}

/// A campaign's runs on a model with mutants.
pub struct Bench<'a> {
    runs: Runs,
    model: &'a Selectable,
    bounded: Vec<Batch>,
}

impl Bench<'_> {
    /// Campaigns with one seed after the other, for as many cycles as the settings say.
    pub fn all<'a>(i: &dyn Instance, design: &ValidDesign, model: &'a Selectable, s: &Settings) -> Any<Vec<Bench<'a>>> {
        let (mut benches, mut cycles) = (Vec::new(), 0);
        for n in 0..MOST {
            if n >= s.campaigns && cycles >= s.cycles {
                break;
            }
            let seed = s.seed + n;
            let runs = Campaign { block: i, design, seed }.runs(s.patterns, s.resets)?;
            let (bench, took) =
                Bench::new(runs, model).map_err(|e| format!("{} {e}, --seed {seed}", i.module_name()))?;
            benches.push(bench);
            cycles += took;
        }
        Ok(benches)
    }

    /// Runs the block without a fault, which must pass; how many cycles that takes.
    fn new(runs: Runs, model: &Selectable) -> Any<(Bench<'_>, u64)> {
        let (mut bounded, mut cycles) = (Vec::new(), 0);
        for (i, batch) in runs.batches.iter().enumerate() {
            let run = model.run(0, batch)?;
            cycles += run.trace.cycles;
            let (name, found) = runs.judge(i, &run);
            if let Some(f) = found.first() {
                return Err(format!("without any fault [{name}] {f}").into());
            }
            // Mutants that never come to rest would run for all the cycles that the slowest block may take.
            let enough = 2 * run.trace.cycles + batch.drain;
            bounded.push(Batch { max_cycles: enough.min(batch.max_cycles), ..batch.clone() });
        }
        Ok((Bench { runs, model, bounded }, cycles))
    }

    /// Who kills a mutant; none where it survives.
    pub fn killer(&self, variant: u64) -> Result<Option<Killer>, EngineError> {
        let (mut rules, mut resets, mut contract) = (false, false, false);
        for i in 0..self.runs.batches.len() {
            let purpose = self.runs.purpose(i);
            if purpose == Purpose::Reset && rules {
                break;
            }
            for f in self.look(i, variant)? {
                match (f, purpose) {
                    (Finding::Rule { .. }, Purpose::Timing | Purpose::Stalls) => rules = true,
                    (Finding::Timing { .. }, _) => contract = true,
                    (_, Purpose::Timing) => return Ok(Some(Killer::Data)),
                    (_, Purpose::Stalls) => return Ok(Some(Killer::Stalls)),
                    (_, Purpose::Reset) => resets = true,
                }
            }
            if resets {
                break;
            }
        }
        let first = [(rules, Killer::Rules), (resets, Killer::Resets), (contract, Killer::Contract)];
        Ok(first.into_iter().find(|(seen, _)| *seen).map(|(_, k)| k))
    }

    /// The findings of one run. Where only the tighter bound on cycles speaks against the mutant, the campaign's own bound
    /// decides.
    fn look(&self, i: usize, variant: u64) -> Result<Vec<Finding>, EngineError> {
        let run = self.model.run(variant, &self.bounded[i])?;
        let mut found = self.runs.judge(i, &run).1;
        if run.trace.status == Status::TimedOut && self.bounded[i].max_cycles < self.runs.batches[i].max_cycles {
            found.retain(|f| !matches!(f, Finding::Hang { .. } | Finding::Missing { .. }));
            if found.is_empty() {
                let run = self.model.run(variant, &self.runs.batches[i])?;
                found = self.runs.judge(i, &run).1;
            }
        }
        Ok(found)
    }
}
