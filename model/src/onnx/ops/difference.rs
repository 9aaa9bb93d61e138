//! Sub and Div of one constant.

use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::binary::WithConstant;
use crate::onnx::parts::constant_operand::with_constant;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("Sub", &[since(7, (2, 2), "")], sub).built("a tensor and one constant"),
    Operator::onnx("Div", &[since(7, (2, 2), "")], div).built("a tensor and one constant"),
];

fn sub(scope: &mut Scope, at: &At) {
    of_constant(scope, at, |a, b| a - b);
}

fn div(scope: &mut Scope, at: &At) {
    of_constant(scope, at, |a, b| a / b);
}

/// Of one constant: there is no pattern for two tensors, and no kernel of codes.
fn of_constant(scope: &mut Scope, at: &At, reals: fn(f32, f32) -> f32) {
    if !with_constant(scope, at, &WithConstant { reals, codes: |_| None }) {
        scope.refuse(at, "both operands are computed", "Add or Mul, or one constant operand");
    }
}
