//! Functions of rows.

pub mod softmax_lut;
