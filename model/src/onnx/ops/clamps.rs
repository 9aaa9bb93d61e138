//! Relu and Clip.

use crate::onnx::binding::{Binding, Kind};
use crate::onnx::operator::{since, Operator};
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("Relu", &[since(7, (1, 1), "")], relu),
    Operator::onnx("Clip", &[since(7, (1, 1), "max:f min:f"), since(11, (1, 3), "")], clip).built("constant bounds"),
];

/// Clamp of reals. What waits keeps it until its scale is known.
fn clamp_reals(scope: &mut Scope, at: &At, low: f32, high: f32) {
    let Some(bound) = scope.binding(at, 0) else { return };
    let kind = match bound.kind {
        Kind::Pending(mut p) => {
            (p.lo, p.hi) = (p.lo.max(low).min(high), p.hi.min(high).max(low));
            Kind::Pending(p)
        }
        Kind::Real(r) => Kind::Real(r.then(at.op(), |v| v.max(low).min(high))),
        Kind::Plain(_) => return scope.never_quantized(at),
    };
    scope.put(at, Binding { kind, ..bound });
}

fn clip(scope: &mut Scope, at: &At) {
    let bound = |i: usize, attribute: &str, default: f32| match scope.constants.get(at.input(i)) {
        Some(c) if c.floats.len() == 1 => Some(c.floats[0]),
        None if at.input(i).is_empty() => Some(at.float(attribute, default)),
        _ => None,
    };
    match (bound(1, "min", f32::NEG_INFINITY), bound(2, "max", f32::INFINITY)) {
        (Some(lo), Some(hi)) if lo.is_nan() || hi.is_nan() => scope.quantization(at, "a bound is not a number"),
        (Some(lo), Some(hi)) if lo <= hi => clamp_reals(scope, at, lo, hi),
        _ => scope.unsupported(&at.place, "Clip", "its bounds are not ordered constants", "constant min and max"),
    }
}

fn relu(scope: &mut Scope, at: &At) {
    clamp_reals(scope, at, 0.0, f32::INFINITY);
}
