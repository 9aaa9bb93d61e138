//! Engines: compile a valid design, run batches of transactions.

pub mod icarus;
pub mod reference;
pub mod tape;
pub mod verilator;

use niello_gen::ir::ValidDesign;

use crate::batch::{Batch, Trace};

/// Something that simulates designs.
pub trait Engine {
    /// Name in reports.
    fn name(&self) -> &'static str;
    /// Prepares a design.
    fn compile(&self, design: &ValidDesign) -> Result<Box<dyn Compiled>, EngineError>;
}

/// A design ready to run.
pub trait Compiled: Send {
    /// Runs independent batches, each from power-on.
    fn run(&mut self, batches: &[Batch]) -> Result<Vec<Run>, EngineError>;
}

/// A trace and what the engine noticed beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The cycle trace: equal on all engines.
    pub trace: Trace,
    /// Broken design contracts that this engine can see: a claim, a memory access. Empty on a sound design.
    pub faults: Vec<String>,
}

/// What can go wrong with a tool (E5xx).
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum EngineError {
    #[error("E501 {tool} was not found; help: {help}")]
    Missing { tool: String, help: String },
    #[error("E502 {tool} failed: {what}; help: run the command by hand: {command}")]
    Failed { tool: String, what: String, command: String },
    #[error("E503 cannot use {path}: {what}; help: check the disk and its permissions")]
    Io { path: String, what: String },
    #[error("E504 the top module has ports outside of streams; help: engines drive streams only, wrap the rest")]
    Ports,
    #[error("E505 {tool} gave a result that niello cannot read: {what}; help: delete the cache folder and run again")]
    Garbled { tool: String, what: String },
}

impl EngineError {
    /// An input/output error at a path.
    pub fn io(path: &std::path::Path, e: &std::io::Error) -> EngineError {
        EngineError::Io { path: path.display().to_string(), what: e.to_string() }
    }
}
