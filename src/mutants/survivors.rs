//! Sorts mutants that no run kills: what can nobody tell from the block, and what did the bench miss?

use std::fs;

use niello_gen::blocks::Instance;
use niello_gen::ir::ValidDesign;
use niello_gen::num::Prng;
use serde::{Deserialize, Serialize};

use super::faults::{Faults, ALL};
use super::unrolled::{without_registers, Outside, Question, State};
use crate::catalogue::Any;

/// What became of a survivor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing at the border tells it from the block.
    Harmless,
    /// There are inputs after a reset at which it differs: the bench has a hole.
    Differs,
    /// No answer within the bounds; it counts as one that differs.
    Undecided,
}

/// Seconds for each question to the solver.
const SECONDS: u32 = 20;
/// Cells of both sides over all cycles at most.
const CELLS: usize = 60_000;

/// What the solver says.
#[derive(PartialEq, Eq)]
enum Answer {
    Equal,
    Differs,
    Unknown,
}

/// Judges the survivors of one configuration.
pub struct Judge<'a> {
    faults: &'a Faults,
    outside: Outside,
    mapped: String,
    state: State,
    cells: usize,
    /// Cycles from a beat to all that it can change, and of two frames.
    reach: usize,
    frames: usize,
}

impl Judge<'_> {
    /// Prepares the block without a fault.
    pub fn new<'a>(instance: &dyn Instance, design: &ValidDesign, faults: &'a Faults) -> Any<Judge<'a>> {
        faults.script("map", &format!("read_rtlil {ALL}\nmemory_map\ndffunmap\nopt_clean\nwrite_rtlil mapped.il\n"))?;
        let mapped = fs::read_to_string(faults.path().join("mapped.il"))?;
        let (text, state) = without_registers(&mapped, "gold", 0)?;
        fs::write(faults.path().join("gold_raw.il"), text)?;
        faults.script("gold", "read_rtlil gold_raw.il\nopt\nwrite_rtlil gold.il\n")?;
        let gold = fs::read_to_string(faults.path().join("gold.il"))?;
        let cells = gold.lines().filter(|l| l.starts_with("  cell ")).count();
        let contract = instance.contract(&instance.random_frame(&mut Prng::named(0, "mutants")));
        let reach = contract.latency as usize + 4;
        let frames = reach + 2 * contract.ii as usize;
        Ok(Judge { faults, outside: Outside::of(instance, design)?, mapped, state, cells, reach, frames })
    }

    /// The cheap and sure question first: if no state leads to another next state or output, nothing ever will.
    pub fn verdict(&self, select: u64) -> Any<Verdict> {
        let (text, _) = without_registers(&self.mapped, "gate", select)?;
        fs::write(self.faults.path().join("gate_raw.il"), text)?;
        self.faults.script("gate", "read_rtlil gate_raw.il\nopt\nwrite_rtlil gate.il\n")?;
        if self.ask(Question::Step, 1)? == Answer::Equal {
            return Ok(Verdict::Harmless);
        }
        let most = CELLS / (2 * self.cells.max(1));
        // From any state, those that are never reached among them: equal there is equal everywhere, as long as whatever
        // it changes shows within the cycles looked at.
        if self.reach <= most && self.ask(Question::Anywhere, self.reach)? == Answer::Equal {
            return Ok(Verdict::Harmless);
        }
        Ok(match self.ask(Question::Reset, self.frames.min(most).max(2))? {
            Answer::Differs => Verdict::Differs,
            Answer::Equal if self.frames <= most => Verdict::Harmless,
            _ => Verdict::Undecided,
        })
    }

    fn ask(&self, question: Question, cycles: usize) -> Any<Answer> {
        fs::write(self.faults.path().join("miter.v"), self.outside.miter(&self.state, cycles, question))?;
        let script = format!(
            "read_rtlil gold.il\nread_rtlil gate.il\nread_verilog miter.v\nhierarchy -check -top miter\nproc\nflatten\n\
             opt_clean\nopt_expr\nopt_merge\nopt_expr\nopt_merge\nopt_clean\nsat -timeout {SECONDS} -prove trigger 0 miter\n"
        );
        self.faults.script("sat", &script)?;
        let log = fs::read_to_string(self.faults.path().join("sat.log"))?;
        if log.contains("no model found: SUCCESS!") {
            Ok(Answer::Equal)
        } else if log.contains("model found: FAIL!") {
            Ok(Answer::Differs)
        } else if log.contains("TIMEOUT!") {
            Ok(Answer::Unknown)
        } else {
            Err(format!("E533 the solver gave no answer; help: see {}", self.faults.path().display()).into())
        }
    }
}
