//! QONNX (Brevitas, QKeras): Quant, BipolarQuant, Trunc; codes of 1 to 16 bits. A Quant is quantizer and dequantizer in one.
//!
//! With scales that are powers of two this is what qonnx's executor computes, exactly. Otherwise the executor's own float sums decide,
//! and nodes are marked as computed in float.

use niello_gen::num::RealRounding;

use super::binding::{Binding, Kind, Pending, Real};
use super::constant::{Constant, Quantized};
use super::layout::Layout;
use super::operator::{since, Domain, Operator};
use super::proto::NodeProto;
use super::scope::{At, Scope};
use super::waiting::{Seen, Target};
use crate::error::clean;
use niello_net::host::{rounding, Quant};
use niello_net::layers::Table;
use niello_net::{Codes, DType, Op};

/// Most bits of a code.
const MOST_BITS: f32 = 16.0;
/// Most bits of a code that has a table.
const MOST_TABLE_BITS: u32 = 12;

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::of(Domain::Qonnx, "BipolarQuant", &[since(1, (2, 2), "")], bipolar_quant),
    Operator::of(Domain::Qonnx, "IntQuant", &[since(1, (4, 4), "narrow:i rounding_mode:s signed:i")], quant)
        .built("1 to 16 bits, constant scales"),
    Operator::of(Domain::Qonnx, "Quant", &[since(1, (4, 4), "narrow:i rounding_mode:s signed:i")], quant)
        .built("1 to 16 bits, constant scales"),
    Operator::of(Domain::Qonnx, "Trunc", &[since(1, (5, 7), "narrow:i rounding_mode:s signed:i")], trunc)
        .built("version 1, the scale of its operand"),
];

/// A Quant's parameters, and its scales where there are several.
struct Parameters {
    quant: Quant,
    scales: Vec<f32>,
    /// The axis of several scales.
    axis: Option<i64>,
    dtype: DType,
}

/// `(round(clamp(x / scale + zero)) - zero) * scale`.
fn quant(scope: &mut Scope, at: &At) {
    let Some(p) = parameters(scope, at) else { return };
    quantized_by(scope, at, p);
}

/// `x >= 0 ? scale : -scale`.
fn bipolar_quant(scope: &mut Scope, at: &At) {
    let Some((scales, axis)) = real_constants(scope, at, 1) else { return };
    let quant = Quant { scale: scales[0], zero: 0, bounds: (-1, 1), mode: RealRounding::Sign };
    quantized_by(scope, at, Parameters { quant, scales, axis, dtype: DType::Bits { bits: 2, signed: true } });
}

/// The code without its low bits, under the same scale.
fn trunc(scope: &mut Scope, at: &At) {
    let Some((_, bound)) = scope.operand(at, 0) else { return };
    let constant = |i: usize| scope.constants.get(at.input(i)).and_then(|c| c.floats.first().copied());
    let (scale, zero, from, to) = (constant(1), constant(2), constant(3), constant(4));
    let mode = rounding(&at.text("rounding_mode", "FLOOR"));
    let Kind::Real(r) = &bound.kind else { return };
    let (Some(scale), Some(0.0), Some(from), Some(to), Some(mode)) = (scale, zero, from, to, mode) else {
        return scope.unsupported(
            &at.place,
            "Trunc",
            "its parameters are not constant",
            "constant scale, zero point 0",
        );
    };
    let bits = |v: f32| v.fract() == 0.0 && (1.0..=32.0).contains(&v);
    if !bits(from) || !bits(to) || to > MOST_BITS || from < to || scale != r.codes.scale || at.node.input.len() > 5 {
        let nearest = "Trunc (version 1) with the scale of its operand, 1 to 16 bits";
        return scope.unsupported(&at.place, "Trunc", "another scale or width than its operand's", nearest);
    }
    let drop = 2f32.powf(from - to);
    let function = r
        .values()
        .into_iter()
        .map(|v| mode.apply(((v / scale).round_ties_even() / drop).into()) as f32 * scale)
        .collect();
    let real = Real { function: Some(("Trunc".into(), function)), ..Real::of(r.codes) };
    let dtype = DType::Bits { bits: (to as u8).min(16), signed: r.codes.dtype.signed() };
    let (lo, hi) = dtype.range();
    let quant = Quant { scale, zero: 0, bounds: (lo, hi), mode: RealRounding::HalfEven };
    let p = Parameters { quant, scales: vec![scale], axis: None, dtype };
    scope.put(at, Binding { kind: Kind::Real(real), ..bound });
    let node = NodeProto { input: vec![at.output().into()], ..at.node.clone() };
    quantized_by(scope, &At { node: &node, place: at.place.clone() }, p);
}

