//! Mul and QLinearMul.

use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::pairs::{pair, qlinear_pair};
use crate::onnx::parts::sum_product::PRODUCT;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("Mul", &[since(7, (2, 2), "")], mul)
        .built("two tensors of one shape, an image and a value for each channel, a tensor and a constant"),
    Operator::microsoft("QLinearMul", &[since(1, (7, 8), "")], qlinear_mul)
        .check(|o| o.are_scalars([1, 2, 4, 5, 6, 7])),
];

fn mul(scope: &mut Scope, at: &At) {
    pair(scope, at, &PRODUCT);
}

fn qlinear_mul(scope: &mut Scope, at: &At) {
    qlinear_pair(scope, at, &PRODUCT);
}
