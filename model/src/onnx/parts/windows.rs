//! Images, and windows on them.

use crate::error::clean;
use crate::onnx::binding::{Binding, Kind};
use crate::onnx::layout::Layout;
use crate::onnx::scope::{At, Scope};
use crate::window::{window, Described, Padding};
use niello_net::layers::Pad;
use niello_net::{Node, Op, Value, Window};

/// One image a sample: height, width, channels; stored with its channels last. A signal is an image of one row.
pub fn image(scope: &mut Scope, at: &At, bound: Binding) -> Option<([usize; 3], Binding)> {
    let (channels, size) = match bound.layout.shape[..] {
        [channels, height, width] => (channels, [height, width]),
        [channels, length] => (channels, [1, length]),
        _ => {
            let why = format!("a sample has shape {:?}", bound.layout.shape);
            scope.refuse(at, &why, "samples of [channels, rows, columns] or [channels, length]");
            return None;
        }
    };
    let bound = match bound.kind {
        // What waits was computed with its channels last.
        Kind::Pending(_) => bound,
        _ => {
            let order = bound.layout.channels_last();
            scope.arrange(bound, order)
        }
    };
    Some(([size[0], size[1], channels], bound))
}

/// A window from a node's attributes.
pub fn attributes(
    scope: &mut Scope,
    at: &At,
    image: [usize; 3],
    kernel: [i64; 2],
    signal: bool,
    ceil: bool,
) -> Option<Window> {
    let pair = |name: &str| match (at.ints(name), signal) {
        (Some([down, across]), false) => Some([*down, *across]),
        (Some([along]), true) => Some([1, *along]),
        (None, _) => Some([1, 1]),
        _ => None,
    };
    let pads = match (at.ints("pads"), signal) {
        (Some([top, left, bottom, right]), false) => Some([*top, *left, *bottom, *right]),
        (Some([left, right]), true) => Some([0, *left, 0, *right]),
        (None, _) => Some([0; 4]),
        _ => None,
    };
    let named = at.ints("kernel_shape").is_none_or(|k| k == if signal { &kernel[1..] } else { &kernel[..] });
    let (Some(stride), Some(dilation), Some(pads), true) = (pair("strides"), pair("dilations"), pads, named) else {
        scope.inconsistent(at, "kernel_shape, strides, dilations or pads do not fit the kernel");
        return None;
    };
    let padding = match at.text("auto_pad", "NOTSET").as_str() {
        "NOTSET" | "" if ceil => Padding::Ceil(pads),
        "NOTSET" | "" => Padding::Explicit(pads),
        "VALID" => Padding::Explicit([0; 4]),
        "SAME_UPPER" => Padding::SameUpper,
        "SAME_LOWER" => Padding::SameLower,
        other => {
            scope.inconsistent(at, format!("auto_pad {}", clean(other)));
            return None;
        }
    };
    windowed(scope, at, &Described { image, kernel, stride, dilation, padding })
}

/// The window of a pooling.
pub fn pooling(scope: &mut Scope, at: &At, image: [usize; 3], signal: bool) -> Option<Window> {
    let kernel = match (at.ints("kernel_shape"), signal) {
        (Some([ky, kx]), false) => [*ky, *kx],
        (Some([k]), true) => [1, *k],
        _ => {
            scope.inconsistent(at, "kernel_shape does not fit its operand");
            return None;
        }
    };
    let ceil = at.int("ceil_mode", 0) != 0;
    let window = attributes(scope, at, image, kernel, signal, ceil)?;
    if window.taps() == 1 {
        scope.refuse(at, "patches of one pixel", "patches of two pixels or more");
        return None;
    }
    Some(window)
}

/// The window that is the whole image.
pub fn whole(scope: &mut Scope, at: &At, bound: Binding) -> Option<(Window, Binding)> {
    let ([height, width, channels], bound) = image(scope, at, bound)?;
    let (kernel, one) = ([height as i64, width as i64], [1, 1]);
    let padding = Padding::Explicit([0; 4]);
    let image = [height, width, channels];
    let described = Described { image, kernel, stride: one, dilation: one, padding };
    Some((windowed(scope, at, &described)?, bound))
}

/// The window, where everything is in bounds.
pub fn windowed(scope: &mut Scope, at: &At, d: &Described) -> Option<Window> {
    window(d).map_err(|fault| scope.errors.push(fault.at(&at.place))).ok()
}

/// Where patches would hold nothing of the image, a border is put around it first.
pub fn padded_apart(scope: &mut Scope, at: &At, w: Window, source: usize, value: i64) -> Option<(Window, usize)> {
    let extent = [0, 1].map(|i| (w.kernel[i] - 1) * w.dilation[i] + 1);
    if (0..4).all(|i| w.pads[i] < extent[i % 2].max(1) || w.pads[i] == 0) {
        return Some((w, source));
    }
    let one = [1, 1];
    let border = Window { kernel: one, stride: one, dilation: one, ..w };
    let [height, width] = border.out();
    let padding = Padding::Explicit(w.pads.map(i64::from));
    let size = [w.height as usize, w.width as usize, w.channels as usize];
    windowed(scope, at, &Described { image: size, kernel: [1, 1], stride: [1, 1], dilation: [1, 1], padding })?;
    let name = format!("{}_padded", clean(at.output()));
    let shape = [height, width, w.channels].map(|n| n as usize).into_iter().filter(|n| *n != 1).collect();
    let output = Value { name: name.clone(), shape, dtype: scope.dtype(source) };
    let (op, inputs) = (Op::from(Pad { window: border, value }), vec![source]);
    let source = scope.push(Node { name, kind: "Conv".into(), op, inputs, output, float_in_framework: false });
    Some((Window { height, width, pads: [0; 4], ..w }, source))
}

/// The layout of a window's results.
pub fn result(window: &Window, channels: usize, signal: bool) -> Layout {
    let [rows, cols] = window.out().map(|n| n as usize);
    if signal {
        Layout::image(&[channels, cols])
    } else {
        Layout::image(&[channels, rows, cols])
    }
}
