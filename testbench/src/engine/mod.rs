//! Engines: compile a valid design, run batches of transactions.

pub mod icarus;
pub mod reference;
pub mod tape;
pub mod verilator;

use niello_gen::ir::ValidDesign;

use crate::batch::{Batch, Trace};
use niello_gen::fault::{Explained, Fault};

/// Something that simulates designs.
pub trait Engine {
    /// Name in reports.
    fn name(&self) -> &'static str;
    /// Prepares a design.
    ///
    /// # Errors
    /// E50x: a tool fails, or the design has ports outside of streams.
    fn compile(&self, design: &ValidDesign) -> Result<Box<dyn Compiled>, EngineError>;
}

/// A design ready to run.
pub trait Compiled: Send {
    /// Runs independent batches, each from power-on.
    ///
    /// # Errors
    /// E50x: a tool fails, or gives something that is no result.
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
#[derive(Debug)]
#[allow(missing_docs)]
pub enum EngineError {
    Missing { tool: String, help: String },
    Failed { tool: String, what: String, command: String },
    Io { path: String, what: String },
    Ports,
    Garbled { tool: String, what: String },
}

impl EngineError {
    /// With its code, place and help.
    pub fn fault(&self) -> Fault {
        match self {
            EngineError::Missing { tool, help } => Fault::new("E501", format!("{tool} was not found")).help(help),
            EngineError::Failed { tool, what, command } => {
                Fault::new("E502", format!("{tool} failed: {what}")).help(format!("run the command by hand: {command}"))
            }
            EngineError::Io { path, what } => {
                Fault::new("E503", format!("cannot use {path}: {what}")).help("check the disk and its permissions")
            }
            EngineError::Ports => Fault::new("E504", "the top module has ports outside of streams")
                .help("engines drive streams only, wrap the rest"),
            EngineError::Garbled { tool, what } => {
                Fault::new("E505", format!("{tool} gave a result that niello cannot read: {what}"))
                    .help("delete the cache folder and run again")
            }
        }
    }
}

niello_gen::coded!(EngineError);

impl EngineError {
    /// An input/output error at a path.
    pub fn io(path: &std::path::Path, e: &std::io::Error) -> EngineError {
        EngineError::Io { path: path.display().to_string(), what: e.to_string() }
    }
}

/// What the codes of this stage mean.
pub const CODES: &[Explained] = &[
    Explained { code: "E501", title: "a tool is missing", text: "A simulator or the C++ compiler is not here. `niello doctor` shows what is there, `niello setup` brings Verilator." },
    Explained { code: "E502", title: "a tool failed", text: "The line gives what it said and the command, to run it by hand." },
    Explained { code: "E503", title: "a folder that cannot be used", text: "The cache or a scratch folder cannot be read or written." },
    Explained { code: "E504", title: "ports outside of streams", text: "Engines drive a module through streams, clock and reset only." },
    Explained { code: "E505", title: "a result that cannot be read", text: "A tool wrote something else than it should: delete the cache folder and run again." },
];
