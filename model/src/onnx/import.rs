//! ONNX graph -> [`Graph`]: constants are folded, and `DequantizeLinear -> op -> QuantizeLinear` becomes one
//! integer node. Everything that is not supported is collected and reported at once.

use std::collections::BTreeMap;

use niello_gen::ir::Reports;
use niello_gen::num::Scale;
use prost::Message;

use super::constant::{dtype, Constant, MAX_ELEMENTS};
use super::proto::{GraphProto, ModelProto, NodeProto};
use crate::error::{clean, ModelError};
use crate::graph::{overflowing_row, tidy_name, DType, Dense, FloatRounding, Graph, Node, Op, Recode, Value};
use crate::ops::{clip_table, Codes};

/// Imports an ONNX model.
pub fn import(name: &str, bytes: &[u8]) -> Result<Graph, Reports<ModelError>> {
    let malformed = |what: String| ModelError::Malformed { what };
    let model = ModelProto::decode(bytes).map_err(|e| malformed(clean(&e.to_string())))?;
    if model.opset_import.is_empty() {
        return Err(malformed("it names no operator set".into()).into());
    }
    let graph = model.graph.filter(|g| !g.node.is_empty()).ok_or_else(|| malformed("it has no graph".into()))?;
    let mut b = Importer {
        constants: BTreeMap::new(),
        flows: BTreeMap::new(),
        producers: BTreeMap::new(),
        nodes: Vec::new(),
        errors: Vec::new(),
    };
    for t in &graph.initializer {
        match Constant::read(t) {
            Ok(c) => drop(b.constants.insert(t.name.clone(), c)),
            Err(what) => b.errors.push(ModelError::Inconsistent { place: clean(&t.name), what }),
        }
    }
    for node in graph.node.iter().filter(|n| n.op_type == "DequantizeLinear") {
        for out in &node.output {
            b.producers.insert(out.clone(), node.clone());
        }
    }
    let input = b.graph_input(&graph);
    for (i, node) in graph.node.iter().enumerate() {
        b.node(i, node);
    }
    b.graph_output(&graph);
    if let Some(input) = &input {
        b.errors.extend(arithmetic_faults(input, &b.nodes));
    }
    match input {
        Some(input) if b.errors.is_empty() => {
            Ok(Graph { name: tidy_name(name), format: "onnx", profile: "ort-int", input, nodes: b.nodes })
        }
        _ => Err(Reports(b.errors)),
    }
}

/// Dense nodes with unusable scale ratios, or whose accumulators can leave the 32 bits in which ONNX Runtime
/// keeps them.
fn arithmetic_faults(input: &Value, nodes: &[Node]) -> Vec<ModelError> {
    let mut dtype = input.dtype;
    let mut found = Vec::new();
    for n in nodes {
        if let Op::Dense(d) = &n.op {
            if d.recode.iter().flat_map(|r| &r.scales).any(|s| !s.is_legal()) {
                let what = "a scale ratio is not positive and finite in float32".into();
                let help = "calibrate again: a tensor's range is degenerate".into();
                found.push(ModelError::Quantization { place: n.name.clone(), what, help });
            }
            if let Some(row) = overflowing_row(&d.weights, &d.bias, d.x_zero, dtype) {
                let what = format!("the accumulator of output {row} can leave 32 bits, where ONNX Runtime wraps");
                let help = "look for a unit whose weights are all near zero: its bias has no fitting scale".into();
                found.push(ModelError::Quantization { place: n.name.clone(), what, help });
            }
        }
        dtype = n.output.dtype;
    }
    found
}

/// What a name stands for while nodes are read.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    /// Dimensions of one sample.
    pub(super) shape: Vec<usize>,
    /// Position in the chain of nodes after which this value exists.
    pub(super) after: usize,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Codes, or floats at the model's border.
    Plain(DType),
    /// Codes read as `(q - zero) * scale`; then clamped to a range of reals by Relu and Clip.
    Real { codes: Codes, lo: f32, hi: f32 },
    /// Accumulators of the last dense node, worth `scales` each; not yet requantized.
    Sums(Sums),
}

