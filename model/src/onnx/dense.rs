//! Gemm, MatMul, Add of a bias, QLinearMatMul and QGemm.

use super::constant::Constant;
use super::flow::{Flow, Kind, Pending, Shape, Sums, What};
use super::import::{At, Importer};
use super::layout::Layout;
use crate::error::clean;
use niello_net::{Codes, DType, Window};

/// Quantized constants: codes, and one scale and zero point, or one for each entry of an axis.
#[derive(Clone, Debug)]
pub(super) struct Quantized {
    pub(super) codes: Constant,
    pub(super) scales: Vec<f32>,
    pub(super) zeros: Vec<i64>,
    /// The axis that several scales belong to, if the file names one.
    pub(super) axis: Option<i64>,
}

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

/// A bias of this shape has one value for each output: a vector, or, beside a matrix, one row.
fn lies_in_rows(shape: &[usize], at: &At) -> bool {
    let row = shape.iter().rev().skip(1).all(|d| *d == 1);
    shape.len() <= 1 || (row && shape.len() == 2 && !at.node.op_type.ends_with("Conv"))
}

impl Quantized {
    /// What the codes stand for.
    fn reals(&self) -> Vec<f32> {
        let one =
            |(i, q): (usize, &i64)| (q - self.zeros[i % self.zeros.len()]) as f32 * self.scales[i % self.scales.len()];
        self.codes.ints.iter().enumerate().map(one).collect()
    }
}

impl Importer {
    /// Weights behind a DequantizeLinear of constants, at input `i`.
    pub(super) fn dequantized(&mut self, at: &At, i: usize) -> Option<Quantized> {
        let name = at.input(i).to_string();
        if let Some(q) = self.quantized.get(&name) {
            return Some(q.clone());
        }
        let source = self.producers.get(&name).cloned();
        let Some(source) = source.filter(|s| s.op_type == "DequantizeLinear") else {
            self.quantization(at, format!("weights `{}` are not dequantized constants", clean(&name)));
            return None;
        };
        let inner = At { node: &source, place: at.place.clone() };
        let axis = Some(inner.int("axis", 1));
        Some(Quantized { axis, ..self.quantized(&inner, 0, 1)? })
    }

    /// Weights at input `i`, with scale and zero point at `s` and `s + 1`.
    pub(super) fn quantized(&mut self, at: &At, i: usize, s: usize) -> Option<Quantized> {
        let Some(codes) = self.constants.get(at.input(i)).cloned() else {
            self.quantization(at, format!("weights `{}` are not constant", clean(at.input(i))));
            return None;
        };
        if codes.dtype.bits() != 8 {
            let (op, why) = (clean(&at.node.op_type), format!("weights of {}", codes.dtype.name()));
            self.unsupported(&at.place, &op, &why, "weights of int8 or uint8");
            return None;
        }
        let (scales, zeros, zero_type) = self.scale(at, s, s + 1)?;
        if !at.input(s + 1).is_empty() && zero_type != codes.dtype {
            self.inconsistent(at, format!("weights {} with a zero point {}", codes.dtype.name(), zero_type.name()));
            return None;
        }
        Some(Quantized { codes, scales, zeros, axis: None })
    }

    /// One scale for all, or one for each of the outputs, which `axis` counts.
    pub(super) fn fits_outputs(&mut self, at: &At, q: &Quantized, axis: i64, outputs: usize) -> Option<()> {
        let fits = |n: usize| n == 1 || n == outputs;
        let rank = q.codes.shape.len() as i64;
        let is_axis = |a: i64| (-rank..rank).contains(&a) && a.rem_euclid(rank) == axis;
        let on_axis = q.axis.is_none_or(is_axis) || q.scales.len() == 1;
        if outputs == 0 || !fits(q.scales.len()) || !fits(q.zeros.len()) || !on_axis {
            let (s, z) = (q.scales.len(), q.zeros.len());
            self.quantization(at, format!("{s} scales and {z} zero points for {outputs} outputs"));
            return None;
        }
        Some(())
    }

