//! Functions of rows.

pub mod softmax_ita;
pub mod softmax_lut;
