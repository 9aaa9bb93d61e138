//! Biases of sums: int32 codes, codes behind a DequantizeLinear, or reals.

use super::sums::Shape;
use crate::error::clean;
use crate::onnx::binding::{Binding, Kind, Pending, What};
use crate::onnx::constant::Quantized;
use crate::onnx::scope::{At, Scope};
use niello_net::DType;

/// A bias of this shape has one value for each output: a vector, or, beside a matrix, one row.
fn lies_in_rows(shape: &[usize], at: &At) -> bool {
    let row = shape.iter().rev().skip(1).all(|d| *d == 1);
    shape.len() <= 1 || (row && shape.len() == 2 && !at.node.op_type.ends_with("Conv"))
}

/// The shape of the bias at input `i`, behind its DequantizeLinear or not. False: an error is noted.
pub fn bias_lies(scope: &mut Scope, at: &At, i: usize) -> bool {
    let name = at.input(i);
    let codes = scope.producers.get(name).and_then(|dq| scope.constants.get(dq.input.first()?));
    let shape = scope.constants.get(name).or(codes).map(|c| c.shape.clone());
    match shape.filter(|s| !lies_in_rows(s, at)) {
        Some(shape) => {
            scope.inconsistent(at, format!("a bias of shape {shape:?}"));
            false
        }
        None => true,
    }
}

/// Adds the constant at input `i` to sums: int32 codes behind a DequantizeLinear, or floats, which ONNX Runtime rounds to
/// codes (half to even). False: an error was reported.
pub fn bias(scope: &mut Scope, at: &At, i: usize, p: &mut Pending) -> bool {
    let Pending { what: What::Sums(s), float, .. } = p else { return false };
    let rows = s.rows;
    let scale = |n: usize| s.scales[n % s.scales.len()];
    let name = at.input(i).to_string();
    let producer = scope.producers.get(&name).cloned();
    let by_quant = scope.quantized.get(&name).map(Quantized::reals);
    let floats = |v: &[f32]| -> Option<Vec<i64>> {
        let code = |(n, b): (usize, &f32)| {
            let v = (b / scale(n)).round_ties_even();
            (v.abs() < 2147483648.0).then_some(v as i64)
        };
        v.iter().enumerate().map(code).collect()
    };
    // What is no multiple of the sums' scales is added as a real.
    let own = by_quant.as_deref().or(scope.constants.get(&name).map(|c| &c.floats[..])).unwrap_or_default();
    if !scope.finds_patterns()
        && own.len() == rows
        && own.iter().enumerate().any(|(n, b)| (b / scale(n)).fract() != 0.0)
    {
        if own.iter().any(|b| !b.is_finite()) {
            scope.quantization(at, format!("bias `{}` is not finite", clean(&name)));
            return false;
        }
        s.offset = Some(own.iter().map(|b| f64::from(*b)).collect());
        *float = true;
        return true;
    }
    let bias: Option<Vec<i64>> = match (scope.constants.get(&name), producer) {
        _ if by_quant.as_ref().is_some_and(|v| v.len() == rows) => floats(&by_quant.unwrap_or_default()),
        (Some(c), _) if c.dtype == DType::F32 && c.len() == rows => {
            // Rounded half to even, as ONNX Runtime's optimizer does; beyond 32 bits there is no such code.
            s.reals = scope.finds_patterns().then(|| c.floats.clone());
            floats(&c.floats)
        }
        (None, Some(dq)) if dq.op_type == "DequantizeLinear" => {
            let inner = At { node: &dq, place: at.place.clone() };
            let own = scope.constants.get(inner.input(1)).map(|c| c.floats.clone()).unwrap_or_default();
            // The kernels ignore the bias's own scale: it must be that of the products.
            let near = |(n, b): (usize, &f32)| (b / scale(n) - 1.0).abs() < 1e-3;
            let agrees = !own.is_empty() && own.iter().enumerate().all(near);
            let codes = scope.constants.get(inner.input(0)).filter(|c| c.dtype == DType::I32 && c.len() == rows);
            codes.filter(|_| agrees).map(|c| c.ints.clone())
        }
        _ => None,
    };
    match bias {
        Some(b) => {
            // With alpha and a bias ONNX Runtime leaves the Gemm in float.
            *float |= s.scaled_by_alpha;
            s.bias = Some(b);
            true
        }
        None => {
            let what = format!("bias `{}` is not {rows} constants of the products' scale", clean(&name));
            scope.quantization(at, what);
            false
        }
    }
}