    fn matrix(&mut self, at: &At, q: Quantized, transposed: bool) -> Option<Weights> {
        let [a, b] = q.codes.shape[..] else {
            let (op, why) = (clean(&at.node.op_type), format!("weights of {:?}", q.codes.shape));
            self.unsupported(&at.place, &op, &why, "a matrix of weights");
            return None;
        };
        let (rows, columns) = if transposed { (a, b) } else { (b, a) };
        self.fits_outputs(at, &q, i64::from(!transposed), rows)?;
        if columns == 0 {
            self.inconsistent(at, "weights of no inputs");
            return None;
        }
        let mut values = by_rows(&q.codes.ints, rows, columns, transposed);
        for (i, v) in values.iter_mut().enumerate() {
            *v -= q.zeros[i / columns % q.zeros.len()];
        }
        Some(Weights { values, rows, columns, scales: q.scales })
    }

    /// The shape of the bias at input `i`, behind its DequantizeLinear or not. False: an error is noted.
    pub(super) fn bias_lies(&mut self, at: &At, i: usize) -> bool {
        let name = at.input(i);
        let codes = self.producers.get(name).and_then(|dq| self.constants.get(dq.input.first()?));
        let shape = self.constants.get(name).or(codes).map(|c| c.shape.clone());
        match shape.filter(|s| !lies_in_rows(s, at)) {
            Some(shape) => {
                self.inconsistent(at, format!("a bias of shape {shape:?}"));
                false
            }
            None => true,
        }
    }

    pub(super) fn gemm(&mut self, at: &At) {
        if at.int("transA", 0) != 0 {
            return self.unsupported(&at.place, "Gemm", "transA = 1", "transA = 0: samples are rows");
        }
        let Some((x, flow)) = self.operand(at, 0) else { return };
        let Some(w) = self.dequantized(at, 1) else { return };
        let Some(w) = self.matrix(at, w, at.int("transB", 0) != 0) else { return };
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
        let Some((flow, mut pending)) = self.product(at, x, flow, w, alpha) else { return };
        if !self.bias_lies(at, 2) {
            return;
        }
        if has_bias && !self.bias(at, 2, &mut pending) {
            return;
        }
        self.put(at, Flow { kind: Kind::Pending(Box::new(pending)), ..flow });
    }

    pub(super) fn matmul(&mut self, at: &At) {
        let Some((x, flow)) = self.operand(at, 0) else { return };
        let Some(w) = self.dequantized(at, 1) else { return };
        let Some(w) = self.matrix(at, w, false) else { return };
        let Some((flow, pending)) = self.product(at, x, flow, w, 1.0) else { return };
        self.put(at, Flow { kind: Kind::Pending(Box::new(pending)), ..flow });
    }

    /// A matrix times the sample, or times each of its rows.
    fn product(&mut self, at: &At, x: Codes, flow: Flow, w: Weights, alpha: f32) -> Option<(Flow, Pending)> {
        let op = clean(&at.node.op_type);
        let (times, columns) = match flow.layout.shape[..] {
            [columns] => (1, columns),
            [times, columns] if op.ends_with("MatMul") => (times, columns),
            _ => {
                let why = format!("a sample has shape {:?}", flow.layout.shape);
                self.unsupported(&at.place, &op, &why, "one vector a sample: put a Flatten before it");
                return None;
            }
        };
        if columns != w.columns {
            self.inconsistent(at, format!("{columns} inputs for weights of {} x {}", w.rows, w.columns));
            return None;
        }
        let (flow, weights, shape, result) = if times == 1 {
            // Weights follow the order in which the vector's elements come.
            let order = flow.layout.indices();
            let row = |r: usize| order.iter().map(move |i| r * columns + i);
            let weights = (0..w.rows).flat_map(row).map(|i| w.values[i]).collect();
            let rows: Vec<usize> = flow.layout.shape.iter().rev().skip(1).rev().copied().chain([w.rows]).collect();
            (flow, weights, Shape::Dense, Layout::plain(&rows))
        } else {
            let order = flow.layout.channels_first();
            let flow = self.arrange(flow, order);
            let window = self.window_of_rows(at, times, columns)?;
            (flow, w.values, Shape::Conv(window), Layout::plain(&[times, w.rows]))
        };
        let scales = w.scales.iter().map(|s| alpha * x.scale * s).collect();
        let (rows, bias, scaled_by_alpha) = (w.rows, None, alpha != 1.0);
        let in_blocks = flow.kept() && at.int("transB", 0) == 0;
        let (offset, reals) = (None, None);
        let sums =
            Sums { x_zero: x.zero, weights, bias, offset, reals, rows, scales, scaled_by_alpha, in_blocks, shape };
        let mut pending = self.pending(at, flow.source, What::Sums(sums));
        pending.float = flow.kept() || (flow.passed() && !matches!(flow.layout.shape[..], [_]));
        Some((Flow { layout: result, ..flow }, pending))
    }

