//! Gemm and QGemm: a matrix times the sample.

use crate::error::ModelError;
use crate::onnx::operator::{since, Operands, Operator};
use crate::onnx::parts::bias::{bias, bias_lies, integer_bias};
use crate::onnx::parts::product::product;
use crate::onnx::parts::weights::{dequantized, matrix, weights_beside};
use crate::onnx::qoperator::fuse;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx(
        "Gemm",
        &[since(7, (3, 3), "alpha:f beta:f transA:i transB:i"), since(11, (2, 3), "alpha:f beta:f transA:i transB:i")],
        gemm,
    )
    .built("constant weights; transA = 0, alpha > 0, beta = 1"),
    Operator::microsoft("QGemm", &[since(1, (6, 9), "alpha:f transA:i transB:i")], qgemm)
        .built("constant weights; transA = 0, alpha > 0")
        .check(same_scales),
];

fn gemm(scope: &mut Scope, at: &At) {
    if at.int("transA", 0) != 0 {
        return scope.unsupported(&at.place, "Gemm", "transA = 1", "transA = 0: samples are rows");
    }
    let Some((x, bound)) = scope.operand(at, 0) else { return };
    let Some(w) = dequantized(scope, at, 1) else { return };
    let Some(w) = matrix(scope, at, w, at.int("transB", 0) != 0) else { return };
    let (alpha, beta) = (at.float("alpha", 1.0), at.float("beta", 1.0));
    let has_bias = !at.input(2).is_empty();
    if !(alpha.is_finite() && alpha > 0.0) || (has_bias && beta != 1.0) {
        return scope.unsupported(
            &at.place,
            "Gemm",
            &format!("alpha = {alpha}, beta = {beta}"),
            "alpha > 0 and beta = 1",
        );
    }
    let Some((bound, mut pending)) = product(scope, at, x, bound, w, alpha) else { return };
    if !bias_lies(scope, at, 2) {
        return;
    }
    if has_bias && !bias(scope, at, 2, &mut pending) {
        return;
    }
    scope.wait(at, bound.layout, bound.source, pending);
}

/// Without an output scale the result is float.
fn qgemm(scope: &mut Scope, at: &At) {
    let alpha = at.float("alpha", 1.0);
    if at.int("transA", 0) != 0 || !(alpha.is_finite() && alpha > 0.0) {
        return scope.unsupported(&at.place, "QGemm", "transA = 1 or alpha <= 0", "transA = 0 and alpha > 0");
    }
    if at.input(7).is_empty() != at.input(8).is_empty() {
        let why = "its result has a scale or a zero point, and not both: ONNX Runtime gives floats";
        return scope.unsupported(&at.place, "QGemm", why, "both, or none");
    }
    let Some((x, bound)) = scope.integer_operand(at, 0, 1) else { return };
    let Some(w) = weights_beside(scope, at, x) else { return };
    let Some(w) = matrix(scope, at, w, at.int("transB", 0) != 0) else { return };
    let Some((bound, mut pending)) = product(scope, at, x, bound, w, alpha) else { return };
    if !integer_bias(scope, at, 6, &mut pending) {
        return;
    }
    if at.input(7).is_empty() {
        return scope.wait(at, bound.layout, bound.source, pending);
    }
    let Some(to) = scope.codes(at, 7, 8) else { return };
    fuse(scope, at, pending, bound.layout, to);
}

/// As many scales of the weights as zero points.
fn same_scales(o: &Operands) -> Result<(), ModelError> {
    match (o.constant(4), o.constant(5)) {
        (Some(s), Some(z)) if s.dims != z.dims => {
            o.refuse(format!("weights with scales of shape {:?} and zero points of {:?}", s.dims, z.dims))
        }
        _ => Ok(()),
    }
}
