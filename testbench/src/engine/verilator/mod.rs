//! The sign-off engine: Verilator, with a generated C++ shim that runs whole batches, loaded into this
//! process. Every model is cached by the content of everything it was made from.

mod build;
mod load;
mod shim;

use std::path::PathBuf;

use niello_gen::ir::ValidDesign;

use super::{Compiled, Engine, EngineError, Run};
use crate::batch::Batch;
use crate::streams::Border;
use crate::tools::Verilator;

/// The Verilator engine.
#[derive(Clone, Debug)]
pub struct VerilatorEngine {
    /// The tool.
    pub tool: Verilator,
    /// C++ optimization: 1 for short runs, 3 for long ones.
    pub optimize: u8,
    /// Write a waveform of the first batch here (VCD).
    pub trace: Option<PathBuf>,
}

impl VerilatorEngine {
    /// With the Verilator that this machine offers, for short runs.
    pub fn find() -> Result<VerilatorEngine, EngineError> {
        Ok(VerilatorEngine { tool: Verilator::find()?, optimize: 1, trace: None })
    }
}

struct Prepared {
    library: load::Library,
    border: Border,
    trace: Option<PathBuf>,
}

impl Engine for VerilatorEngine {
    fn name(&self) -> &'static str {
        "verilator"
    }
    fn compile(&self, design: &ValidDesign) -> Result<Box<dyn Compiled>, EngineError> {
        let border = Border::of(design).ok_or(EngineError::Ports)?;
        let (path, abi) = build::model(self, design, &border)?;
        let library = load::Library::open(&path, &abi)?;
        Ok(Box::new(Prepared { library, border, trace: self.trace.clone() }))
    }
}

impl Compiled for Prepared {
    fn run(&mut self, batches: &[Batch]) -> Result<Vec<Run>, EngineError> {
        let mut runs = Vec::with_capacity(batches.len());
        for (i, batch) in batches.iter().enumerate() {
            let trace = self.trace.as_deref().filter(|_| i == 0);
            let trace = self.library.run(batch, &self.border, trace)?;
            runs.push(Run { trace, faults: Vec::new() });
        }
        Ok(runs)
    }
}
