//! Pad: rows and columns of one constant around an image.

use crate::error::clean;
use crate::onnx::binding::{Binding, Kind, Real};
use crate::onnx::names::INT64;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::windows::{image, result, windowed};
use crate::onnx::scope::{At, Scope};
use crate::window::{Described, Padding};
use niello_net::host::{quantize, FloatRounding};
use niello_net::layers::Pad;
use niello_net::Op;

/// What is registered.
pub const OPERATORS: &[Operator] = &[Operator::onnx(
    "Pad",
    &[since(7, (1, 1), "mode:s pads:I! value:f"), since(11, (2, 3), "mode:s"), since(18, (2, 4), "mode:s")],
    pad,
)
.built("one constant around an image")
.lists(&[(1, INT64)])];

/// Rows and columns of one constant around an image, in the operand's codes.
fn pad(scope: &mut Scope, at: &At) {
    let Some(bound) = scope.binding(at, 0) else { return };
    let counts = match at.ints("pads") {
        Some(p) => Some(p.to_vec()),
        None => scope.constants.get(at.input(1)).map(|c| c.ints.clone()),
    };
    let value = match &bound.kind {
        Kind::Real(Real { codes, function: None, .. }) => {
            let real = match scope.constants.get(at.input(2)) {
                Some(c) if c.floats.len() == 1 => Some(c.floats[0]),
                None if at.input(2).is_empty() => Some(at.float("value", 0.0)),
                _ => None,
            };
            // A value that the codes do not reach would be another one.
            let (lo, hi) = codes.dtype.range();
            let reach = ((lo - codes.zero) as f32 * codes.scale)..=((hi - codes.zero) as f32 * codes.scale);
            real.filter(|v| reach.contains(v))
                .map(|v| quantize(v, codes.scale, codes.zero, FloatRounding::HalfEven, codes.dtype))
                .filter(|q| real == Some((q - codes.zero) as f32 * codes.scale))
        }
        Kind::Plain(d) if d.bits() == 8 => match scope.constants.get(at.input(2)) {
            Some(c) if c.dtype == *d && c.ints.len() == 1 => Some(c.ints[0]),
            None if at.input(2).is_empty() => Some(0),
            _ => None,
        },
        _ => None,
    };
    let signal = bound.layout.shape.len() == 2;
    let sides = match (counts.as_deref(), signal) {
        (Some(&[0, 0, top, left, 0, 0, bottom, right]), false) => Some([top, left, bottom, right]),
        (Some(&[0, 0, left, 0, 0, right]), true) => Some([0, left, 0, right]),
        _ => None,
    };
    let constant = at.text("mode", "constant") == "constant" && at.input(3).is_empty();
    let (Some(value), Some(sides), true) = (value, sides, constant) else {
        let why = "other than constant rows and columns of one value around codes";
        return scope.unsupported(&at.place, "Pad", why, "mode constant, constant pads around one image of codes");
    };
    let Some((image, bound)) = image(scope, at, bound) else { return };
    let (one, padding) = ([1, 1], Padding::Explicit(sides));
    let described = Described { image, kernel: one, stride: one, dilation: one, padding };
    let Some(window) = windowed(scope, at, &described) else { return };
    let layout = result(&window, image[2], signal);
    let op = Op::from(Pad { window, value });
    let source = scope.layer(clean(at.output()), &at.op(), op, bound.source, &layout, scope.dtype(bound.source));
    let bound = scope.behind(at, Binding { layout, source, kind: bound.kind });
    scope.put(at, bound);
}
