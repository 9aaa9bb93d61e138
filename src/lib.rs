//! niello turns quantized models and accelerator blocks into synthesizable Verilog and proves the Verilog
//! equal, bit for bit, to a golden model.
//!
//! The way from a file to a verdict in four calls:
//!
//! ```
//! use niello::{build, plan, verify, Exported, Folding, Import, Model, Quiet, Verification};
//!
//! let model = Model::open("examples/digits_mlp/digits_mlp.onnx", &Import::default())?;
//! let plan = plan(&model, &Folding::default())?;
//! // The samples and ONNX Runtime's results beside the file, on the embedded engine.
//! let how = Verification { engines: vec![niello::engines::Choice::Tape], ..Verification::beside(&model)? };
//! let verdict = verify(&model, &plan, &how, &Quiet)?;
//! assert!(verdict.equal(), "{verdict}");
//! let build = build(&model, &plan, &Exported::default(), &Quiet)?;
//! assert!(build.bytes(".v") > 0);
//! # Ok::<(), niello::Error>(())
//! ```
//!
//! The rooms behind it: [`gen`] (IR, DSL, blocks, printer), [`net`] (networks of integer layers, their golden execution, the planner),
//! [`model`] (importers), [`testbench`] (engines, monitors, scoreboard), [`fpga`] (devices and synthesis). A block of your own needs only
//! `gen` and `testbench`: see `examples/custom_block`. docs/crates.md maps the crates.
#![cfg_attr(test, allow(non_snake_case))]

pub use niello_fpga as fpga;
pub use niello_gen as gen;
pub use niello_model as model;
pub use niello_net as net;
pub use niello_testbench as testbench;

pub mod building;
/// The catalogue of blocks and the evidence behind their stages.
pub mod catalogue;
pub mod cli;
pub mod engines;
pub mod error;
/// FIFOs as deep as a simulation without stalls needs them.
pub mod fifos;
pub mod files;
pub mod golden;
pub mod imported;
mod instances;
/// Every layer's result in simulation against the golden model's.
pub mod layers;
pub mod mutants;
pub mod planning;
pub mod progress;
pub mod proofs;
pub mod simulate;
pub mod sparsity;
pub mod supported;
pub mod table;
/// Frames for the testbench of an exported design.
pub mod vectors;
pub mod verify;
pub mod waveform;

pub use building::{build, Build, Exported};
pub use error::Error;
pub use imported::{Given, Import, Model};
pub use planning::{plan, Folding};
pub use progress::{Bar, Progress, Quiet};
pub use verify::{verify, Verdict, Verification};
