//! Conv and QLinearConv of one and two dimensions.

use crate::onnx::binding::{Binding, Pending, What};
use crate::onnx::constant::Quantized;
use crate::onnx::kernels::pending;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::bias::{bias, bias_lies, integer_bias};
use crate::onnx::parts::sums::{Shape, Sums};
use crate::onnx::parts::weights::{dequantized, fits_outputs, weights_beside};
use crate::onnx::parts::windows::{attributes, image, padded_apart, result};
use crate::onnx::qoperator::fuse;
use crate::onnx::scope::{At, Scope};
use niello_net::{Codes, DType};

/// Attributes of a window.
const WINDOW: &str = "auto_pad:s dilations:I group:i kernel_shape:I pads:I strides:I";

/// ONNX Runtime has no kernel of codes whose channels stand last on x86.
const CHANNELS_FIRST: &[(&str, &[i64])] = &[("channels_last", &[0])];

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("Conv", &[since(7, (2, 3), WINDOW)], conv)
        .built("one and two dimensions; groups, strides, pads, dilations, auto_pad"),
    Operator::onnx("QLinearConv", &[since(10, (8, 9), WINDOW)], qlinear_conv).settings(CHANNELS_FIRST),
    Operator::microsoft(
        "QLinearConv",
        &[since(1, (8, 9), "auto_pad:s channels_last:i dilations:I group:i kernel_shape:I pads:I strides:I")],
        qlinear_conv,
    )
    .settings(CHANNELS_FIRST),
];

fn conv(scope: &mut Scope, at: &At) {
    let Some((x, bound)) = scope.operand(at, 0) else { return };
    let Some(w) = dequantized(scope, at, 1) else { return };
    let Some((bound, mut pending)) = convolution(scope, at, x, bound, w) else { return };
    // On some machines, and in some graphs on all.
    pending.float = x.dtype == DType::I8 || bound.passed();
    if !bias_lies(scope, at, 2) {
        return;
    }
    if !at.input(2).is_empty() && !bias(scope, at, 2, &mut pending) {
        return;
    }
    scope.wait(at, bound.layout, bound.source, pending);
}

fn qlinear_conv(scope: &mut Scope, at: &At) {
    let Some((x, bound)) = scope.integer_operand(at, 0, 1) else { return };
    let Some(w) = weights_beside(scope, at, x) else { return };
    let Some((bound, mut pending)) = convolution(scope, at, x, bound, w) else { return };
    let Some(to) = scope.codes(at, 6, 7) else { return };
    if integer_bias(scope, at, 8, &mut pending) {
        fuse(scope, at, pending, bound.layout, to);
    }
}

/// `acc[m] = sum w[m][c][ky][kx] (x[c][y][x] - x_zero)` in `group` groups of channels.
fn convolution(scope: &mut Scope, at: &At, x: Codes, bound: Binding, w: Quantized) -> Option<(Binding, Pending)> {
    let signal = bound.layout.shape.len() == 2;
    let (image, bound) = image(scope, at, bound)?;
    let groups = at.int("group", 1);
    let (outputs, depth, kernel) = match w.codes.shape[..] {
        [outputs, depth, ky, kx] if !signal => (outputs, depth, [ky, kx]),
        [outputs, depth, k] if signal => (outputs, depth, [1, k]),
        _ => {
            scope.inconsistent(at, format!("kernels of {:?} on {:?}", w.codes.shape, bound.layout.shape));
            return None;
        }
    };
    fits_outputs(scope, at, &w, 0, outputs)?;
    let whole = |n: usize| groups > 0 && n > 0 && (n as i64) % groups == 0;
    if !whole(outputs) || !whole(image[2]) || depth as i64 != image[2] as i64 / groups.max(1) {
        let shape = &w.codes.shape;
        scope.inconsistent(at, format!("kernels of {shape:?} in {groups} groups on {} channels", image[2]));
        return None;
    }
    let window = attributes(scope, at, image, kernel.map(|k| k as i64), signal, false)?;
    let (window, source) = padded_apart(scope, at, window, bound.source, x.zero)?;
    let bound = Binding { source, ..bound };
    let taps = window.taps() as usize;
    // Channels innermost, as they are stored.
    let tap = |m: usize, t: usize, c: usize| (m * depth + c) * taps + t;
    let place = |m: usize| (0..taps).flat_map(move |t| (0..depth).map(move |c| tap(m, t, c)));
    let zero = |i: usize| w.zeros[i / (depth * taps) % w.zeros.len()];
    let weights = (0..outputs).flat_map(place).map(|i| w.codes.ints[i] - zero(i)).collect();
    let shape = match groups as usize {
        1 => Shape::Conv(window),
        g if g == outputs && g == image[2] => Shape::Depthwise(window),
        g => Shape::Grouped(window, g as u32),
    };
    let scales = w.scales.iter().map(|s| x.scale * s).collect();
    let sums = Sums {
        x_zero: x.zero,
        weights,
        bias: None,
        offset: None,
        reals: None,
        rows: outputs,
        scales,
        scaled_by_alpha: false,
        in_blocks: false,
        shape,
    };
    let pending = pending(scope, at, vec![bound.source], What::Sums(sums));
    Some((Binding { layout: result(&window, outputs, signal), ..bound }, pending))
}
