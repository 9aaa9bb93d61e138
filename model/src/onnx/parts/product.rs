//! A matrix of constants times a vector, or times rows.

use super::sums::{Shape, Sums};
use super::weights::Weights;
use super::windows::windowed;
use crate::onnx::binding::{Binding, Pending, What};
use crate::onnx::kernels::pending;
use crate::onnx::layout::Layout;
use crate::onnx::scope::{At, Scope};
use crate::window::{Described, Padding};
use niello_net::{Codes, Window};

/// A matrix times the sample, or times each of its rows.
pub fn product(
    scope: &mut Scope,
    at: &At,
    x: Codes,
    bound: Binding,
    w: Weights,
    alpha: f32,
) -> Option<(Binding, Pending)> {
    let (times, columns) = match bound.layout.shape[..] {
        [columns] => (1, columns),
        [times, columns] if at.node.op_type.ends_with("MatMul") => (times, columns),
        _ => {
            let why = format!("a sample has shape {:?}", bound.layout.shape);
            scope.refuse(at, &why, "one vector a sample: put a Flatten before it");
            return None;
        }
    };
    if columns != w.columns {
        scope.inconsistent(at, format!("{columns} inputs for weights of {} x {}", w.rows, w.columns));
        return None;
    }
    let (bound, weights, shape, result) = if times == 1 {
        // Weights follow the order in which the vector's elements come.
        let order = bound.layout.indices();
        let row = |r: usize| order.iter().map(move |i| r * columns + i);
        let weights = (0..w.rows).flat_map(row).map(|i| w.values[i]).collect();
        let rows: Vec<usize> = bound.layout.shape.iter().rev().skip(1).rev().copied().chain([w.rows]).collect();
        (bound, weights, Shape::Dense, Layout::plain(&rows))
    } else {
        let order = bound.layout.channels_first();
        let bound = scope.arrange(bound, order);
        let window = window_of_rows(scope, at, times, columns)?;
        (bound, w.values, Shape::Conv(window), Layout::plain(&[times, w.rows]))
    };
    let scales = w.scales.iter().map(|s| alpha * x.scale * s).collect();
    let (rows, bias, scaled_by_alpha) = (w.rows, None, alpha != 1.0);
    let in_blocks = bound.kept() && at.int("transB", 0) == 0;
    let (offset, reals) = (None, None);
    let sums = Sums { x_zero: x.zero, weights, bias, offset, reals, rows, scales, scaled_by_alpha, in_blocks, shape };
    let mut pending = pending(scope, at, vec![bound.source], What::Sums(sums));
    pending.float = bound.kept() || (bound.passed() && !matches!(bound.layout.shape[..], [_]));
    Some((Binding { layout: result, ..bound }, pending))
}

/// Rows of a matrix as the pixels of an image of one row.
fn window_of_rows(scope: &mut Scope, at: &At, times: usize, columns: usize) -> Option<Window> {
    let one = [1, 1];
    let padding = Padding::Explicit([0; 4]);
    let image = [1, times, columns];
    windowed(scope, at, &Described { image, kernel: one, stride: one, dilation: one, padding })
}
