//! MatMul and QLinearMatMul: a matrix times the sample, or times each of its rows.

use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::product::product;
use crate::onnx::parts::weights::{dequantized, matrix, weights_beside};
use crate::onnx::qoperator::fuse;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("MatMul", &[since(7, (2, 2), "")], matmul).built("constant weights"),
    Operator::onnx("QLinearMatMul", &[since(10, (8, 8), "")], qlinear_matmul).built("constant weights"),
];

fn matmul(scope: &mut Scope, at: &At) {
    let Some((x, bound)) = scope.operand(at, 0) else { return };
    let Some(w) = dequantized(scope, at, 1) else { return };
    let Some(w) = matrix(scope, at, w, false) else { return };
    let Some((bound, pending)) = product(scope, at, x, bound, w, 1.0) else { return };
    scope.wait(at, bound.layout, bound.source, pending);
}

fn qlinear_matmul(scope: &mut Scope, at: &At) {
    let Some((x, bound)) = scope.integer_operand(at, 0, 1) else { return };
    let Some(w) = weights_beside(scope, at, x) else { return };
    let Some(w) = matrix(scope, at, w, false) else { return };
    let Some((bound, pending)) = product(scope, at, x, bound, w, 1.0) else { return };
    let Some(to) = scope.codes(at, 6, 7) else { return };
    fuse(scope, at, pending, bound.layout, to);
}
