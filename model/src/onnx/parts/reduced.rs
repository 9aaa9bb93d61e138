//! The dimensions that a reduction goes over.

use crate::onnx::binding::Binding;
use crate::onnx::scope::{At, Scope};

/// Axes of a node, an attribute or a constant operand, in order; the batch is number 0.
pub fn axes(scope: &Scope, at: &At, bound: &Binding) -> Vec<i64> {
    let given = at.ints("axes").map(<[i64]>::to_vec);
    let axes = given.or_else(|| scope.constants.get(at.input(1)).map(|c| c.ints.clone())).unwrap_or_default();
    let rank = bound.layout.shape.len() as i64 + 1;
    let mut axes: Vec<i64> = axes.iter().map(|a| if *a < 0 { a + rank } else { *a }).collect();
    axes.sort_unstable();
    axes
}
