//! GlobalAveragePool and QLinearGlobalAveragePool.

use crate::onnx::kernels::pending;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::means::{averaged, back_to_last, declared_last, Mean};
use crate::onnx::parts::windows::whole;
use crate::onnx::qoperator::fuse;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("GlobalAveragePool", &[since(7, (1, 1), "")], global_average_pool),
    Operator::microsoft(
        "QLinearGlobalAveragePool",
        &[since(1, (5, 5), "channels_last:i")],
        qlinear_global_average_pool,
    ),
];

fn global_average_pool(scope: &mut Scope, at: &At) {
    let Some((x, bound)) = scope.operand(at, 0) else { return };
    let Some((window, bound)) = whole(scope, at, bound) else { return };
    let mut pending = pending(scope, at, vec![bound.source], Mean { from: x, window });
    pending.float = bound.passed();
    let layout = averaged(&bound.layout);
    scope.wait(at, layout, bound.source, pending);
}

/// Channels may be declared last.
fn qlinear_global_average_pool(scope: &mut Scope, at: &At) {
    let Some((x, mut bound)) = scope.integer_operand(at, 0, 1) else { return };
    let Some(to) = scope.codes(at, 3, 4) else { return };
    let last = declared_last(at, &mut bound);
    let Some((window, bound)) = whole(scope, at, bound) else { return };
    let pending = pending(scope, at, vec![bound.source], Mean { from: x, window });
    let mut layout = averaged(&bound.layout);
    if last {
        layout = back_to_last(&layout);
    }
    fuse(scope, at, pending, layout, to);
}
