//! `niello.ShiftGelu`: I-ViT's GELU of the last dimension.

use super::dyadic::{codes, number, recode, result};
use super::shiftmax::exponential;
use crate::onnx::parts::rows::{last, rows};
use crate::onnx::scope::{At, Scope};
use niello_net::layers::ShiftGelu;
use niello_net::{Codes, Op};

/// Reads a node.
pub fn shift_gelu(scope: &mut Scope, at: &At) {
    let Some((_, bound)) = codes(scope, at, 0) else { return };
    let Some(dtype) = result(scope, at) else { return };
    let Some(exp) = exponential(scope, at, 23) else { return };
    let Some(sigmoid_bits) = number(scope, at, "sigmoid_bits", 8, 2..=16) else { return };
    let Some(recode) = recode(scope, at, 1, dtype) else { return };
    let Some(dims) = rows(scope, at, &bound, -1, false) else { return };
    let Some((bound, columns)) = last(scope, at, bound, dims) else { return };
    let op = Op::from(ShiftGelu { columns, exp, sigmoid_bits, recode });
    let to = Codes { scale: 1.0, zero: 0, dtype };
    scope.node_of(at, "ShiftGelu", op, bound.source, bound.layout, to);
}
