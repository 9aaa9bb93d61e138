//! ReduceMean over the whole image of each channel.

use crate::onnx::kernels::pending;
use crate::onnx::layout::Layout;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::means::{averaged, Mean};
use crate::onnx::parts::reduced::axes;
use crate::onnx::parts::windows::whole;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[Operator::onnx(
    "ReduceMean",
    &[since(7, (1, 1), "axes:I keepdims:i"), since(18, (1, 2), "keepdims:i noop_with_empty_axes:i")],
    reduce_mean,
)
.built("over all rows and columns of an image")];

/// ReduceMean over the whole image of each channel. ONNX Runtime computes it in float.
fn reduce_mean(scope: &mut Scope, at: &At) {
    let Some((x, bound)) = scope.operand(at, 0) else { return };
    // The batch is the first dimension in the file, the channels are the second.
    let (axes, rank) = (axes(scope, at, &bound), bound.layout.shape.len() as i64 + 1);
    if rank < 3 || !axes.iter().copied().eq(2..rank) {
        let why = format!("it averages over dimensions {axes:?} of {rank}");
        return scope.unsupported(&at.place, "ReduceMean", &why, "the mean over all rows and columns of an image");
    }
    let Some((window, bound)) = whole(scope, at, bound) else { return };
    let mut pending = pending(scope, at, vec![bound.source], Mean { from: x, window });
    pending.float = scope.finds_patterns();
    let mut layout = averaged(&bound.layout);
    if at.int("keepdims", 1) == 0 {
        layout = Layout::plain(&layout.shape[..1]);
    }
    scope.wait(at, layout, bound.source, pending);
}
