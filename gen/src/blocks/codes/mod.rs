//! Functions of single codes and of pairs of them.

pub mod argmax;
pub mod eltwise;
pub mod lut;
pub mod requant;
pub mod row_scale;
pub mod threshold;
