//! MatMul and QLinearMatMul: a matrix times the sample, or times each of its rows; or products of two computed tensors.

use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::matrices::matrices;
use crate::onnx::parts::product::product;
use crate::onnx::parts::weights::{dequantized, matrix, weights_beside};
use crate::onnx::qoperator::fuse;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("MatMul", &[since(7, (2, 2), "")], matmul)
        .built("a computed tensor and constant weights, or two computed ones"),
    Operator::onnx("QLinearMatMul", &[since(10, (8, 8), "")], qlinear_matmul)
        .built("a computed tensor and constant weights, or two computed ones"),
];

fn matmul(scope: &mut Scope, at: &At) {
    if scope.bindings.contains_key(at.input(1)) {
        let (Some(a), Some(b)) = (scope.operand(at, 0), scope.operand(at, 1)) else { return };
        let Some((layout, pending)) = matrices(scope, at, [a, b], 1.0) else { return };
        return scope.wait(at, layout, 0, pending);
    }
    let Some((x, bound)) = scope.operand(at, 0) else { return };
    let Some(w) = dequantized(scope, at, 1) else { return };
    let Some(w) = matrix(scope, at, w, false) else { return };
    let Some((bound, pending)) = product(scope, at, x, bound, w, 1.0) else { return };
    scope.wait(at, bound.layout, bound.source, pending);
}

fn qlinear_matmul(scope: &mut Scope, at: &At) {
    if scope.bindings.contains_key(at.input(3)) {
        let (Some(a), Some(b)) = (scope.integer_operand(at, 0, 1), scope.integer_operand(at, 3, 4)) else { return };
        let Some((layout, pending)) = matrices(scope, at, [a, b], 1.0) else { return };
        let Some(to) = scope.codes(at, 6, 7) else { return };
        return fuse(scope, at, pending, layout, to);
    }
    let Some((x, bound)) = scope.integer_operand(at, 0, 1) else { return };
    let Some(w) = weights_beside(scope, at, x) else { return };
    let Some(w) = matrix(scope, at, w, false) else { return };
    let Some((bound, pending)) = product(scope, at, x, bound, w, 1.0) else { return };
    let Some(to) = scope.codes(at, 6, 7) else { return };
    fuse(scope, at, pending, bound.layout, to);
}
