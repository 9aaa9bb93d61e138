//! Rows along some of a tensor's dimensions.

use std::ops::Range;

use crate::onnx::binding::Binding;
use crate::onnx::scope::{At, Scope};

/// Most elements of a row.
const MOST: usize = 4096;

/// The dimensions of a sample that `axis` names, or all of them from there on. None: an error is noted.
pub fn rows(scope: &mut Scope, at: &At, bound: &Binding, axis: i64, all: bool) -> Option<Range<usize>> {
    let dims = bound.layout.shape.len();
    let rank = dims as i64 + 1;
    if !(-rank..rank).contains(&axis) {
        scope.inconsistent(at, format!("axis {axis} of {rank} dimensions"));
        return None;
    }
    match axis.rem_euclid(rank) as usize {
        0 => {
            scope.refuse(at, "it works along the samples", "an axis of a sample, 1 or more");
            None
        }
        n => Some(n - 1..if all { dims } else { n }),
    }
}

/// A bound whose rows along these dimensions are stored one after the other, and their length. None: an error is noted.
pub fn last(scope: &mut Scope, at: &At, bound: Binding, dims: Range<usize>) -> Option<(Binding, u32)> {
    let columns: usize = bound.layout.shape[dims.clone()].iter().product();
    if columns > MOST {
        scope.refuse(at, &format!("a row of {columns} elements"), "rows of at most 4096");
        return None;
    }
    let order = bound.layout.with_last(dims);
    Some((scope.arrange(bound, order), columns as u32))
}
