//! Constant.

use crate::onnx::operator::{since, Operator};
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[Operator::onnx(
    "Constant",
    &[
        since(7, (0, 0), "value:t!"),
        since(
            12,
            (0, 0),
            "value:t value_float:f value_floats:F value_int:i value_ints:I value_string:s value_strings:S",
        ),
    ],
    constant,
)
.built("a tensor")];

fn constant(scope: &mut Scope, at: &At) {
    match at.node.attribute.iter().find(|a| a.name == "value").and_then(|a| a.t.as_ref()) {
        Some(t) => scope.constant(&at.place, at.output(), t),
        None => scope.unsupported(&at.place, "Constant", "it holds no tensor", "an initializer"),
    }
}