#[derive(Clone, Debug)]
pub(super) struct Sums {
    pub(super) name: String,
    pub(super) op: String,
    pub(super) x_zero: i64,
    pub(super) weights: Vec<i64>,
    pub(super) bias: Option<Vec<i64>>,
    pub(super) rows: usize,
    /// `f32(f32(alpha * s_x) * s_w)`.
    pub(super) scales: Vec<f32>,
    pub(super) lo: f32,
    pub(super) hi: f32,
    pub(super) float_in_framework: bool,
    pub(super) scaled_by_alpha: bool,
}

pub(super) struct Importer {
    pub(super) constants: BTreeMap<String, Constant>,
    pub(super) flows: BTreeMap<String, Flow>,
    /// The DequantizeLinear that produces a name.
    pub(super) producers: BTreeMap<String, NodeProto>,
    pub(super) nodes: Vec<Node>,
    pub(super) errors: Vec<ModelError>,
}

/// A node and where it stands, for messages.
pub(super) struct At<'n> {
    pub(super) node: &'n NodeProto,
    pub(super) place: String,
}

impl At<'_> {
    pub(super) fn input(&self, i: usize) -> &str {
        self.node.input.get(i).map_or("", String::as_str)
    }
    pub(super) fn output(&self) -> &str {
        self.node.output.first().map_or("", String::as_str)
    }
    pub(super) fn int(&self, name: &str, default: i64) -> i64 {
        self.node.attribute.iter().find(|a| a.name == name).map_or(default, |a| a.i)
    }
    pub(super) fn float(&self, name: &str, default: f32) -> f32 {
        self.node.attribute.iter().find(|a| a.name == name).map_or(default, |a| a.f)
    }
}

impl Importer {
    fn graph_input(&mut self, graph: &GraphProto) -> Option<Value> {
        let mut inputs = graph.input.iter().filter(|i| !self.constants.contains_key(&i.name));
        let (Some(info), None) = (inputs.next(), inputs.next()) else {
            let what = "one input is supported".into();
            self.errors.push(ModelError::Inconsistent { place: "the model".into(), what });
            return None;
        };
        let place = clean(&info.name);
        let tensor = info.r#type.as_ref().and_then(|t| t.tensor_type.as_ref());
        let element = tensor.map_or(0, |t| t.elem_type);
        let dims = tensor.and_then(|t| t.shape.as_ref()).map(|s| s.dim.clone()).unwrap_or_default();
        let Some(dtype) = dtype(element).filter(|d| matches!(d, DType::F32 | DType::I8 | DType::U8)) else {
            self.unsupported(&place, "input", &format!("element type {element}"), "float32, int8 or uint8 inputs");
            return None;
        };
        // The leading dimension counts samples, whether it has a name or is 1.
        let shape: Option<Vec<usize>> =
            dims.iter().skip(1).map(|d| d.dim_value.and_then(|v| usize::try_from(v).ok()).filter(|v| *v > 0)).collect();
        let total = |s: &Vec<usize>| s.iter().try_fold(1u64, |a, d| a.checked_mul(*d as u64));
        match shape {
            Some(shape) if dims.len() > 1 && total(&shape).is_some_and(|n| n <= MAX_ELEMENTS) => {
                let flow = Flow { shape: shape.clone(), after: 0, kind: Kind::Plain(dtype) };
                self.flows.insert(info.name.clone(), flow);
                Some(Value { name: place, shape, dtype })
            }
            Some(shape) if dims.len() > 1 => {
                self.errors.push(ModelError::TooLarge {
                    place,
                    count: total(&shape).unwrap_or(u64::MAX),
                    limit: MAX_ELEMENTS,
                });
                None
            }
            _ => {
                self.unsupported(
                    &place,
                    "input",
                    "its shape is not fixed",
                    "inputs of shape [N, ...] with numbers after N",
                );
                None
            }
        }
    }

    fn graph_output(&mut self, graph: &GraphProto) {
        let [out] = &graph.output[..] else {
            let what = "one output is supported".into();
            return self.errors.push(ModelError::Inconsistent { place: "the model".into(), what });
        };
        let place = clean(&out.name);
        match self.flows.get(&out.name).cloned() {
            Some(Flow { shape, after, kind }) => {
                match kind {
                    Kind::Plain(_) => {}
                    Kind::Real { codes, lo, hi } if lo == f32::NEG_INFINITY && hi == f32::INFINITY => {
                        self.push_dequantize(&place, shape, vec![codes.scale], codes.zero);
                    }
                    Kind::Real { .. } => {
                        self.unsupported(
                            &place,
                            "Relu or Clip",
                            "its result is never quantized",
                            "a QuantizeLinear after it",
                        );
                    }
                    Kind::Sums(s) => self.float_result(&place, shape, s),
                }
                if after > self.nodes.len() {
                    self.errors
                        .push(ModelError::Inconsistent { place, what: "the output does not end the chain".into() });
                }
            }
            None if self.errors.is_empty() => {
                self.errors.push(ModelError::Inconsistent { place, what: "nothing produces the output".into() });
            }
            None => {}
        }
    }

