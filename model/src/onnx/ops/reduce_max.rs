//! ReduceMax along neighbouring dimensions.

use crate::error::clean;
use crate::onnx::binding::Binding;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::largest::of_codes;
use crate::onnx::parts::reduced::axes;
use crate::onnx::parts::windows::windowed;
use crate::onnx::scope::{At, Scope};
use crate::window::reduction;
use niello_net::layers::Pool;
use niello_net::Op;

/// What is registered.
pub const OPERATORS: &[Operator] = &[Operator::onnx(
    "ReduceMax",
    &[since(7, (1, 1), "axes:I keepdims:i"), since(18, (1, 2), "keepdims:i noop_with_empty_axes:i")],
    reduce_max,
)
.built("along neighbouring dimensions")];

/// `y[o][i] = max over r of x[o][r][i]`: the largest code is that of the largest real.
fn reduce_max(scope: &mut Scope, at: &At) {
    let Some(bound) = of_codes(scope, at) else { return };
    let (axes, rank) = (axes(scope, at, &bound), bound.layout.shape.len() as i64 + 1);
    let all = axes.is_empty();
    if all && at.int("noop_with_empty_axes", 0) != 0 {
        return scope.put(at, bound);
    }
    if all || axes[0] == 0 {
        return scope.refuse(at, "it takes the maximum of all samples", "dimensions behind the batch");
    }
    if axes.iter().any(|a| !(0..rank).contains(a)) || axes.windows(2).any(|a| a[0] == a[1]) {
        return scope.inconsistent(at, format!("axes {axes:?} of {rank} dimensions"));
    }
    let dims: Vec<usize> = axes.iter().map(|a| *a as usize - 1).collect();
    let Some((outer, run, inner, layout)) = bound.layout.reduced(&dims, at.int("keepdims", 1) != 0) else {
        let why = format!("it reduces dimensions {axes:?} of {rank}, between which others are stored");
        return scope.refuse(at, &why, "neighbouring dimensions, of images those behind the channels");
    };
    if run.is_empty() {
        return scope.put(at, Binding { layout, ..bound });
    }
    let Some(window) = windowed(scope, at, &reduction(outer, &run, inner)) else { return };
    let dtype = scope.dtype(bound.source);
    let op = Op::from(Pool { window, average: None, outside: dtype.range().0, float32: None });
    let source = scope.layer(clean(at.output()), &at.op(), op, bound.source, &layout, dtype);
    let bound = scope.behind(at, Binding { layout, source, kind: bound.kind });
    scope.put(at, bound);
}
