//! QuantizeLinear and DequantizeLinear: where reals and codes meet, and what waits for a scale gets it.

use niello_gen::num::{RealRounding, Scale};

use super::flow::{reals, Flow, Kind, Pending, Real, Shape, Sums, What};
use super::import::{At, Importer};
use super::kernels::no_products;
use super::layout::Layout;
use crate::error::clean;
use niello_net::host::{quantize, FloatRounding};
use niello_net::layers::{
    Concat, Conv, Dense, Depthwise, FloatAdd, FloatMean, FloatMul, Grouped, Pairing, Pool, Table,
};
use niello_net::{Codes, DType, Node, Op, Recode, Value};

impl Importer {
    pub(super) fn quantize(&mut self, at: &At) {
        let Some(flow) = self.flow(at, 0) else { return };
        let Some(to) = self.codes(at, 1, 2) else { return };
        match flow.kind {
            Kind::Plain(DType::F32) => {
                let op = Op::Quantize { scale: to.scale, zero: to.zero, rounding: FloatRounding::HalfEven };
                self.node_of(at, "QuantizeLinear", op, flow.source, flow.layout, to);
            }
            Kind::Plain(_) => self.inconsistent(at, "codes are quantized again"),
            Kind::Real(r) => self.function(at, &r, flow.source, flow.layout, to),
            Kind::Pending(p) => self.finish(at, *p, flow.layout, to),
        }
    }

    /// Codes of a function of codes; the codes themselves, where nothing changes.
    pub(super) fn function(&mut self, at: &At, r: &Real, source: usize, layout: Layout, to: Codes) {
        let code = |v: f32| quantize(v, to.scale, to.zero, FloatRounding::HalfEven, to.dtype);
        let table: Vec<i64> = r.values().into_iter().map(code).collect();
        let (lo, hi) = r.codes.dtype.range();
        if r.codes.dtype == to.dtype && (lo..=hi).eq(table.iter().copied()) {
            // The same codes: nothing is computed.
            return self.put(at, Flow { layout, source, kind: Kind::Plain(to.dtype) });
        }
        if r.function.is_none() && !r.passed {
            let why = "codes of one scale become codes of another: ONNX Runtime joins the two pairs of quantizers into other ones";
            return self.unsupported(&at.place, "QuantizeLinear", why, "one scale and zero point for both pairs");
        }
        let kind = r.function.as_ref().map_or("QuantizeLinear", |f| &f.0).to_string();
        self.node_of(at, &kind, Op::from(Table { lowest: lo, entries: table }), source, layout, to);
    }

    /// A node of one operand, named after this one's output.
    pub(super) fn node_of(&mut self, at: &At, kind: &str, op: Op, source: usize, layout: Layout, to: Codes) {
        let output = Value { name: clean(at.output()), shape: layout.stored(), dtype: to.dtype };
        let (name, kind, inputs) = (output.name.clone(), kind.to_string(), vec![source]);
        let source = self.push(Node { name, kind, op, inputs, output, float_in_framework: false });
        self.put(at, Flow { layout, source, kind: Kind::Plain(to.dtype) });
    }

