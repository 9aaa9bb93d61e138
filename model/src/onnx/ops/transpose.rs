//! Transpose.

use crate::onnx::binding::Binding;
use crate::onnx::operator::{since, Operator};
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] =
    &[Operator::onnx("Transpose", &[since(7, (1, 1), "perm:I")], transpose).built("the batch stays first")];

fn transpose(scope: &mut Scope, at: &At) {
    let Some(bound) = scope.binding(at, 0) else { return };
    let rank = bound.layout.shape.len() as i64 + 1;
    let default: Vec<i64> = (0..rank).rev().collect();
    let perm = at.ints("perm").map_or(default, <[i64]>::to_vec);
    let mut sorted = perm.clone();
    sorted.sort();
    if sorted != (0..rank).collect::<Vec<i64>>() {
        return scope.inconsistent(at, format!("perm {perm:?} of {rank} dimensions"));
    }
    if perm[0] != 0 {
        return scope.unsupported(&at.place, "Transpose", "it moves the batch", "perm = [0, ...]");
    }
    let perm: Vec<usize> = perm[1..].iter().map(|p| *p as usize - 1).collect();
    let layout = bound.layout.transposed(&perm);
    let bound = scope.behind(at, Binding { layout, ..bound });
    scope.put(at, bound);
}