    /// Accumulators that leave as floats.
    fn float_result(&mut self, place: &str, shape: Vec<usize>, s: Sums) {
        if s.lo != f32::NEG_INFINITY || s.hi != f32::INFINITY {
            return self.unsupported(
                place,
                "Relu or Clip",
                "its result is never quantized",
                "a QuantizeLinear after it",
            );
        }
        let scales = s.scales.clone();
        let sums = Value { name: s.name.clone(), shape: vec![s.rows], dtype: DType::I32 };
        let (name, kind, float) = (s.name.clone(), s.op.clone(), s.float_in_framework);
        let bias = s.bias.unwrap_or_else(|| vec![0; s.rows]);
        let op = Op::Dense(Dense { x_zero: s.x_zero, weights: s.weights, bias, recode: None });
        let inputs = vec![self.nodes.len()];
        self.nodes.push(Node { name, kind, op, inputs, output: sums, float_in_framework: float });
        self.push_dequantize(place, shape, scales, 0);
    }

    fn push_dequantize(&mut self, name: &str, shape: Vec<usize>, scales: Vec<f32>, zero: i64) {
        let output = Value { name: name.into(), shape, dtype: DType::F32 };
        let op = Op::Dequantize { scales, zero };
        self.nodes.push(Node {
            name: name.into(),
            kind: "DequantizeLinear".into(),
            op,
            inputs: vec![self.nodes.len()],
            output,
            float_in_framework: false,
        });
    }

    pub(super) fn unsupported(&mut self, place: &str, op: &str, why: &str, nearest: &str) {
        let (place, op, why, nearest) = (place.into(), op.into(), why.into(), nearest.into());
        self.errors.push(ModelError::Unsupported { place, op, why, nearest });
    }

    pub(super) fn inconsistent(&mut self, at: &At, what: impl Into<String>) {
        self.errors.push(ModelError::Inconsistent { place: at.place.clone(), what: what.into() });
    }

    pub(super) fn quantization(&mut self, at: &At, what: impl Into<String>) {
        let help = "quantize the whole model with constant scales (quantize_static does)".into();
        self.errors.push(ModelError::Quantization { place: at.place.clone(), what: what.into(), help });
    }

    fn node(&mut self, i: usize, node: &NodeProto) {
        let name = if node.name.is_empty() { node.output.first().map_or("", String::as_str) } else { &node.name };
        let at = At { node, place: format!("node {i} ({})", clean(name)) };
        let domain = clean(&node.domain);
        match (node.op_type.as_str(), domain.as_str()) {
            ("QuantizeLinear", "" | "ai.onnx") => self.quantize(&at),
            ("DequantizeLinear", "" | "ai.onnx") => self.dequantize(&at),
            ("Gemm", "" | "ai.onnx") => self.gemm(&at),
            ("MatMul", "" | "ai.onnx") => self.matmul(&at),
            ("Add", "" | "ai.onnx") => self.add_bias(&at),
            ("Relu", "" | "ai.onnx") => self.clamp_reals(&at, 0.0, f32::INFINITY),
            ("Clip", "" | "ai.onnx") => self.clip(&at),
            ("Flatten" | "Reshape" | "Identity", "" | "ai.onnx") => self.reshape(&at),
            ("QLinearMatMul", "" | "ai.onnx") => self.qlinear_matmul(&at),
            ("QGemm", "com.microsoft") => self.qgemm(&at),
            ("Constant", "" | "ai.onnx") => self.constant_node(&at),
            (op, domain) => {
                let op = if domain.is_empty() { clean(op) } else { format!("{domain}.{}", clean(op)) };
                let why = "this version builds Gemm, MatMul, Relu, Clip, Flatten, Reshape and their quantized forms";
                self.unsupported(&at.place, &op, why, "a model of dense layers");
                // What follows is read on, as if this node had not been there, to report the rest as well.
                if let Some(f) = self.flows.get(at.input(0)).cloned() {
                    self.flows.insert(at.output().into(), f);
                }
            }
        }
    }

