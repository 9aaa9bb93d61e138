//! The sign-off engine: Verilator, with a generated C++ shim that runs whole batches, loaded into this
//! process. Every model is cached by the content of everything it was made from.

mod build;
mod load;
mod shim;
mod source;

use std::path::PathBuf;

use niello_gen::ir::ValidDesign;

use source::Source;

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
    ///
    /// # Errors
    /// E501: there is none.
    pub fn find() -> Result<VerilatorEngine, EngineError> {
        Ok(VerilatorEngine { tool: Verilator::find()?, optimize: 1, trace: None })
    }

    /// Compiles Verilog that another tool made of a design: one file, the design's border, and an input `selector` that
    /// says which of several variants runs.
    ///
    /// # Errors
    /// E502, E503: it cannot be built.
    pub fn selectable(
        &self,
        design: &ValidDesign,
        text: String,
        selector: &'static str,
    ) -> Result<Selectable, EngineError> {
        self.prepare(design, &Source::derived(design, text, selector)).map(Selectable)
    }

    fn prepare(&self, design: &ValidDesign, source: &Source) -> Result<Prepared, EngineError> {
        let border = Border::of(design).ok_or(EngineError::Ports)?;
        let (path, abi) = build::model(self, source, &border)?;
        let library = load::Library::open(&path, &abi)?;
        Ok(Prepared { library, border, trace: self.trace.clone() })
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
        Ok(Box::new(self.prepare(design, &Source::of(design))?))
    }
}

impl Compiled for Prepared {
    fn run(&mut self, batches: &[Batch]) -> Result<Vec<Run>, EngineError> {
        let mut runs = Vec::with_capacity(batches.len());
        for (i, batch) in batches.iter().enumerate() {
            let trace = self.trace.as_deref().filter(|_| i == 0);
            let trace = self.library.run(0, batch, &self.border, trace)?;
            runs.push(Run { trace, faults: Vec::new() });
        }
        Ok(runs)
    }
}

/// Several variants of a design in one model.
pub struct Selectable(Prepared);

impl Selectable {
    /// Runs a batch on a variant, from power-on.
    ///
    /// # Errors
    /// E504, E505: the model does not take the batch, or gives something else than a result.
    pub fn run(&self, variant: u64, batch: &Batch) -> Result<Run, EngineError> {
        let trace = self.0.library.run(variant, batch, &self.0.border, None)?;
        Ok(Run { trace, faults: Vec::new() })
    }
}