fn parameters(scope: &mut Scope, at: &At) -> Option<Parameters> {
    let (scales, axis) = real_constants(scope, at, 1)?;
    let single = |i: usize| scope.constants.get(at.input(i)).filter(|c| c.len() == 1).map(|c| c.reals()[0]);
    let (zero, bits) = (single(2), single(3));
    let mode = rounding(&at.text("rounding_mode", "ROUND"));
    let (signed, narrow) = (at.int("signed", 1) != 0, i64::from(at.int("narrow", 0) != 0));
    let (Some(zero), Some(bits), Some(mode)) = (zero, bits, mode) else {
        scope.quantization(at, "zero point, bit width or rounding mode is not one known constant");
        return None;
    };
    if zero.fract() != 0.0 || zero.abs() > 65535.0 || bits.fract() != 0.0 || !(1.0..=MOST_BITS).contains(&bits) {
        let why = format!("zero point {zero}, {bits} bits");
        scope.unsupported(&at.place, "Quant", &why, "whole zero points, 1 to 16 bits");
        return None;
    }
    let bits = bits as u8;
    if bits == 1 && signed {
        // Of one bit and a sign, qonnx makes -1 and 1.
        let quant = Quant { scale: scales[0], zero: 0, bounds: (-1, 1), mode: RealRounding::Sign };
        return Some(Parameters { quant, scales, axis, dtype: DType::Bits { bits: 2, signed } });
    }
    let dtype = DType::Bits { bits, signed };
    let (lo, hi) = dtype.range();
    let bounds = if signed { (lo + narrow, hi) } else { (lo, hi - narrow) };
    let quant = Quant { scale: scales[0], zero: zero as i64, bounds, mode };
    Some(Parameters { quant, scales, axis, dtype })
}

/// Positive reals at input `i`: one, or one for each entry of one axis.
fn real_constants(scope: &mut Scope, at: &At, i: usize) -> Option<(Vec<f32>, Option<i64>)> {
    let c = scope.constants.get(at.input(i)).cloned();
    let Some(c) = c.filter(|c| !c.floats.is_empty() && c.floats.iter().all(|s| s.is_finite() && *s > 0.0)) else {
        scope.quantization(at, format!("scale `{}` is not constant, positive and finite", clean(at.input(i))));
        return None;
    };
    let wide: Vec<usize> = (0..c.shape.len()).filter(|d| c.shape[*d] > 1).collect();
    match wide[..] {
        [] => Some((c.floats, None)),
        [axis] => Some((c.floats, Some(axis as i64))),
        _ => {
            scope.quantization(at, format!("scales of shape {:?}", c.shape));
            None
        }
    }
}

