//! niello's integer networks: the graph between importers and hardware, its layers with their golden models, and the planner that folds
//! them into blocks.
//!
//! Pure, as the generator is: no files, processes, clock or randomness, and no hash-ordered collections.
#![cfg_attr(test, allow(non_snake_case))]

mod behind;
mod codes;
mod elements;
mod float_sums;
mod graph;
mod hardware;
pub mod host;
pub mod layers;
mod network;
pub mod plan;
pub mod random;
mod recode;
mod tensor;
mod window;

pub use behind::behind_float;
pub use codes::Codes;
pub use elements::Elements;
pub use graph::{tidy_name, Graph, Node, Op, Sequence, WrongSample};
pub use hardware::{hardware, NoHardware};
pub use network::{Network, Placed};
pub use recode::Recode;
pub use tensor::{DType, Tensor, Value};
pub use window::{inside, Window};