    fn constant_node(&mut self, at: &At) {
        let tensor = at.node.attribute.iter().find(|a| a.name == "value").and_then(|a| a.t.as_ref());
        match tensor.map(Constant::read) {
            Some(Ok(c)) => drop(self.constants.insert(at.output().into(), c)),
            Some(Err(what)) => self.inconsistent(at, what),
            None => self.unsupported(&at.place, "Constant", "it holds no tensor", "an initializer"),
        }
    }

    /// The flow at an input. Without one an earlier error is the cause, or the model is not a chain.
    pub(super) fn flow(&mut self, at: &At, i: usize) -> Option<Flow> {
        let found = self.flows.get(at.input(i)).cloned();
        match &found {
            None if self.errors.is_empty() => {
                self.inconsistent(at, format!("input `{}` has no producer", clean(at.input(i))))
            }
            Some(f) if f.after != self.nodes.len() => {
                self.unsupported(
                    &at.place,
                    &clean(&at.node.op_type),
                    "the graph branches",
                    "models that are one chain",
                );
                return None;
            }
            _ => {}
        }
        found
    }

    pub(super) fn put(&mut self, at: &At, shape: Vec<usize>, kind: Kind) {
        let flow = Flow { shape, after: self.nodes.len(), kind };
        self.flows.insert(at.output().into(), flow);
    }

    /// Scales and zero points given as inputs `s` and `z`.
    pub(super) fn scale(&mut self, at: &At, s: usize, z: usize) -> Option<(Vec<f32>, Vec<i64>, DType)> {
        let Some(scales) = self.constants.get(at.input(s)).map(|c| c.floats.clone()).filter(|f| !f.is_empty()) else {
            self.quantization(at, format!("scale `{}` is not a constant", clean(at.input(s))));
            return None;
        };
        if let Some(bad) = scales.iter().find(|s| !(s.is_finite() && **s > 0.0)) {
            self.quantization(at, format!("scale {bad} is not positive and finite"));
            return None;
        }
        match self.constants.get(at.input(z)) {
            // Without a zero point the type is uint8, as the operator's definition says.
            None if at.input(z).is_empty() => Some((scales, vec![0], DType::U8)),
            Some(c) if c.floats.is_empty() && (c.len() == 1 || c.len() == scales.len()) => {
                Some((scales, c.ints.clone(), c.dtype))
            }
            _ => {
                self.quantization(at, format!("zero point `{}` is not a fitting constant", clean(at.input(z))));
                None
            }
        }
    }

    /// One scale and zero point of an 8-bit activation.
    pub(super) fn codes(&mut self, at: &At, s: usize, z: usize) -> Option<Codes> {
        let (scales, zeros, dtype) = self.scale(at, s, z)?;
        match (&scales[..], &zeros[..]) {
            ([scale], [zero]) if dtype.bits() == 8 => Some(Codes { scale: *scale, zero: *zero, dtype }),
            _ => {
                self.quantization(at, format!("activations of {} with {} scales", dtype.name(), scales.len()));
                None
            }
        }
    }

    fn quantize(&mut self, at: &At) {
        let Some(flow) = self.flow(at, 0) else { return };
        let Some(to) = self.codes(at, 1, 2) else { return };
        let output = Value { name: clean(at.output()), shape: flow.shape.clone(), dtype: to.dtype };
        let mut node = Node {
            name: output.name.clone(),
            kind: "QuantizeLinear".into(),
            op: Op::Quantize { scale: to.scale, zero: to.zero, rounding: FloatRounding::HalfEven },
            inputs: vec![self.nodes.len()],
            output,
            float_in_framework: false,
        };
        match flow.kind {
            Kind::Plain(DType::F32) => {}
            Kind::Plain(_) => return self.inconsistent(at, "codes are quantized again"),
            Kind::Real { codes, lo, hi } => node.op = Op::Table(clip_table(codes, to, lo, hi)),
            Kind::Sums(s) => {
                let (type_lo, type_hi) = to.dtype.range();
                let code = |v: f32| crate::ops::quantize(v, to.scale, to.zero, FloatRounding::HalfEven, to.dtype);
                let min = if s.lo == f32::NEG_INFINITY { type_lo } else { code(s.lo) };
                let max = if s.hi == f32::INFINITY { type_hi } else { code(s.hi) };
                // ONNX Runtime fuses a clamp that saturation does anyway; any other makes it compute in float.
                node.float_in_framework = s.float_in_framework || min > type_lo || max < type_hi;
                let scales = s.scales.iter().map(|v| Scale::Float32HalfEven(v / to.scale)).collect();
                let bias = s.bias.unwrap_or_else(|| vec![0; s.rows]);
                let recode = Some(Recode { scales, zero_point: to.zero, min, max });
                (node.name, node.kind) = (s.name, s.op);
                node.op = Op::Dense(Dense { x_zero: s.x_zero, weights: s.weights, bias, recode });
            }
        }
        self.nodes.push(node);
        self.put(at, flow.shape, Kind::Plain(to.dtype));
    }

