//! The engines that a user can name.

use niello_testbench::engine::icarus::IcarusEngine;
use niello_testbench::engine::tape::TapeEngine;
use niello_testbench::engine::verilator::VerilatorEngine;
use niello_testbench::engine::{Engine, EngineError};

use crate::Error;

/// What may be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Choice {
    /// The golden model alone.
    Golden,
    /// The embedded engine.
    Tape,
    /// Verilator: the sign-off.
    Verilator,
    /// Icarus Verilog: the four-state second opinion.
    Icarus,
    /// Every engine; a missing one is an error.
    All,
}

/// An engine and what the report calls it.
pub struct Named {
    /// The engine.
    pub engine: Box<dyn Engine>,
    /// Name and version.
    pub label: String,
    /// Four-state simulation is slow: only a sample of the frames runs on it.
    pub sample_only: bool,
}

/// Every engine is named once.
///
/// # Errors
/// E108: one is named twice, or beside `all`.
pub fn distinct(engines: &[Choice]) -> Result<(), Error> {
    let twice = (1..engines.len()).any(|i| engines[..i].contains(&engines[i]));
    if twice || (engines.len() > 1 && engines.contains(&Choice::All)) {
        return Err(Error::new("E108", "--engine names an engine twice", "name each once, or only `all`"));
    }
    Ok(())
}

/// The tape.
pub fn tape(checks: bool) -> Named {
    Named { engine: Box::new(TapeEngine { checks }), label: "tape".into(), sample_only: false }
}

/// Verilator, for runs of about `frames` frames, with an optional waveform.
///
/// # Errors
/// E501: Verilator or the C++ compiler is not here.
pub fn verilator(long: bool, trace: Option<std::path::PathBuf>) -> Result<Named, EngineError> {
    let mut engine = VerilatorEngine::find()?;
    niello_testbench::tools::cxx()?;
    engine.optimize = if long { 3 } else { 1 };
    engine.trace = trace;
    let label = format!("verilator {}", engine.tool.version);
    Ok(Named { engine: Box::new(engine), label, sample_only: false })
}

/// Icarus.
///
/// # Errors
/// E501: it is not here.
pub fn icarus(sample_only: bool) -> Result<Named, EngineError> {
    Ok(Named { engine: Box::new(IcarusEngine::find()?), label: "icarus".into(), sample_only })
}
