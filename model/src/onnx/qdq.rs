//! QDQ: QuantizeLinear and DequantizeLinear around float operators. Reals become codes and codes reals; what waits for a scale gets it,
//! as ONNX Runtime's patterns say.

use super::binding::{Binding, Kind, Pending, Real};
use super::constant::Constant;
use super::kernels::{has_no_kernel, seen};
use super::layout::Layout;
use super::names::{self, INT32};
use super::operator::{since, Operands, Operator};
use super::parts::sums::Sums;
use super::scope::{At, Scope};
use super::waiting::Target;
use crate::error::{clean, ModelError};
use niello_gen::num::RealRounding;
use niello_net::host::{quantize, FloatRounding};
use niello_net::layers::Table;
use niello_net::{Codes, DType, Op};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx(
        "DequantizeLinear",
        &[
            since(10, (2, 3), ""),
            since(13, (2, 3), "axis:i"),
            since(21, (2, 3), "axis:i block_size:i"),
            since(23, (2, 3), "axis:i block_size:i output_dtype:i"),
        ],
        dequantize_linear,
    )
    .settings(&[("block_size", &[0]), ("output_dtype", &[0, 1])])
    .check(zero_point),
    Operator::onnx(
        "QuantizeLinear",
        &[
            since(10, (2, 3), ""),
            since(13, (2, 3), "axis:i"),
            since(19, (2, 3), "axis:i saturate:i"),
            since(21, (2, 3), "axis:i block_size:i output_dtype:i saturate:i"),
            since(23, (2, 3), "axis:i block_size:i output_dtype:i precision:i saturate:i"),
        ],
        quantize_linear,
    )
    .settings(&[("block_size", &[0]), ("precision", &[0, 1]), ("output_dtype", &[0, 2, 3])])
    .check(are_vectors),
    Operator::microsoft("DequantizeLinear", &[since(1, (2, 3), "axis:i")], dequantize_linear)
        .settings(&[("block_size", &[0]), ("output_dtype", &[0, 1])])
        .check(zero_point),
    Operator::microsoft("QuantizeLinear", &[since(1, (2, 3), "axis:i")], quantize_linear)
        .settings(&[("block_size", &[0]), ("precision", &[0, 1]), ("output_dtype", &[0, 2, 3])])
        .check(are_vectors),
];

/// Reals become codes.
fn quantize_linear(scope: &mut Scope, at: &At) {
    let Some(bound) = scope.binding(at, 0) else { return };
    let Some(to) = scope.codes(at, 1, 2) else { return };
    match bound.kind {
        Kind::Plain(DType::F32) => {
            let op = Op::Quantize { scale: to.scale, zero: to.zero, rounding: FloatRounding::HalfEven };
            scope.node_of(at, "QuantizeLinear", op, bound.source, bound.layout, to);
        }
        Kind::Plain(_) => scope.inconsistent(at, "codes are quantized again"),
        Kind::Real(r) => function(scope, at, &r, bound.source, bound.layout, to),
        Kind::Pending(p) => fuse(scope, at, *p, bound.layout, to),
    }
}

/// Codes of a function of codes; the codes themselves, where nothing changes.
pub fn function(scope: &mut Scope, at: &At, r: &Real, source: usize, layout: Layout, to: Codes) {
    let code = |v: f32| quantize(v, to.scale, to.zero, FloatRounding::HalfEven, to.dtype);
    let table: Vec<i64> = r.values().into_iter().map(code).collect();
    let (lo, hi) = r.codes.dtype.range();
    if r.codes.dtype == to.dtype && (lo..=hi).eq(table.iter().copied()) {
        // The same codes: nothing is computed.
        return scope.put(at, Binding { layout, source, kind: Kind::Plain(to.dtype) });
    }
    if r.function.is_none() && !r.passed {
        let why = "codes of one scale become codes of another: ONNX Runtime joins the two pairs of quantizers into other ones";
        return scope.unsupported(&at.place, "QuantizeLinear", why, "one scale and zero point for both pairs");
    }
    let kind = r.function.as_ref().map_or("QuantizeLinear", |f| &f.0).to_string();
    scope.node_of(at, &kind, Op::from(Table { lowest: lo, entries: table }), source, layout, to);
}