    fn dequantize(&mut self, at: &At) {
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
        self.put(at, flow.shape, Kind::Real { codes, lo: f32::NEG_INFINITY, hi: f32::INFINITY });
    }

    fn clamp_reals(&mut self, at: &At, low: f32, high: f32) {
        let Some(flow) = self.flow(at, 0) else { return };
        let kind = match flow.kind {
            Kind::Real { codes, lo, hi } => Kind::Real { codes, lo: lo.max(low).min(high), hi: hi.min(high).max(low) },
            Kind::Sums(s) => Kind::Sums(Sums { lo: s.lo.max(low).min(high), hi: s.hi.min(high).max(low), ..s }),
            Kind::Plain(_) => {
                let op = clean(&at.node.op_type);
                return self.unsupported(
                    &at.place,
                    &op,
                    "it works on floats that were never quantized",
                    "quantize its input",
                );
            }
        };
        self.put(at, flow.shape, kind);
    }

    fn clip(&mut self, at: &At) {
        let bound = |i: usize, attribute: &str, default: f32| match self.constants.get(at.input(i)) {
            Some(c) if c.floats.len() == 1 => Some(c.floats[0]),
            None if at.input(i).is_empty() => Some(at.float(attribute, default)),
            _ => None,
        };
        match (bound(1, "min", f32::NEG_INFINITY), bound(2, "max", f32::INFINITY)) {
            (Some(lo), Some(hi)) if lo <= hi => self.clamp_reals(at, lo, hi),
            _ => self.unsupported(&at.place, "Clip", "its bounds are not ordered constants", "constant min and max"),
        }
    }

    /// Flatten, Reshape, Identity: the elements of a sample stay in order.
    fn reshape(&mut self, at: &At) {
        let Some(flow) = self.flow(at, 0) else { return };
        let total: usize = flow.shape.iter().product();
        let shape = match at.node.op_type.as_str() {
            "Identity" => flow.shape.clone(),
            "Flatten" if at.int("axis", 1) == 1 => vec![total],
            "Flatten" => return self.unsupported(&at.place, "Flatten", "axis is not 1", "axis = 1"),
            _ => match self.new_shape(at, total) {
                Some(s) => s,
                None => {
                    return self.unsupported(
                        &at.place,
                        "Reshape",
                        "it mixes samples or its shape is not constant",
                        "a constant shape [N or 1 or -1, ...]",
                    )
                }
            },
        };
        let kind = flow.kind;
        self.put(at, shape, kind);
    }

    /// The shape of one sample after a Reshape: the leading entry is the batch.
    fn new_shape(&self, at: &At, total: usize) -> Option<Vec<usize>> {
        let dims = &self.constants.get(at.input(1))?.ints;
        let (lead, rest) = dims.split_first()?;
        if !matches!(lead, -1..=1) {
            return None;
        }
        let known: i64 = rest.iter().filter(|d| **d > 0).product();
        let open = rest.iter().filter(|d| **d == -1).count();
        if rest.iter().any(|d| *d == 0 || *d < -1) || open > 1 || known <= 0 || total as i64 % known != 0 {
            return None;
        }
        let fill = total as i64 / known;
        let shape: Vec<usize> = rest.iter().map(|d| if *d == -1 { fill as usize } else { *d as usize }).collect();
        (shape.iter().product::<usize>() == total).then_some(shape)
    }
}
