//! ReduceMax along neighbouring dimensions.

use crate::error::clean;
use crate::onnx::binding::Binding;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::largest::of_codes;
use crate::onnx::parts::reduced::reduced;
use crate::onnx::scope::{At, Scope};
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
    let Some((window, layout)) = reduced(scope, at, &bound) else { return };
    if window.taps() == 1 {
        return scope.put(at, Binding { layout, ..bound });
    }
    let dtype = scope.dtype(bound.source);
    let op = Op::from(Pool { window, average: None, outside: dtype.range().0, float32: None });
    let source = scope.layer(clean(at.output()), &at.op(), op, bound.source, &layout, dtype);
    let bound = scope.behind(at, Binding { layout, source, kind: bound.kind });
    scope.put(at, bound);
}
