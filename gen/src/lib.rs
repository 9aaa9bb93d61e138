//! niello's generator: a netlist IR, a typed DSL for hardware blocks, the blocks and the Verilog
//! printer.
//!
//! Pure: no files, processes, clock or randomness, and no hash-ordered collections, so the same input
//! gives the same bytes on any machine.
#![cfg_attr(test, allow(non_snake_case))]

pub mod blocks;
pub mod device;
pub mod emit;
pub mod fault;
pub mod hdl;
pub mod ir;
pub mod num;
