//! Gemm, MatMul, Add of a bias, QLinearMatMul and QGemm.

use niello_gen::num::Scale;

use super::constant::Constant;
use super::import::{At, Importer, Kind, Sums};
use crate::error::clean;
use crate::graph::{DType, Dense, Node, Op, Recode, Value};

/// A quantized weight matrix: rows are outputs, zero points are subtracted.
struct Weights {
    values: Vec<i64>,
    rows: usize,
    columns: usize,
    scales: Vec<f32>,
}

/// `values[k][n]` or, transposed, `values[n][k]`, to row-major `[n][k]`.
fn by_rows(values: &[i64], rows: usize, columns: usize, transposed: bool) -> Vec<i64> {
    if transposed {
        return values.to_vec();
    }
    (0..rows).flat_map(|n| (0..columns).map(move |k| values[k * rows + n])).collect()
}

impl Importer {
    /// Weights from constants: the codes at `w`, their scale and zero point at `s` and `z` of `at`.
    fn weights(
        &mut self,
        at: &At,
        codes: &Constant,
        scales: Vec<f32>,
        zeros: &[i64],
        transposed: bool,
    ) -> Option<Weights> {
        let ([a, b], 8) = (&codes.shape[..], codes.dtype.bits()) else {
            self.inconsistent(at, format!("weights {} of {:?}", codes.dtype.name(), codes.shape));
            return None;
        };
        let (rows, columns) = if transposed { (*a, *b) } else { (*b, *a) };
        let fits = |n: usize| n == 1 || n == rows;
        if rows == 0 || columns == 0 || !fits(scales.len()) || !fits(zeros.len()) {
            self.quantization(
                at,
                format!("{} scales and {} zero points for {rows} outputs", scales.len(), zeros.len()),
            );
            return None;
        }
        let mut values = by_rows(&codes.ints, rows, columns, transposed);
        for (i, v) in values.iter_mut().enumerate() {
            *v -= zeros[i / columns % zeros.len()];
        }
        Some(Weights { values, rows, columns, scales })
    }

    /// Weights behind a DequantizeLinear of constants, at input `i`.
    fn dequantized_weights(&mut self, at: &At, i: usize, transposed: bool) -> Option<Weights> {
        let name = at.input(i).to_string();
        let source = self.producers.get(&name).cloned();
        let Some(source) = source.filter(|s| s.op_type == "DequantizeLinear") else {
            self.quantization(at, format!("weights `{}` are not dequantized constants", clean(&name)));
            return None;
        };
        let inner = At { node: &source, place: at.place.clone() };
        let Some(codes) = self.constants.get(inner.input(0)).cloned() else {
            self.quantization(at, format!("weights `{}` are not constant", clean(inner.input(0))));
            return None;
        };
        let (scales, zeros, _) = self.scale(&inner, 1, 2)?;
        self.weights(at, &codes, scales, &zeros, transposed)
    }

    /// Codes of the activation at input 0, which must be unclamped reals.
    fn activation(&mut self, at: &At) -> Option<(crate::ops::Codes, usize)> {
        let flow = self.flow(at, 0)?;
        let elements = flow.shape.iter().product();
        match flow.kind {
            Kind::Real { codes, lo, hi } if lo == f32::NEG_INFINITY && hi == f32::INFINITY => {
                if flow.shape.len() != 1 {
                    let op = clean(&at.node.op_type);
                    self.unsupported(
                        &at.place,
                        &op,
                        &format!("a sample has shape {:?}", flow.shape),
                        "one vector a sample: put a Flatten before it",
                    );
                    return None;
                }
                Some((codes, elements))
            }
            Kind::Real { .. } => {
                self.unsupported(
                    &at.place,
                    "Relu or Clip",
                    "its result is never quantized",
                    "a QuantizeLinear after it",
                );
                None
            }
            _ => {
                self.quantization(at, "its input is not dequantized codes");
                None
            }
        }
    }

