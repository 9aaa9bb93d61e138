//! Graph operators: golden execution in plain loops, one file each.

mod add;
mod concat;
mod conv;
mod dense;
mod depthwise;
mod enlarge;
mod float_add;
mod float_mean;
mod float_mul;
mod grouped;
mod mul;
mod pad;
mod pair;
mod pool;
mod quant;
mod quantize;
mod reshape;
mod softmax;
mod table;
mod transpose;

use crate::graph::{DType, Node, Op, Tensor};

pub use add::Add;
pub(crate) use conv::inside;
pub use float_add::FloatAdd;
pub use float_mean::FloatMean;
pub use float_mul::FloatMul;
pub use mul::Mul;
pub use pair::{Constant, Pair, Pairing};
pub use quant::{rounding, Quant};
pub use quantize::quantize;
pub use softmax::Softmax;
pub use table::{requantize_table, Codes};

/// The result of a node on its operands for one sample; the first one's elements have type `dtype`.
pub fn golden(node: &Node, operands: &[&Tensor], dtype: DType) -> Tensor {
    let x = operands[0];
    match &node.op {
        Op::Quantize { scale, zero, rounding } => {
            quantize::run(x.floats(), *scale, *zero, *rounding, node.output.dtype)
        }
        Op::Quant(q) => quant::run(q, x.floats()),
        Op::Dequantize { scales, zero, bias } => quantize::back(x.ints(), scales, *zero, bias),
        Op::Dense(d) => dense::run(d, x.ints()),
        Op::Pair(p) => pair::run(p, operands),
        Op::FloatMean(p) => float_mean::run(p, x.ints()),
        Op::Grouped(g) => grouped::run(g, x.ints()),
        Op::Transpose { dims, steps } => transpose::run(x, dims, steps),
        Op::Conv(c) => conv::run(c, x.ints()),
        Op::Depthwise(d) => depthwise::run(d, x.ints()),
        Op::Pool(p) => pool::run(p, x.ints()),
        Op::Concat(c) => concat::run(c, operands),
        Op::Enlarge(e) => enlarge::run(e, x.ints()),
        Op::Pad(p) => pad::run(p, x.ints()),
        Op::Softmax(s) => softmax::run(s, x.ints(), *node.output.shape.last().unwrap_or(&1)),
        Op::Table(entries) => table::run(entries, x.ints(), dtype),
        Op::Reshape => reshape::run(x),
    }
}
