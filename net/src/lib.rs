//! niello's integer networks: layers over integers, and the planner that folds them into blocks.
//!
//! Pure, as the generator is: no files, processes, clock or randomness, and no hash-ordered collections.
#![cfg_attr(test, allow(non_snake_case))]

mod elements;
pub mod layers;
mod network;
pub mod plan;
mod recode;
mod window;

pub use elements::Elements;
pub use network::{Network, Node};
pub use recode::Recode;
pub use window::Window;