    /// Rows of a matrix as the pixels of an image of one row.
    fn window_of_rows(&mut self, at: &At, times: usize, columns: usize) -> Option<Window> {
        let one = [1, 1];
        let padding = crate::window::Padding::Explicit([0; 4]);
        let image = [1, times, columns];
        self.windowed(at, &crate::window::Described { image, kernel: one, stride: one, dilation: one, padding })
    }

    /// An operator that waits for its scale.
    pub(super) fn pending(&self, at: &At, source: usize, what: What) -> Pending {
        let (name, op, inputs) = (clean(at.output()), clean(&at.node.op_type), vec![source]);
        let (lo, hi, kernel) = (f32::NEG_INFINITY, f32::INFINITY, self.kernel_types(at));
        Pending { name, op, inputs, what, lo, hi, float: false, kernel, bounds: None }
    }

    /// `Add` after a MatMul: a bias.
    pub(super) fn add_bias(&mut self, at: &At, sums: usize, bias: usize) {
        let Some(flow) = self.flow(at, sums) else { return };
        if let Kind::Pending(p) = &flow.kind {
            let free = p.lo == f32::NEG_INFINITY && p.hi == f32::INFINITY;
            if matches!(&p.what, What::Sums(s) if s.bias.is_none() && s.offset.is_none())
                && free
                && !self.flows.contains_key(at.input(bias))
            {
                let mut p = p.clone();
                if !self.lies_on_outputs(at, bias, &flow, &p) {
                    let why = "a constant is not one value for each output";
                    return self.unsupported(
                        &at.place,
                        "Add",
                        why,
                        "a bias of shape [channels, 1, 1], or [outputs] after MatMul",
                    );
                }
                // Behind a Conv it is no pattern of ONNX Runtime's.
                p.float |= matches!(&p.what, What::Sums(s) if !matches!(s.shape, Shape::Dense))
                    && self.channels_lead(&flow, &p);
                if self.bias(at, bias, &mut p) {
                    self.dequantized_bias(at, bias, &flow, &mut p);
                    self.put(at, Flow { kind: Kind::Pending(p), ..flow });
                }
                return;
            }
        }
        let why = "an operand is neither codes nor a bias";
        self.unsupported(&at.place, "Add", why, "Add of dequantized codes, or of a constant after MatMul");
    }

    /// The constant at input `i` broadcasts along the outputs, and along nothing else.
    fn lies_on_outputs(&self, at: &At, i: usize, flow: &Flow, p: &Pending) -> bool {
        let What::Sums(s) = &p.what else { return false };
        let name = at.input(i);
        let quantized = self.quantized.get(name).map(|q| &q.codes);
        let behind = self.producers.get(name).and_then(|dq| self.constants.get(dq.input.first()?));
        let Some(c) = self.constants.get(name).or(quantized).or(behind) else { return true };
        let rank = flow.layout.shape.len() + 1;
        let axis = match s.shape {
            Shape::Dense => rank - 1,
            // Rows of a matrix keep their order, images have their channels first.
            _ if flow.layout.is_plain() && flow.layout.shape.last() == Some(&s.rows) && rank == 3 => rank - 1,
            _ => 1,
        };
        let lead = rank.saturating_sub(c.shape.len());
        let fits = |(d, n): (usize, &usize)| if lead + d == axis { *n == s.rows } else { *n == 1 };
        c.shape.len() <= rank && c.shape.iter().enumerate().all(fits) && c.len() == s.rows
    }

