//! MaxPool.

use crate::error::clean;
use crate::onnx::binding::Binding;
use crate::onnx::operator::{since, Definition, Operator};
use crate::onnx::parts::largest::of_codes;
use crate::onnx::parts::windows::{image, pooling, result};
use crate::onnx::scope::{At, Scope};
use niello_net::layers::Pool;
use niello_net::Op;

/// What is registered.
pub const OPERATORS: &[Operator] = &[Operator::onnx(
    "MaxPool",
    &[
        since(7, (1, 1), "auto_pad:s kernel_shape:I! pads:I strides:I"),
        Definition {
            since: 8,
            inputs: (1, 1),
            outputs: 2,
            attributes: "auto_pad:s kernel_shape:I! pads:I storage_order:i strides:I",
        },
        Definition {
            since: 10,
            inputs: (1, 1),
            outputs: 2,
            attributes: "auto_pad:s ceil_mode:i dilations:I kernel_shape:I! pads:I storage_order:i strides:I",
        },
    ],
    max_pool,
)
.built("one output")];

fn max_pool(scope: &mut Scope, at: &At) {
    let Some(bound) = of_codes(scope, at) else { return };
    let signal = bound.layout.shape.len() == 2;
    let Some((image, bound)) = image(scope, at, bound) else { return };
    if at.node.output.get(1).is_some_and(|o| !o.is_empty()) {
        return scope.unsupported(&at.place, "MaxPool", "it gives indices", "one output");
    }
    let Some(window) = pooling(scope, at, image, signal) else { return };
    let dtype = scope.dtype(bound.source);
    let layout = result(&window, image[2], signal);
    let op = Op::from(Pool { window, average: None, outside: dtype.range().0, float32: None });
    let source = scope.layer(clean(at.output()), &at.op(), op, bound.source, &layout, scope.dtype(bound.source));
    let bound = scope.behind(at, Binding { layout, source, kind: bound.kind });
    scope.put(at, bound);
}
