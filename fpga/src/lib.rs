//! Synthesis of a design for a device: resources, clock rate, critical path, as figures.
//!
//! [`Flow::run`] writes the design's Verilog into a fresh folder, runs Yosys and, if asked, nextpnr there, reads their
//! JSON reports, and keeps the result under the hash of everything that it depends on: Verilog, scripts, options, tool
//! versions.
#![cfg_attr(test, allow(non_snake_case))]

pub mod devices;
mod error;
mod figures;
mod flow;
mod nextpnr;
mod run;
mod tools;
mod wrapper;
mod yosys;

pub use devices::Device;
pub use error::{SynthError, CODES};
pub use figures::{Figures, Gates, Hop, Path, Placed};
pub use flow::{Flow, Outcome};
pub use run::run;
pub use tools::{liberty, native, Tool, Tools};
