//! Circuits without a configuration that several blocks share.

pub mod divide;
pub mod fit;
pub mod float32;
pub mod line;
pub mod outlet;
pub mod pack;
pub mod passes;
pub mod product;
pub mod queue;
pub mod row_codes;
pub mod row_magnitude;
pub mod row_max;
pub mod row_mean;
pub mod row_queue;
pub mod row_squares;
pub mod rows;
pub mod shift_exp;
pub mod softmax;
pub mod sqrt;
pub mod tree;
pub mod under_way;
