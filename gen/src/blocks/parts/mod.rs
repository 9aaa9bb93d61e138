//! Circuits without a configuration that several blocks share.

pub mod divide;
pub mod float32;
pub mod outlet;
pub mod passes;
pub mod row_max;
pub mod row_mean;
pub mod row_queue;
pub mod rows;
pub mod shift_exp;
pub mod softmax;
pub mod sqrt;
pub mod tree;