    /// The operator that waited becomes a node.
    pub(super) fn finish(&mut self, at: &At, mut p: Pending, layout: Layout, to: Codes) {
        let (type_lo, type_hi) = to.dtype.range();
        let code = |v: f32| quantize(v, to.scale, to.zero, FloatRounding::HalfEven, to.dtype);
        p.float |= !self.is_qonnx && self.has_no_kernel(&p, at, to.dtype);
        // Behind a matrix times rows ONNX Runtime adds the bias in float.
        if let (true, What::Sums(s)) = (!self.is_qonnx && p.op == "MatMul" && layout.shape.len() > 1, &mut p.what) {
            p.float |= s.add_reals();
        }
        let (least, most) = p.bounds.unwrap_or((type_lo, type_hi));
        let min = if p.lo == f32::NEG_INFINITY { least } else { code(p.lo) };
        let max = if p.hi == f32::INFINITY { most } else { code(p.hi) };
        // ONNX Runtime fuses a clamp that saturation does anyway; any other makes it compute in float.
        let clamped = p.bounds.is_none() && (min > type_lo || max < type_hi);
        let seen = self.seen(&p, at, to.dtype, clamped);
        let float_in_framework = p.float || clamped;
        let recode = |scales: Vec<Scale>| Recode { scales, zero_point: to.zero, min, max };
        let ratios = |s: &Sums| match s.offset {
            None => s.scales.iter().map(|v| Scale::Float32HalfEven(v / to.scale)).collect(),
            Some(_) => s.affine(to.scale, 0, RealRounding::HalfEven),
        };
        let channels = layout.stored().last().map_or(1, |c| *c as u32);
        let op = match p.what {
            What::Sums(s) => {
                let r = recode(ratios(&s));
                weighted(s, Some(r))
            }
            What::Sum(operands) => {
                Pairing::FloatAdd(seen.sum(FloatAdd::new(operands, to, (min, max)))).of_tensors(channels)
            }
            What::Product(operands) => {
                Pairing::FloatMul(FloatMul { shift: seen.shift(to), ..FloatMul::new(operands, to, (min, max)) })
                    .of_tensors(channels)
            }
            What::Scalar(s) => s.table(to, (min, max), seen),
            What::Beside(b) => b.op(to, (min, max), seen, channels),
            What::Concat(operands) => {
                for ((codes, _), source) in operands.iter().zip(&mut p.inputs) {
                    *source = self.recoded(*source, *codes, to, (min, max));
                }
                Op::from(Concat { channels: operands.iter().map(|o| o.1).collect() })
            }
            What::Mean(x, window) if window.taps() == 1 => {
                // One pixel is its own mean: a function of its code.
                let scale = x.scale / to.scale;
                if !(scale.is_finite() && scale > 0.0) {
                    return self.quantization(at, "a scale ratio is not positive and finite in float32");
                }
                let (lo, hi) = x.dtype.range();
                let code = |q: i64| {
                    (((q - x.zero) as f32 * scale).round_ties_even() as i64).saturating_add(to.zero).clamp(min, max)
                };
                Op::from(Table { lowest: lo, entries: (lo..=hi).map(code).collect() })
            }
            What::Means(x, window, count_outside) => {
                let shift = seen.shift(to);
                let mean = FloatMean { window, from: x, to, count_outside, shift, bounds: (min, max) };
                if mean.pool().is_none() {
                    return self.quantization(at, "its scales are out of range: a tensor's range is degenerate");
                }
                Op::from(mean)
            }
            What::Mean(x, window) => {
                let n = window.taps();
                let scales = vec![Scale::Float32HalfEven(x.scale / (to.scale * n as f32))];
                Op::from(Pool { window, average: Some(recode(scales)), outside: x.zero, float32: None })
            }
        };
        let output = Value { name: clean(at.output()), shape: layout.stored(), dtype: to.dtype };
        let source = self.push(Node { name: p.name, kind: p.op, op, inputs: p.inputs, output, float_in_framework });
        self.put(at, Flow { layout, source, kind: Kind::Plain(to.dtype) });
    }

    /// The same reals in other codes: a table in front of a concatenation.
    fn recoded(&mut self, source: usize, from: Codes, to: Codes, bounds: (i64, i64)) -> usize {
        if from == to && bounds == to.dtype.range() {
            return source;
        }
        let code = |v: f32| quantize(v, to.scale, to.zero, FloatRounding::HalfEven, to.dtype).clamp(bounds.0, bounds.1);
        let table = reals(&from).into_iter().map(code).collect();
        let value = source.checked_sub(1).map(|n| self.nodes[n].output.clone());
        let (name, shape) = value.map_or(("x".into(), self.input_shape.clone()), |v| (v.name, v.shape));
        let name = format!("{name}_recoded");
        let output = Value { name: name.clone(), shape, dtype: to.dtype };
        let (op, kind, inputs) =
            (Op::from(Table { lowest: from.dtype.range().0, entries: table }), "QuantizeLinear".into(), vec![source]);
        self.push(Node { name, kind, op, inputs, output, float_in_framework: false })
    }

    pub(super) fn dequantize(&mut self, at: &At) {
        if self.constants.contains_key(at.input(0)) {
            return; // A quantized weight or bias: read where it is used.
        }
        let Some(flow) = self.flow(at, 0) else { return };
        let Some(mut codes) = self.codes(at, 1, 2) else { return };
        // Without a zero point the type is that of the codes themselves.
        if let (true, Kind::Plain(d)) = (at.input(2).is_empty(), &flow.kind) {
            codes.dtype = *d;
        }
        if !matches!(flow.kind, Kind::Plain(d) if d == codes.dtype) {
            return self.inconsistent(at, "it does not take codes of its zero point's type");
        }
        self.put(at, Flow { kind: Kind::Real(Real { codes, function: None, passed: false, kept: false }), ..flow });
    }

