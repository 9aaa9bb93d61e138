//! Random networks out of the layers' registry ([`RANDOM`](crate::layers::RANDOM)), from a list of choices.
//!
//! Every list makes a network, and a simpler list a simpler network: a test that looks for a smallest failing one need not know layers.

mod choices;
mod dialect;
mod maker;
mod network;

pub use choices::Choices;
pub use dialect::Dialect;
pub use maker::{Maker, Random};
pub use network::network;