fn quantized_by(scope: &mut Scope, at: &At, p: Parameters) {
    if let Some(c) = scope.constants.get(at.input(0)).cloned() {
        return quantized_constant(scope, at, &c, &p);
    }
    if p.scales.len() > 1 {
        let why = "activations of several scales";
        return scope.unsupported(&at.place, "Quant", why, "one scale for all activations of a tensor");
    }
    let Some(bound) = scope.binding(at, 0) else { return };
    let q = p.quant;
    let codes = Codes { scale: q.scale, zero: q.zero, dtype: p.dtype };
    match bound.kind {
        Kind::Plain(DType::F32) => {
            scope.node_of(at, "Quant", Op::Quant(q), bound.source, bound.layout, codes);
        }
        Kind::Plain(_) => return scope.inconsistent(at, "codes are quantized again"),
        Kind::Real(r) if r.codes.dtype.bits() <= MOST_TABLE_BITS => {
            let table: Vec<i64> = r.values().into_iter().map(|v| q.code(v)).collect();
            let (lo, hi) = r.codes.dtype.range();
            if r.codes.dtype == p.dtype && (lo..=hi).eq(table.iter().copied()) {
                scope.put(at, Binding { layout: bound.layout, source: bound.source, kind: Kind::Plain(p.dtype) });
            } else {
                let kind = r.function.as_ref().map_or("Quant", |f| &f.0).to_string();
                scope.node_of(
                    at,
                    &kind,
                    Op::from(Table { lowest: lo, entries: table }),
                    bound.source,
                    bound.layout,
                    codes,
                );
            }
        }
        Kind::Real(_) => {
            let why = format!("codes of more than {MOST_TABLE_BITS} bits are quantized again");
            return scope.unsupported(&at.place, "Quant", &why, "fewer bits in front of it");
        }
        Kind::Pending(pending) => fuse(scope, at, *pending, bound.layout, &q, codes),
    }
    // A Quant's result is read as reals.
    if let Some(bound) = scope.bindings.get_mut(at.output()) {
        bound.kind = Kind::Real(Real::of(codes));
    }
}

/// Weights and biases: their codes, for whoever takes them.
fn quantized_constant(scope: &mut Scope, at: &At, c: &Constant, p: &Parameters) {
    if c.floats.is_empty() || p.axis.is_some_and(|a| c.shape.get(a as usize) != Some(&p.scales.len())) {
        return scope.inconsistent(at, format!("a constant of {:?} with {} scales", c.shape, p.scales.len()));
    }
    let count: usize = p.axis.map_or(1, |a| c.shape[a as usize + 1..].iter().product());
    let code = |(i, v): (usize, &f32)| {
        let scale = p.scales[i / count.max(1) % p.scales.len()];
        Quant { scale, ..p.quant }.code(*v)
    };
    let ints = c.floats.iter().enumerate().map(code).collect();
    let codes = Constant { shape: c.shape.clone(), dtype: DType::I32, ints, floats: Vec::new() };
    let q = Quantized { codes, scales: p.scales.clone(), zeros: vec![p.quant.zero], axis: p.axis };
    scope.quantized.insert(at.output().into(), q);
}

/// The operator that waited becomes a layer: its reals are rounded as the Quant says.
fn fuse(scope: &mut Scope, at: &At, p: Pending, layout: Layout, q: &Quant, codes: Codes) {
    if q.mode == RealRounding::Sign && !(p.sums().is_some() && p.is_free()) {
        let why = "the sign of something else than sums";
        return scope.unsupported(&at.place, &p.op, why, "BipolarQuant directly behind Conv, MatMul or Gemm");
    }
    if let Err((why, nearest)) = p.what.waiting().rounds(q.mode, q.zero) {
        return scope.unsupported(&at.place, "Quant", why, nearest);
    }
    // Its own bounds, and those of a Relu in front of it.
    let lo = if p.lo == f32::NEG_INFINITY { q.bounds.0 } else { q.code(p.lo) };
    let hi = if p.hi == f32::INFINITY { q.bounds.1 } else { q.code(p.hi) };
    let channels = layout.stored().last().map_or(1, |c| *c as u32);
    let (bounds, rounding, zero_inside, seen) = ((lo, hi), q.mode, true, Seen::Codes);
    let float = p.float || !p.what.waiting().is_exact(codes.scale, q.mode);
    scope.fuse(at, p, layout, &Target { codes, bounds, rounding, zero_inside, seen, channels }, float);
}
