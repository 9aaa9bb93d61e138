//! What is recorded of a block's mutants, beside its evidence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use niello_testbench::tools::Verilator;

use super::survivors::ENOUGH;
use super::{Chosen, Killer, Settings, Verdict};
use crate::instances::{digest_of, text, Any};

/// A record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Of the Verilog of the configurations.
    pub digest: String,
    /// How the mutants ran; records of before this was kept have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ran: Option<Ran>,
    /// Those whose mutants ran.
    pub configurations: Vec<String>,
    /// All mutants.
    pub mutants: u64,
    /// How many each part of the bench kills that those before it do not.
    pub killed: BTreeMap<Killer, u64>,
    /// Survivors that nobody can tell from the block.
    pub harmless: u64,
    /// Survivors on which the solver has no answer, and that no frame of all that there are tells from the block.
    #[serde(default)]
    pub exhausted: u64,
    /// All others.
    pub survivors: Vec<Survivor>,
}

/// What a record hangs on, beside the Verilog.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ran {
    /// Campaigns and their seeds.
    pub settings: Settings,
    /// The solver's time for the survivors of a configuration. What it leaves undecided counts as a survivor, so that a slower machine
    /// can record a lower rate, never a higher one.
    pub solver_seconds: u64,
    /// Names and versions.
    pub tools: Vec<String>,
}

impl Ran {
    /// With the tools of this machine.
    pub fn with(settings: &Settings) -> Any<Ran> {
        let yosys = niello_fpga::native("yosys")?.version;
        // Without the commit and the compiler.
        let yosys = yosys.split(" (").next().unwrap_or_default().to_string();
        let verilator = format!("Verilator {}", Verilator::find()?.version);
        Ok(Ran { settings: *settings, solver_seconds: ENOUGH.as_secs(), tools: vec![yosys, verilator] })
    }

    /// One line.
    pub fn text(&self) -> String {
        let s = &self.settings;
        format!(
            "{}; seed {}; campaigns: {} or as many as fill {} cycles, each {} runs with stalls and {} with resets; \
             solver: {} s a configuration",
            self.tools.join(", "),
            s.seed,
            s.campaigns,
            s.cycles,
            s.patterns,
            s.resets,
            self.solver_seconds
        )
    }
}

/// A mutant that the bench should have killed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Survivor {
    /// Of which configuration.
    pub configuration: String,
    /// The fault, as Yosys names it.
    pub fault: String,
    /// What the solver says.
    pub verdict: Verdict,
}

impl Record {
    /// All that were killed.
    pub fn kills(&self) -> u64 {
        self.killed.values().sum()
    }

    /// The share of the relevant mutants that was killed; 0 where nothing was.
    pub fn rate(&self) -> f64 {
        let relevant = self.kills() + self.survivors.len() as u64;
        self.kills() as f64 / relevant.max(1) as f64
    }
}

/// All records.
pub fn recorded() -> BTreeMap<String, Record> {
    serde_json::from_str(include_str!("../../docs/catalogue/mutants.json")).unwrap_or_default()
}

/// Of the Verilog of some configurations.
pub fn digest(chosen: &[Chosen]) -> Any<String> {
    let texts = chosen.iter().map(|c| text(&*c.instance)).collect::<Any<Vec<_>>>()?;
    Ok(digest_of(&texts.join("\n")))
}
