//! Constant weights: codes with their scales, as rows of a matrix.

use crate::error::clean;
use crate::onnx::constant::Quantized;
use crate::onnx::scope::{At, Scope};
use niello_net::{Codes, DType};

/// A quantized weight matrix: rows are outputs, zero points are subtracted.
pub struct Weights {
    /// Codes without zero points.
    pub values: Vec<i64>,
    /// Outputs.
    pub rows: usize,
    /// Inputs.
    pub columns: usize,
    /// One for all, or one for each output.
    pub scales: Vec<f32>,
}

/// `values[k][n]` or, transposed, `values[n][k]`, to row-major `[n][k]`.
fn by_rows(values: &[i64], rows: usize, columns: usize, transposed: bool) -> Vec<i64> {
    if transposed {
        return values.to_vec();
    }
    (0..rows).flat_map(|n| (0..columns).map(move |k| values[k * rows + n])).collect()
}

/// Weights behind a DequantizeLinear of constants, at input `i`.
pub fn dequantized(scope: &mut Scope, at: &At, i: usize) -> Option<Quantized> {
    let name = at.input(i).to_string();
    if let Some(q) = scope.quantized.get(&name) {
        return Some(q.clone());
    }
    let source = scope.producers.get(&name).cloned();
    let Some(source) = source.filter(|s| s.op_type == "DequantizeLinear") else {
        scope.quantization(at, format!("weights `{}` are not dequantized constants", clean(&name)));
        return None;
    };
    let inner = At { node: &source, place: at.place.clone() };
    let axis = Some(inner.int("axis", 1));
    Some(Quantized { axis, ..constant_codes(scope, &inner, 0, 1)? })
}

/// Weights at input `i`, with scale and zero point at `s` and `s + 1`.
pub fn constant_codes(scope: &mut Scope, at: &At, i: usize, s: usize) -> Option<Quantized> {
    let Some(codes) = scope.constants.get(at.input(i)).cloned() else {
        scope.quantization(at, format!("weights `{}` are not constant", clean(at.input(i))));
        return None;
    };
    if codes.dtype.bits() != 8 {
        let why = format!("weights of {}", codes.dtype.name());
        scope.refuse(at, &why, "weights of int8 or uint8");
        return None;
    }
    let (scales, zeros, zero_type) = scope.scale(at, s, s + 1)?;
    if !at.input(s + 1).is_empty() && zero_type != codes.dtype {
        scope.inconsistent(at, format!("weights {} with a zero point {}", codes.dtype.name(), zero_type.name()));
        return None;
    }
    Some(Quantized { codes, scales, zeros, axis: None })
}

/// One scale for all, or one for each of the outputs, which `axis` counts.
pub fn fits_outputs(scope: &mut Scope, at: &At, q: &Quantized, axis: i64, outputs: usize) -> Option<()> {
    let fits = |n: usize| n == 1 || n == outputs;
    let rank = q.codes.shape.len() as i64;
    let is_axis = |a: i64| (-rank..rank).contains(&a) && a.rem_euclid(rank) == axis;
    let on_axis = q.axis.is_none_or(is_axis) || q.scales.len() == 1;
    if outputs == 0 || !fits(q.scales.len()) || !fits(q.zeros.len()) || !on_axis {
        let (s, z) = (q.scales.len(), q.zeros.len());
        scope.quantization(at, format!("{s} scales and {z} zero points for {outputs} outputs"));
        return None;
    }
    Some(())
}

/// The matrix that they are, transposed or not.
pub fn matrix(scope: &mut Scope, at: &At, q: Quantized, transposed: bool) -> Option<Weights> {
    let [a, b] = q.codes.shape[..] else {
        let why = format!("weights of {:?}", q.codes.shape);
        scope.refuse(at, &why, "a matrix of weights");
        return None;
    };
    let (rows, columns) = if transposed { (a, b) } else { (b, a) };
    fits_outputs(scope, at, &q, i64::from(!transposed), rows)?;
    if columns == 0 {
        scope.inconsistent(at, "weights of no inputs");
        return None;
    }
    let mut values = by_rows(&q.codes.ints, rows, columns, transposed);
    for (i, v) in values.iter_mut().enumerate() {
        *v -= q.zeros[i / columns % q.zeros.len()];
    }
    Some(Weights { values, rows, columns, scales: q.scales })
}

/// The weights of an integer operator that takes codes `x`. ONNX Runtime has no kernels of int8 with uint8.
pub fn weights_beside(scope: &mut Scope, at: &At, x: Codes) -> Option<Quantized> {
    let w = constant_codes(scope, at, 3, 4)?;
    if x.dtype == DType::I8 && w.codes.dtype == DType::U8 {
        scope.refuse(at, "int8 activations with uint8 weights", "int8 weights, or uint8 activations");
        return None;
    }
    Some(w)
}