/// The operator that waited becomes a layer, as ONNX Runtime computes it: on codes, where it finds a pattern with a kernel.
fn fuse(scope: &mut Scope, at: &At, mut p: Pending, layout: Layout, codes: Codes) {
    let (least, most) = codes.dtype.range();
    let code = |v: f32| quantize(v, codes.scale, codes.zero, FloatRounding::HalfEven, codes.dtype);
    p.float |= has_no_kernel(scope, &p, at, codes.dtype);
    // Behind a matrix times rows the bias is added in float; where all shapes are known both become a Gemm.
    if p.op == "MatMul" && layout.shape.len() > 1 && !scope.known_batch {
        p.float |= p.sums_mut().is_some_and(Sums::add_reals);
    }
    let min = if p.lo == f32::NEG_INFINITY { least } else { code(p.lo) };
    let max = if p.hi == f32::INFINITY { most } else { code(p.hi) };
    // A clamp that saturation does anyway is fused; any other one makes it float.
    let clamped = min > least || max < most;
    let seen = seen(scope, &p, at, codes.dtype, clamped);
    let channels = layout.stored().last().map_or(1, |c| *c as u32);
    let (bounds, rounding, zero_inside) = ((min, max), RealRounding::HalfEven, false);
    let float = p.float || clamped;
    scope.fuse(at, p, layout, &Target { codes, bounds, rounding, zero_inside, seen, channels }, float);
}

/// Codes become reals. Weights and biases are read where they are used.
fn dequantize_linear(scope: &mut Scope, at: &At) {
    if scope.constants.contains_key(at.input(0)) {
        return;
    }
    let Some(bound) = scope.binding(at, 0) else { return };
    let Some(mut codes) = scope.codes(at, 1, 2) else { return };
    // Without a zero point the type is that of the codes themselves.
    if let (true, Kind::Plain(d)) = (at.input(2).is_empty(), &bound.kind) {
        codes.dtype = *d;
    }
    if !matches!(bound.kind, Kind::Plain(d) if d == codes.dtype) {
        return scope.inconsistent(at, "it does not take codes of its zero point's type");
    }
    scope.put(at, Binding { kind: Kind::Real(Real::of(codes)), ..bound });
}

/// Scales and zero points are scalars or vectors.
fn are_vectors(o: &Operands) -> Result<(), ModelError> {
    match [1, 2].into_iter().filter_map(|k| o.constant(k)).find(|t| t.dims.len() > 1) {
        Some(t) => o.refuse(format!(
            "scale or zero point `{}` of shape {:?}: a scalar or a vector is one",
            clean(&t.name),
            t.dims
        )),
        None => Ok(()),
    }
}

/// The zero point is of the codes' type; that of sums is 0: kernels look at none, and the operator's definition allows no other.
fn zero_point(o: &Operands) -> Result<(), ModelError> {
    are_vectors(o)?;
    let Some(codes) = o.constant(0) else { return Ok(()) };
    let zero = match (o.constant(2), o.node.input.get(2)) {
        (Some(zero), _) => zero,
        (None, Some(name)) if !name.is_empty() => {
            return o.refuse(format!("zero point `{}` is not constant", clean(name)));
        }
        _ => return Ok(()),
    };
    if codes.data_type != zero.data_type {
        let (codes, zero) = (names::dtype(codes.data_type), names::dtype(zero.data_type));
        return o.contradicts(format!("codes of {codes} with a zero point of {zero}"));
    }
    let values = Constant::read(zero).map(|z| z.ints).unwrap_or_default();
    match values.into_iter().find(|z| *z != 0) {
        Some(z) if codes.data_type == INT32 => {
            o.refuse(format!("zero point {z} of int32 codes `{}`: it must be 0", clean(&codes.name)))
        }
        _ => Ok(()),
    }
}