    pub(super) fn gemm(&mut self, at: &At) {
        if at.int("transA", 0) != 0 {
            return self.unsupported(&at.place, "Gemm", "transA = 1", "transA = 0: samples are rows");
        }
        let Some((x, columns)) = self.activation(at) else { return };
        let Some(w) = self.dequantized_weights(at, 1, at.int("transB", 0) != 0) else { return };
        let (alpha, beta) = (at.float("alpha", 1.0), at.float("beta", 1.0));
        let has_bias = !at.input(2).is_empty();
        if !(alpha.is_finite() && alpha > 0.0) || (has_bias && beta != 1.0) {
            return self.unsupported(
                &at.place,
                "Gemm",
                &format!("alpha = {alpha}, beta = {beta}"),
                "alpha > 0 and beta = 1",
            );
        }
        self.sums(at, x, columns, w, alpha);
        if has_bias {
            self.bias(at, 2);
        }
    }

    pub(super) fn matmul(&mut self, at: &At) {
        let Some((x, columns)) = self.activation(at) else { return };
        let Some(w) = self.dequantized_weights(at, 1, false) else { return };
        self.sums(at, x, columns, w, 1.0);
    }

    fn sums(&mut self, at: &At, x: crate::ops::Codes, columns: usize, w: Weights, alpha: f32) {
        if columns != w.columns {
            return self.inconsistent(at, format!("{columns} inputs for weights of {} x {}", w.rows, w.columns));
        }
        let scales = w.scales.iter().map(|s| alpha * x.scale * s).collect();
        let sums = Sums {
            name: clean(at.output()),
            op: clean(&at.node.op_type),
            x_zero: x.zero,
            weights: w.values,
            bias: None,
            rows: w.rows,
            scales,
            lo: f32::NEG_INFINITY,
            hi: f32::INFINITY,
            float_in_framework: false,
            scaled_by_alpha: alpha != 1.0,
        };
        self.put(at, vec![w.rows], Kind::Sums(sums));
    }

    /// `Add` after a MatMul: a bias.
    pub(super) fn add_bias(&mut self, at: &At) {
        let first = self.flows.contains_key(at.input(0));
        let (sums, bias) = if first { (0, 1) } else { (1, 0) };
        let Some(flow) = self.flow(at, sums) else { return };
        match &flow.kind {
            Kind::Sums(s) if s.bias.is_none() && s.lo == f32::NEG_INFINITY && s.hi == f32::INFINITY => {
                self.put(at, flow.shape, flow.kind);
                self.bias(at, bias);
            }
            _ => self.unsupported(
                &at.place,
                "Add",
                "it adds something else than a bias to a product",
                "Add of a constant after MatMul",
            ),
        }
    }

    /// Adds the constant at input `i` to the sums at this node's output: int32 codes behind a DequantizeLinear,
    /// or floats, which ONNX Runtime rounds to codes (half to even).
    fn bias(&mut self, at: &At, i: usize) {
        let Some(mut flow) = self.flows.get(at.output()).cloned() else { return };
        let Kind::Sums(s) = &mut flow.kind else { return };
        let rows = s.rows;
        let scale = |n: usize| s.scales[n % s.scales.len()];
        let name = at.input(i).to_string();
        let producer = self.producers.get(&name).cloned();
        let bias: Option<Vec<i64>> = match (self.constants.get(&name), producer) {
            (Some(c), _) if c.dtype == DType::F32 && c.len() == rows => {
                // Rounded half to even, as ONNX Runtime's optimizer does; beyond 32 bits there is no such code.
                let code = |(n, b): (usize, &f32)| {
                    let v = (b / scale(n)).round_ties_even();
                    (v.abs() < 2147483648.0).then_some(v as i64)
                };
                c.floats.iter().enumerate().map(code).collect()
            }
            (None, Some(dq)) if dq.op_type == "DequantizeLinear" => {
                let inner = At { node: &dq, place: at.place.clone() };
                let own = self.constants.get(inner.input(1)).map(|c| c.floats.clone()).unwrap_or_default();
                // The kernels ignore the bias's own scale: it must be that of the products.
                let near = |(n, b): (usize, &f32)| (b / scale(n) - 1.0).abs() < 1e-3;
                let agrees = !own.is_empty() && own.iter().enumerate().all(near);
                let codes = self.constants.get(inner.input(0)).filter(|c| c.dtype == DType::I32 && c.len() == rows);
                codes.filter(|_| agrees).map(|c| c.ints.clone())
            }
            _ => None,
        };
        match bias {
            Some(b) => {
                // With alpha and a bias ONNX Runtime leaves the Gemm in float.
                s.float_in_framework |= s.scaled_by_alpha;
                s.bias = Some(b);
                self.flows.insert(at.output().into(), flow);
            }
            None => {
                self.quantization(at, format!("bias `{}` is not {rows} constants of the products' scale", clean(&name)))
            }
        }
    }