    /// What the model's output is: the last nodes.
    pub(super) fn end(&mut self, place: &str, flow: Flow) {
        let op = match flow.kind.clone() {
            Kind::Plain(_) => None,
            Kind::Real(Real { codes, function: None, .. }) => {
                Some(Op::Dequantize { scales: vec![codes.scale], zero: codes.zero, bias: Vec::new() })
            }
            Kind::Pending(p) => match (p.what.clone(), p.lo, p.hi) {
                (What::Sums(s), f32::NEG_INFINITY, f32::INFINITY) if matches!(s.shape, Shape::Dense) && s.in_blocks => {
                    let why = "nothing quantizes its result, and its operand comes from no DequantizeLinear: ONNX Runtime quantizes the operand again, in blocks";
                    return self.unsupported(
                        place,
                        &p.op,
                        why,
                        "a QuantizeLinear and a DequantizeLinear before or behind it",
                    );
                }
                (What::Sums(s), f32::NEG_INFINITY, f32::INFINITY) if matches!(s.shape, Shape::Dense) => {
                    let one_vector = flow.layout.shape.len() == 1;
                    let float = p.float || (!self.is_qonnx && no_products(&p));
                    return self.float_result(place, (p.name, p.op), p.inputs, s, (float, one_vector));
                }
                _ => {
                    self.unsupported(place, &p.op, "its result is never quantized", "a QuantizeLinear after it");
                    return;
                }
            },
            Kind::Real(Real { function: Some((op, _)), .. }) => {
                self.unsupported(place, &op, "its result is never quantized", "a QuantizeLinear after it");
                return;
            }
        };
        let order = flow.layout.channels_first();
        let shape = flow.layout.shape.clone();
        let flow = self.arrange(flow, order);
        let dtype = self.dtype(flow.source);
        match op {
            Some(op) => self.last(place, "DequantizeLinear", op, flow.source, shape, DType::F32),
            None if self.nodes.last().is_some_and(|n| n.output.shape != shape) => {
                self.last(place, "Reshape", Op::Reshape, flow.source, shape, dtype);
            }
            None if flow.source != self.nodes.len() => {
                let why = "what is computed after it leads nowhere";
                self.unsupported(place, "this output", why, "the last operator's result as output");
            }
            None => {}
        }
    }

    fn last(&mut self, name: &str, kind: &str, op: Op, source: usize, shape: Vec<usize>, dtype: DType) {
        let output = Value { name: name.into(), shape, dtype };
        let (name, kind, inputs) = (name.into(), kind.into(), vec![source]);
        self.push(Node { name, kind, op, inputs, output, float_in_framework: false });
    }

    /// Accumulators that leave as floats. A real bias is the host's: no code stands for it.
    fn float_result(
        &mut self,
        place: &str,
        (name, kind): (String, String),
        inputs: Vec<usize>,
        mut s: Sums,
        (float, one_vector): (bool, bool),
    ) {
        let bias = s.take_reals();
        // Of a vector, MatMul and Add are one Gemm to ONNX Runtime, and a float bias keeps that in float.
        let float = float || (!bias.is_empty() && !self.is_qonnx && one_vector);
        let (shape, scales) = (vec![s.rows], s.scales.clone());
        let output = Value { name: name.clone(), shape: shape.clone(), dtype: DType::I32 };
        let op = weighted(s, None);
        let source = self.push(Node { name, kind, op, inputs, output, float_in_framework: float });
        let op = Op::Dequantize { scales, zero: 0, bias };
        self.last(place, "DequantizeLinear", op, source, shape, DType::F32);
    }
}

/// Weighted sums, recoded. Without recoding they are dense: `end` takes no others.
fn weighted(s: Sums, recode: Option<Recode>) -> Op {
    let (x_zero, weights) = (s.x_zero, s.weights);
    let bias = s.bias.unwrap_or_else(|| vec![0; s.rows]);
    match (s.shape, recode) {
        (Shape::Depthwise(window), Some(recode)) => Op::from(Depthwise { window, x_zero, weights, bias, recode }),
        (Shape::Grouped(window, groups), Some(recode)) => {
            Op::from(Grouped { window, groups, x_zero, weights, bias, recode })
        }
        (Shape::Conv(window), recode) => Op::from(Conv { window, dense: Dense { x_zero, weights, bias, recode } }),
        (_, recode) => Op::from(Dense { x_zero, weights, bias, recode }),
    }
}
