//! ReduceMean along neighbouring dimensions.

use crate::onnx::kernels::pending;
use crate::onnx::layout::Layout;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::means::{averaged, Mean};
use crate::onnx::parts::reduced::{is_of_image, reduced};
use crate::onnx::parts::windows::whole;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[Operator::onnx(
    "ReduceMean",
    &[since(7, (1, 1), "axes:I keepdims:i"), since(18, (1, 2), "keepdims:i noop_with_empty_axes:i")],
    reduce_mean,
)
.built("along neighbouring dimensions")];

/// ONNX Runtime computes it in float.
fn reduce_mean(scope: &mut Scope, at: &At) {
    let Some((from, mut bound)) = scope.operand(at, 0) else { return };
    let (window, layout);
    if is_of_image(scope, at, &bound) {
        let Some(found) = whole(scope, at, bound) else { return };
        (window, bound) = found;
        let image = averaged(&bound.layout);
        let kept = at.int("keepdims", 1) != 0;
        layout = if kept { image } else { Layout::plain(&image.shape[..1]) };
    } else {
        let Some(found) = reduced(scope, at, &bound) else { return };
        (window, layout) = found;
    }
    let mut pending = pending(scope, at, vec![bound.source], Mean { from, window });
    pending.float = scope.finds_patterns();
    scope.wait(at, layout, bound.source, pending);
}