    /// Integer codes at input `i` with scale and zero point at `s` and `z`.
    fn integer_input(&mut self, at: &At) -> Option<(crate::ops::Codes, usize)> {
        let flow = self.flow(at, 0)?;
        let codes = self.codes(at, 1, 2)?;
        if !matches!(flow.kind, Kind::Plain(d) if d == codes.dtype) || flow.shape.len() != 1 {
            self.inconsistent(at, format!("its input is not a vector of {}", codes.dtype.name()));
            return None;
        }
        Some((codes, flow.shape[0]))
    }

    /// Quantized weights given as inputs 3, 4, 5.
    fn integer_weights(&mut self, at: &At, transposed: bool) -> Option<Weights> {
        let Some(codes) = self.constants.get(at.input(3)).cloned() else {
            self.quantization(at, format!("weights `{}` are not constant", clean(at.input(3))));
            return None;
        };
        let (scales, zeros, _) = self.scale(at, 4, 5)?;
        self.weights(at, &codes, scales, &zeros, transposed)
    }

    pub(super) fn qlinear_matmul(&mut self, at: &At) {
        let Some((x, columns)) = self.integer_input(at) else { return };
        let Some(w) = self.integer_weights(at, false) else { return };
        self.integer_dense(at, x, columns, w, 1.0, None, 6);
    }

    pub(super) fn qgemm(&mut self, at: &At) {
        if at.int("transA", 0) != 0 {
            return self.unsupported(&at.place, "QGemm", "transA = 1", "transA = 0: samples are rows");
        }
        let Some((x, columns)) = self.integer_input(at) else { return };
        let Some(w) = self.integer_weights(at, at.int("transB", 0) != 0) else { return };
        let bias = match self.constants.get(at.input(6)) {
            Some(c) if c.dtype == DType::I32 && c.len() == w.rows => Some(c.ints.clone()),
            None if at.input(6).is_empty() => None,
            _ => {
                return self
                    .inconsistent(at, format!("bias `{}` is not {} int32 constants", clean(at.input(6)), w.rows))
            }
        };
        self.integer_dense(at, x, columns, w, at.float("alpha", 1.0), bias, 7);
    }

    /// A quantized product; the output's scale and zero point are inputs `y` and `y + 1`, or missing for a
    /// float result.
    #[allow(clippy::too_many_arguments)]
    fn integer_dense(
        &mut self,
        at: &At,
        x: crate::ops::Codes,
        columns: usize,
        w: Weights,
        alpha: f32,
        bias: Option<Vec<i64>>,
        y: usize,
    ) {
        if columns != w.columns || !(alpha.is_finite() && alpha > 0.0) {
            return self.inconsistent(
                at,
                format!("{columns} inputs for weights of {} x {}, alpha {alpha}", w.rows, w.columns),
            );
        }
        let rows = w.rows;
        if at.input(y).is_empty() {
            self.sums(at, x, columns, w, alpha);
            if let Some(flow) = self.flows.get_mut(at.output()) {
                if let Kind::Sums(s) = &mut flow.kind {
                    s.bias = bias;
                }
            }
            return;
        }
        let Some(to) = self.codes(at, y, y + 1) else { return };
        let (min, max) = to.dtype.range();
        let scales = w.scales.iter().map(|s| Scale::Float32HalfEven(alpha * x.scale * s / to.scale)).collect();
        let recode = Some(Recode { scales, zero_point: to.zero, min, max });
        let bias = bias.unwrap_or_else(|| vec![0; rows]);
        let op = Op::Dense(Dense { x_zero: x.zero, weights: w.values, bias, recode });
        let output = Value { name: clean(at.output()), shape: vec![rows], dtype: to.dtype };
        let (name, kind) = (output.name.clone(), clean(&at.node.op_type));
        let inputs = vec![self.nodes.len()];
        self.nodes.push(Node { name, kind, op, inputs, output, float_in_framework: false });
        self.put(at, vec![rows], Kind::Plain(to.dtype));
    }
}
