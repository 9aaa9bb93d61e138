//! Add and QLinearAdd: of two tensors, of one and a constant, of sums and their bias.

use crate::onnx::binding::Kind;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::bias::add_bias;
use crate::onnx::parts::pairs::{pair, qlinear_pair};
use crate::onnx::parts::sum_product::SUM;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("Add", &[since(7, (2, 2), "")], add).built("two tensors of one shape, an image and a value for each channel, a tensor and a constant; a bias behind MatMul or Conv"),
    Operator::microsoft("QLinearAdd", &[since(1, (7, 8), "")], qlinear_add).check(|o| o.are_scalars([1, 2, 4, 5, 6, 7])),
];

/// `Add` of two tensors; or of a bias, after a MatMul.
fn add(scope: &mut Scope, at: &At) {
    let waits = |i: usize| matches!(scope.bindings.get(at.input(i)).map(|f| &f.kind), Some(Kind::Pending(_)));
    match (waits(0), waits(1)) {
        (true, _) => add_bias(scope, at, 0, 1),
        (_, true) => add_bias(scope, at, 1, 0),
        _ => pair(scope, at, &SUM),
    }
}

fn qlinear_add(scope: &mut Scope, at: &At) {
    qlinear_pair(scope, at, &SUM);
}
