//! Functions of elements and of rows.

pub mod absmax_quantize;
pub mod i_exp;
pub mod i_gelu;
pub mod i_layernorm;
pub mod i_sqrt;
pub mod norm_float;
pub mod pwl;
pub mod row_gain;
pub mod shiftgelu;
pub mod shiftmax;
pub mod softmax_float;
pub mod softmax_ibert;
pub mod softmax_ita;
pub mod softmax_lut;
