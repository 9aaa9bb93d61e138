//! Products of matrices with vectors: of constants, and what brings computed ones to an array.

pub mod mvu;
pub mod operand_buffer;
