//! Functions of rows.

pub mod i_layernorm;
pub mod norm_float;
pub mod shiftgelu;
pub mod shiftmax;
pub mod softmax_float;
pub mod softmax_ita;
pub mod softmax_lut;