/// int32 constants at input `i`, if there is one.
pub fn integer_bias(scope: &mut Scope, at: &At, i: usize, p: &mut Pending) -> bool {
    let Some(s) = p.sums_mut() else { return false };
    match scope.constants.get(at.input(i)) {
        Some(c) if c.dtype == DType::I32 && c.len() == s.rows && lies_in_rows(&c.shape, at) => {
            s.bias = Some(c.ints.clone())
        }
        None if at.input(i).is_empty() => {}
        None => {
            scope.quantization(at, format!("bias `{}` is not constant", clean(at.input(i))));
            return false;
        }
        _ => {
            let what = format!("bias `{}` is not {} int32 constants", clean(at.input(i)), s.rows);
            scope.inconsistent(at, what);
            return false;
        }
    }
    true
}

/// `Add` of sums at operand `sums` and the constant at operand `i`: a bias.
pub fn add_bias(scope: &mut Scope, at: &At, sums: usize, i: usize) {
    let Some(bound) = scope.binding(at, sums) else { return };
    if let Kind::Pending(p) = &bound.kind {
        let open = p.sums().is_some_and(|s| s.bias.is_none() && s.offset.is_none());
        if open && p.is_free() && !scope.bindings.contains_key(at.input(i)) {
            let mut p = p.clone();
            if !lies_on_outputs(scope, at, i, &bound, &p) {
                let why = "a constant is not one value for each output";
                return scope.unsupported(
                    &at.place,
                    "Add",
                    why,
                    "a bias of shape [channels, 1, 1], or [outputs] after MatMul",
                );
            }
            // Behind a Conv it is no pattern of ONNX Runtime's.
            p.float |= p.sums().is_some_and(|s| !matches!(s.shape, Shape::Dense) && s.lead(&bound.layout));
            if bias(scope, at, i, &mut p) {
                dequantized_bias(scope, at, i, &bound, &mut p);
                scope.put(at, Binding { kind: Kind::Pending(p), ..bound });
            }
            return;
        }
    }
    let why = "an operand is neither codes nor a bias";
    scope.unsupported(&at.place, "Add", why, "Add of dequantized codes, or of a constant after MatMul");
}

/// The constant at input `i` broadcasts along the outputs, and along nothing else.
fn lies_on_outputs(scope: &Scope, at: &At, i: usize, bound: &Binding, p: &Pending) -> bool {
    let Some(s) = p.sums() else { return false };
    let name = at.input(i);
    let quantized = scope.quantized.get(name).map(|q| &q.codes);
    let behind = scope.producers.get(name).and_then(|dq| scope.constants.get(dq.input.first()?));
    let known = scope.constants.get(name).or(quantized).or(behind);
    known.is_none_or(|c| s.spans_outputs(&c.shape, &bound.layout) && c.len() == s.rows)
}

/// Of rows, ONNX Runtime dequantizes a bias of codes, and adds it to what has become float.
fn dequantized_bias(scope: &Scope, at: &At, i: usize, bound: &Binding, p: &mut Pending) {
    let is_matmul = p.op == "MatMul";
    let Some(s) = p.sums_mut() else { return };
    let scales = scope.producers.get(at.input(i)).and_then(|dq| scope.constants.get(dq.input.get(1)?));
    if let (Some(scales), Some(codes), true) = (scales, &s.bias, is_matmul && bound.layout.shape.len() > 1) {
        let real = |(n, b): (usize, &i64)| *b as f32 * scales.floats[n % scales.floats.len()];
        s.reals = Some(codes.iter().enumerate().map(real).collect());
    }
}
