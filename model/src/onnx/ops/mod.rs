//! One file an operator, with its forms in each dialect.

pub mod add;
pub mod average_pool;
pub mod batch_normalization;
pub mod clamps;
pub mod concat;
pub mod constant;
pub mod conv;
pub mod depth_to_space;
pub mod difference;
pub mod extremum;
pub mod functions;
pub mod gemm;
pub mod global_average_pool;
pub mod matmul;
pub mod max_pool;
pub mod mul;
pub mod normalization;
pub mod pad;
pub mod reduce_max;
pub mod reduce_mean;
pub mod reshape;
pub mod resize;
pub mod softmax;
pub mod transpose;
