//! Sub and Div of one constant.

use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::constant_operand::with_constant;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("Sub", &[since(7, (2, 2), "")], difference).built("a tensor and one constant"),
    Operator::onnx("Div", &[since(7, (2, 2), "")], difference).built("a tensor and one constant"),
];

/// Of one constant: there is no pattern for two tensors.
fn difference(scope: &mut Scope, at: &At) {
    if !with_constant(scope, at) {
        scope.refuse(at, "both operands are computed", "Add or Mul, or one constant operand");
    }
}
