//! niello's testbench: engines that simulate a design, and what judges their results.
#![cfg_attr(test, allow(non_snake_case))]

pub mod batch;
pub mod campaign;
pub mod drive;
pub mod engine;
pub mod export;
pub mod frames;
pub mod probes;
pub mod scoreboard;
pub mod scratch;
pub mod streams;
pub mod tools;
