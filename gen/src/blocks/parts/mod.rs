//! Circuits without a configuration that several blocks share.

pub mod float32;
pub mod rows;
