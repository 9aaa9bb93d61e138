//! Max and Min.

use crate::onnx::operator::{since, Operator, ANY};
use crate::onnx::parts::extremum::{LARGEST, SMALLEST};
use crate::onnx::parts::pairs::pair;
use crate::onnx::scope::{At, Scope};

const BUILT: &str = "two tensors of one shape, an image and a value for each channel, a tensor and a constant";

/// What is registered. Those of operator set 7 broadcast nothing, and are not read.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("Max", &[since(8, (1, ANY), "")], max).built(BUILT),
    Operator::onnx("Min", &[since(8, (1, ANY), "")], min).built(BUILT),
];

fn max(scope: &mut Scope, at: &At) {
    if takes_two(scope, at) {
        pair(scope, at, &LARGEST);
    }
}

fn min(scope: &mut Scope, at: &At) {
    if takes_two(scope, at) {
        pair(scope, at, &SMALLEST);
    }
}

fn takes_two(scope: &mut Scope, at: &At) -> bool {
    let count = at.node.input.len();
    if count != 2 {
        let op = &at.node.op_type;
        scope.refuse(at, &format!("{count} operands"), &format!("two operands: one {op} behind the other"));
    }
    count == 2
}
