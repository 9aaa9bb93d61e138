//! AveragePool and QLinearAveragePool.

use crate::onnx::binding::{Binding, Pending, What};
use crate::onnx::kernels::{pending, takes_int8_or_passed};
use crate::onnx::layout::Layout;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::means::{back_to_last, declared_last, Mean, Means};
use crate::onnx::parts::windows::{image, pooling, result};
use crate::onnx::qoperator::fuse;
use crate::onnx::scope::{At, Scope};
use niello_net::Codes;

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx(
        "AveragePool",
        &[
            since(7, (1, 1), "auto_pad:s count_include_pad:i kernel_shape:I! pads:I strides:I"),
            since(10, (1, 1), "auto_pad:s ceil_mode:i count_include_pad:i kernel_shape:I! pads:I strides:I"),
            since(
                19,
                (1, 1),
                "auto_pad:s ceil_mode:i count_include_pad:i dilations:I kernel_shape:I! pads:I strides:I",
            ),
        ],
        average_pool,
    ),
    Operator::microsoft(
        "QLinearAveragePool",
        &[since(
            1,
            (4, 5),
            "auto_pad:s ceil_mode:i channels_last:i count_include_pad:i kernel_shape:I! pads:I strides:I",
        )],
        qlinear_average_pool,
    )
    .check(|o| o.are_scalars(1..5)),
];

fn average_pool(scope: &mut Scope, at: &At) {
    let Some((x, bound)) = scope.operand(at, 0) else { return };
    let Some((pending, layout, bound)) = means(scope, at, x, bound) else { return };
    scope.wait(at, layout, bound.source, pending);
}

/// Channels may be declared last.
fn qlinear_average_pool(scope: &mut Scope, at: &At) {
    let Some((x, mut bound)) = scope.integer_operand(at, 0, 1) else { return };
    let Some(to) = scope.codes(at, 3, 4) else { return };
    let last = declared_last(at, &mut bound);
    let Some((pending, mut layout, _)) = means(scope, at, x, bound) else { return };
    if last {
        layout = back_to_last(&layout);
    }
    fuse(scope, at, pending, layout, to);
}

fn means(scope: &mut Scope, at: &At, x: Codes, bound: Binding) -> Option<(Pending, Layout, Binding)> {
    let signal = bound.layout.shape.len() == 2;
    let (image, bound) = image(scope, at, bound)?;
    let window = pooling(scope, at, image, signal)?;
    let count_outside = at.int("count_include_pad", 0) != 0;
    // ONNX Runtime takes a patch that is the image for a global average, which has another rule.
    let mean = Mean { from: x, window };
    let means = Means { from: x, window, count_outside };
    let what = if window.is_global() { What::from(mean) } else { What::from(means) };
    let mut pending = pending(scope, at, vec![bound.source], what);
    pending.float = takes_int8_or_passed(scope, at);
    Some((pending, result(&window, image[2], signal), bound))
}
