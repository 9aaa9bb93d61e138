//! Graph operators: golden execution in plain loops, one file each.

mod conv;
mod dense;
mod depthwise;
mod pool;
mod quantize;
mod reshape;
mod softmax;
mod table;

use crate::graph::{DType, Node, Op, Tensor};

pub use quantize::quantize;
pub use softmax::Softmax;
pub use table::{clip_table, requantize_table, Codes};

/// The result of a node on one sample whose elements have type `dtype`.
pub fn golden(node: &Node, x: &Tensor, dtype: DType) -> Tensor {
    match &node.op {
        Op::Quantize { scale, zero, rounding } => {
            quantize::run(x.floats(), *scale, *zero, *rounding, node.output.dtype)
        }
        Op::Dequantize { scales, zero } => quantize::back(x.ints(), scales, *zero),
        Op::Dense(d) => dense::run(d, x.ints()),
        Op::Conv(c) => conv::run(c, x.ints()),
        Op::Depthwise(d) => depthwise::run(d, x.ints()),
        Op::Pool(p) => pool::run(p, x.ints()),
        Op::Softmax(s) => softmax::run(s, x.ints(), *node.output.shape.last().unwrap_or(&1)),
        Op::Table(entries) => table::run(entries, x.ints(), dtype),
        Op::Reshape => reshape::run(x),
    }
}
