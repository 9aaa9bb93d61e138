//! Products of matrices with vectors: of constants, and what brings computed ones to an array.

mod given;
pub mod mvu;
pub mod operand_buffer;
pub mod sparse_mvu;