    /// Adds the constant at input `i` to sums: int32 codes behind a DequantizeLinear, or floats, which ONNX Runtime rounds to
    /// codes (half to even). False: an error was reported.
    pub(super) fn bias(&mut self, at: &At, i: usize, p: &mut Pending) -> bool {
        let What::Sums(s) = &mut p.what else { return false };
        let rows = s.rows;
        let scale = |n: usize| s.scales[n % s.scales.len()];
        let name = at.input(i).to_string();
        let producer = self.producers.get(&name).cloned();
        let by_quant = self.quantized.get(&name).map(Quantized::reals);
        let floats = |v: &[f32]| -> Option<Vec<i64>> {
            let code = |(n, b): (usize, &f32)| {
                let v = (b / scale(n)).round_ties_even();
                (v.abs() < 2147483648.0).then_some(v as i64)
            };
            v.iter().enumerate().map(code).collect()
        };
        // What is no multiple of the sums' scales is added as a real.
        let own = by_quant.as_deref().or(self.constants.get(&name).map(|c| &c.floats[..])).unwrap_or_default();
        if self.is_qonnx && own.len() == rows && own.iter().enumerate().any(|(n, b)| (b / scale(n)).fract() != 0.0) {
            if own.iter().any(|b| !b.is_finite()) {
                self.quantization(at, format!("bias `{}` is not finite", clean(&name)));
                return false;
            }
            s.offset = Some(own.iter().map(|b| f64::from(*b)).collect());
            p.float = true;
            return true;
        }
        let bias: Option<Vec<i64>> = match (self.constants.get(&name), producer) {
            _ if by_quant.as_ref().is_some_and(|v| v.len() == rows) => floats(&by_quant.unwrap_or_default()),
            (Some(c), _) if c.dtype == DType::F32 && c.len() == rows => {
                // Rounded half to even, as ONNX Runtime's optimizer does; beyond 32 bits there is no such code.
                s.reals = (!self.is_qonnx).then(|| c.floats.clone());
                floats(&c.floats)
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
                p.float |= s.scaled_by_alpha;
                s.bias = Some(b);
                true
            }
            None => {
                let what = format!("bias `{}` is not {rows} constants of the products' scale", clean(&name));
                self.quantization(at, what);
                false
            }
        }
    }

    pub(super) fn qlinear_matmul(&mut self, at: &At) {
        let Some((x, flow)) = self.integer_operand(at, 0, 1) else { return };
        let Some(w) = self.weights_beside(at, x) else { return };
        let Some(w) = self.matrix(at, w, false) else { return };
        let Some((flow, pending)) = self.product(at, x, flow, w, 1.0) else { return };
        let Some(to) = self.codes(at, 6, 7) else { return };
        self.finish(at, pending, flow.layout, to);
    }

    /// Without an output scale the result is float.
    pub(super) fn qgemm(&mut self, at: &At) {
        let alpha = at.float("alpha", 1.0);
        if at.int("transA", 0) != 0 || !(alpha.is_finite() && alpha > 0.0) {
            return self.unsupported(&at.place, "QGemm", "transA = 1 or alpha <= 0", "transA = 0 and alpha > 0");
        }
        if at.input(7).is_empty() != at.input(8).is_empty() {
            let why = "its result has a scale or a zero point, and not both: ONNX Runtime gives floats";
            return self.unsupported(&at.place, "QGemm", why, "both, or none");
        }
        let Some((x, flow)) = self.integer_operand(at, 0, 1) else { return };
        let Some(w) = self.weights_beside(at, x) else { return };
        let Some(w) = self.matrix(at, w, at.int("transB", 0) != 0) else { return };
        let Some((flow, mut pending)) = self.product(at, x, flow, w, alpha) else { return };
        if !self.integer_bias(at, 6, &mut pending) {
            return;
        }
        if at.input(7).is_empty() {
            return self.put(at, Flow { kind: Kind::Pending(Box::new(pending)), ..flow });
        }
        let Some(to) = self.codes(at, 7, 8) else { return };
        self.finish(at, pending, flow.layout, to);
    }

    /// int32 constants at input `i`, if there is one.
    pub(super) fn integer_bias(&mut self, at: &At, i: usize, p: &mut Pending) -> bool {
        let What::Sums(s) = &mut p.what else { return false };
        match self.constants.get(at.input(i)) {
            Some(c) if c.dtype == DType::I32 && c.len() == s.rows && lies_in_rows(&c.shape, at) => {
                s.bias = Some(c.ints.clone())
            }
            None if at.input(i).is_empty() => {}
            None => {
                self.quantization(at, format!("bias `{}` is not constant", clean(at.input(i))));
                return false;
            }
            _ => {
                let what = format!("bias `{}` is not {} int32 constants", clean(at.input(i)), s.rows);
                self.inconsistent(at, what);
                return false;
            }
        }
        true
    }
}
