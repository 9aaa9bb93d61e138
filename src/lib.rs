//! niello turns quantized models and accelerator blocks into synthesizable Verilog and proves the Verilog
//! equal, bit for bit, to a golden model.
//!
//! This crate is the face: the rooms behind it are [`gen`] (IR, DSL, blocks, planner, printer), [`model`]
//! (importers and golden execution) and [`testbench`] (engines, monitors, scoreboard), [`fpga`] (synthesis). A block of your own needs
//! only the first and the last: see `examples/custom_block`.
#![cfg_attr(test, allow(non_snake_case))]

pub use niello_fpga as fpga;
pub use niello_gen as gen;
pub use niello_model as model;
pub use niello_net as net;
pub use niello_testbench as testbench;

/// The catalogue of blocks and the evidence behind their stages.
pub mod catalogue;
/// FIFOs as deep as a simulation without stalls needs them.
pub mod fifos;
mod instances;
/// Every layer's result in simulation against the golden model's.
pub mod layers;
pub mod mutants;
pub mod supported;
/// Frames for the testbench of an exported design.
pub mod vectors;
