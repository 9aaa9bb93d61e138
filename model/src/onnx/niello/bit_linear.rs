//! `niello.BitLinear`: RMSNorm, the quantizer of a row, ternary weights.

use super::dyadic::{recode, result, whole_codes};
use super::matmul::constant;
use crate::onnx::layout::Layout;
use crate::onnx::parts::rows::{last, rows};
use crate::onnx::scope::{At, Scope};
use niello_net::layers::BitLinear;
use niello_net::{Codes, Op};

/// Reads a node.
pub fn bit_linear(scope: &mut Scope, at: &At) {
    let Some((x, bound)) = whole_codes(scope, at, 0) else { return };
    let Some(dtype) = result(scope, at) else { return };
    let Some((w, shape)) = constant(scope, at, 1) else { return };
    let Some(dims) = rows(scope, at, &bound, -1, false) else { return };
    let Some((bound, columns)) = last(scope, at, bound, dims) else { return };
    let [inputs, outputs] = shape[..] else {
        return scope.refuse(at, &format!("weights of {shape:?}"), "a matrix of weights");
    };
    if inputs != columns as usize || outputs == 0 {
        return scope.inconsistent(at, format!("{columns} inputs for weights of {shape:?}"));
    }
    if let Some(v) = w.iter().find(|v| !(-1..=1).contains(*v)) {
        return scope.refuse(at, &format!("a weight of {v}"), "weights of -1, 0 and 1");
    }
    if !bound.layout.is_plain() {
        return scope.refuse(at, "its rows lie in another order", "rows as products of rows give them");
    }
    let Some(recode) = recode(scope, at, outputs, dtype) else { return };
    let weights =
        (0..outputs).flat_map(|n| (0..inputs).map(move |k| (k, n))).map(|(k, n)| w[k * outputs + n]).collect();
    let mut dims = bound.layout.shape.clone();
    dims.pop();
    dims.push(outputs);
    let layer = BitLinear { weights, outputs: outputs as u32, x_bits: x.dtype.bits(), recode };
    let to = Codes { scale: 1.0, zero: 0, dtype };
    scope.node_of(at, "BitLinear", Op::from(layer), bound.source, Layout::plain(&dims), to);
}
