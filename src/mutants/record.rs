//! What is recorded of a block's mutants, beside its evidence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Chosen, Killer, Verdict};
use crate::catalogue::{digest_of, text, Any};

/// A record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Of the Verilog of the configurations.
    pub digest: String,
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
