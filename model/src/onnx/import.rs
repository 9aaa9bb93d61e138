//! ONNX graph -> [`Graph`]: constants are folded, and `DequantizeLinear -> op -> QuantizeLinear` becomes one
//! integer node. Everything that is not supported is collected and reported at once.

use std::collections::{BTreeMap, BTreeSet};

use niello_gen::ir::Reports;
use prost::Message;

use super::constant::{dtype, Constant, MAX_ELEMENTS};
use super::dense::Quantized;
use super::flow::{Flow, Kind};
use super::layout::Layout;
use super::proto::{GraphProto, ModelProto, NodeProto};
use super::{annotation, kernels, reorder};
use crate::error::{clean, ModelError};
use crate::graph::{overflowing_row, tidy_name, DType, Graph, Node, Op, Value};
use crate::ops::Codes;

/// Imports an ONNX model.
pub fn import(name: &str, bytes: &[u8]) -> Result<Graph, Reports<ModelError>> {
    let malformed = |what: String| ModelError::Malformed { what };
    let model = ModelProto::decode(bytes).map_err(|e| malformed(clean(&e.to_string())))?;
    if model.opset_import.is_empty() {
        return Err(malformed("it names no operator set".into()).into());
    }
    let mut graph = model.graph.filter(|g| !g.node.is_empty()).ok_or_else(|| malformed("it has no graph".into()))?;
    annotation::quantize_input(&mut graph);
    reorder::moves_last(&mut graph);
    let mut b = Importer {
        unsigned: kernels::made_unsigned(&graph),
        constants: BTreeMap::new(),
        flows: BTreeMap::new(),
        producers: BTreeMap::new(),
        quantized: BTreeMap::new(),
        defined: graph
            .initializer
            .iter()
            .map(|t| t.name.clone())
            .chain(graph.input.iter().map(|i| i.name.clone()))
            .collect(),
        is_qonnx: graph.node.iter().any(|n| matches!(n.op_type.as_str(), "Quant" | "IntQuant" | "BipolarQuant")),
        input: DType::F32,
        input_shape: Vec::new(),
        nodes: Vec::new(),
        moved: BTreeMap::new(),
        beside: Vec::new(),
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
    b.order_squares();
    if let Some(input) = &input {
        b.errors.extend(arithmetic_faults(input, &b.nodes));
    }
    match input {
        Some(input) if b.errors.is_empty() => {
            let profile = if b.is_qonnx { "qonnx" } else { "ort-int" };
            Ok(Graph { name: tidy_name(name), format: "onnx", profile, input, nodes: b.nodes, hardware_softmax: false })
        }
        _ => Err(Reports(b.errors)),
    }
}

/// Nodes with unusable scale ratios, or whose accumulators can leave the 32 bits in which ONNX Runtime keeps them.
fn arithmetic_faults(input: &Value, nodes: &[Node]) -> Vec<ModelError> {
    let mut found = Vec::new();
    for n in nodes {
        let dtype = n.inputs[0].checked_sub(1).map_or(input.dtype, |i| nodes[i].output.dtype);
        let (recode, sums) = match &n.op {
            Op::Dense(d) => (d.recode.as_ref(), Some((&d.weights, &d.bias, d.x_zero))),
            Op::Conv(c) => (c.dense.recode.as_ref(), Some((&c.dense.weights, &c.dense.bias, c.dense.x_zero))),
            Op::Depthwise(d) => (Some(&d.recode), Some((&d.weights, &d.bias, d.x_zero))),
            Op::Grouped(g) => (Some(&g.recode), Some((&g.weights, &g.bias, g.x_zero))),
            Op::Pool(p) => (p.average.as_ref(), None),
            _ => continue,
        };
        if recode.is_some_and(|r| r.scales.iter().any(|s| !s.is_legal())) {
            let what = "a scale ratio is not positive and finite in float32".into();
            let help = "calibrate again: a tensor's range is degenerate".into();
            found.push(ModelError::Quantization { place: n.name.clone(), what, help });
        }
        let over = sums.and_then(|(weights, bias, x_zero)| overflowing_row(weights, bias, x_zero, dtype));
        if let Some(row) = over {
            let what = format!("the accumulator of output {row} can leave 32 bits, where ONNX Runtime wraps");
            let help = "look for a unit whose weights are all near zero: its bias has no fitting scale".into();
            found.push(ModelError::Quantization { place: n.name.clone(), what, help });
        }
    }
    found
}

pub(super) struct Importer {
    pub(super) constants: BTreeMap<String, Constant>,
    pub(super) flows: BTreeMap<String, Flow>,
    /// Codes that ONNX Runtime makes uint8, if they are int8.
    pub(super) unsigned: BTreeSet<String>,
    /// The DequantizeLinear that produces a name.
    pub(super) producers: BTreeMap<String, NodeProto>,
    /// Names that have a producer.
    pub(super) defined: BTreeSet<String>,
    /// Weights behind a Quant of constants.
    pub(super) quantized: BTreeMap<String, Quantized>,
    /// A model of QONNX.
    pub(super) is_qonnx: bool,
    /// Type of the model's input.
    pub(super) input: DType,
    /// Its dimensions.
    pub(super) input_shape: Vec<usize>,
    pub(super) nodes: Vec<Node>,
    /// Transposed values: what was moved how, and where it is.
    pub(super) moved: BTreeMap<(usize, Vec<usize>), usize>,
    /// Results of DepthToSpace of mode CRD, and where they stand.
    pub(super) beside: Vec<(usize, String)>,
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
    pub(super) fn ints(&self, name: &str) -> Option<&[i64]> {
        self.node.attribute.iter().find(|a| a.name == name).map(|a| &a.ints[..])
    }
    pub(super) fn text(&self, name: &str, default: &str) -> String {
        let text = |a: &super::proto::AttributeProto| String::from_utf8_lossy(&a.s).into_owned();
        self.node.attribute.iter().find(|a| a.name == name).map_or(default.into(), text)
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
                (self.input, self.input_shape) = (dtype, shape.clone());
                let flow = Flow { layout: Layout::plain(&shape), source: 0, kind: Kind::Plain(dtype) };
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
            Some(flow) => self.end(&place, flow),
            None if self.errors.is_empty() => {
                self.errors.push(ModelError::Inconsistent { place, what: "nothing produces the output".into() });
            }
            None => {}
        }
        self.check_use();
    }

    /// Every node's result is taken by another one, but the last one's.
    fn check_use(&mut self) {
        let used: BTreeSet<usize> = self.nodes.iter().flat_map(|n| n.inputs.clone()).collect();
        let idle = (0..self.nodes.len()).find(|v| !used.contains(v));
        if let (Some(v), true) = (idle, self.errors.is_empty()) {
            let name = v.checked_sub(1).map_or("the input".to_string(), |n| self.nodes[n].name.clone());
            let what = format!("nothing that leads to the output uses {name}");
            self.errors.push(ModelError::Inconsistent { place: "the model".into(), what });
        }
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
        let qonnx = domain.contains("qonnx") || domain.contains("brevitas") || domain.starts_with("finn");
        for out in node.output.iter().take(1) {
            if out.is_empty() || !self.defined.insert(out.clone()) {
                return self.inconsistent(
                    &at,
                    format!("its result `{}` has no name, or has another producer too", clean(out)),
                );
            }
        }
        let ours = matches!(domain.as_str(), "" | "ai.onnx" | "com.microsoft");
        match node.op_type.as_str() {
            "QuantizeLinear" if ours => self.quantize(&at),
            "DequantizeLinear" if ours => self.dequantize(&at),
            "Gemm" if ours => self.gemm(&at),
            "MatMul" if ours => self.matmul(&at),
            "Conv" if ours => self.conv(&at),
            "Add" if ours => self.add(&at),
            "Mul" if ours => self.mul(&at),
            "Sub" | "Div" if ours => self.difference(&at),
            "BatchNormalization" if ours => self.batch_normalization(&at),
            "Concat" if ours => self.concat(&at),
            "QLinearConcat" if ours => self.qlinear_concat(&at),
            "Pad" if ours => self.pad(&at),
            "Resize" | "Upsample" if ours => self.resize(&at),
            "DepthToSpace" if ours => self.depth_to_space(&at),
            "MaxPool" if ours => self.max_pool(&at),
            "AveragePool" if ours => self.average_pool(&at),
            "QLinearAveragePool" if ours => self.qlinear_average_pool(&at),
            "GlobalAveragePool" if ours => self.global_average_pool(&at),
            "Relu" if ours => self.clamp_reals(&at, 0.0, f32::INFINITY),
            "Clip" if ours => self.clip(&at),
            "LeakyRelu" | "Sigmoid" | "Tanh" | "HardSigmoid" | "HardSwish" if ours => self.elementwise(&at),
            "Flatten" | "Reshape" | "Identity" | "Squeeze" | "Unsqueeze" if ours => self.reshape(&at),
            "Transpose" if ours => self.transpose(&at),
            "QLinearMatMul" if ours => self.qlinear_matmul(&at),
            "QLinearConv" if ours => self.qlinear_conv(&at),
            "QGemm" if ours => self.qgemm(&at),
            "QLinearAdd" | "QLinearMul" if ours => self.qlinear_pair(&at),
            "QLinearGlobalAveragePool" if ours => self.qlinear_global_average_pool(&at),
            "QLinearLeakyRelu" | "QLinearSigmoid" if ours => self.qlinear_elementwise(&at),
            "Quant" | "IntQuant" if qonnx => self.quant(&at),
            "BipolarQuant" if qonnx => self.bipolar_quant(&at),
            "Trunc" if qonnx => self.trunc(&at),
            "Constant" if ours => self.constant_node(&at),
            op => {
                let op = if domain.is_empty() { clean(op) } else { format!("{domain}.{}", clean(op)) };
                self.unsupported(&at.place, &op, "this version does not build it", nearest(&node.op_type));
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
}

/// What a model can have instead of an operator.
fn nearest(op: &str) -> &'static str {
    match op {
        "Softmax" | "LogSoftmax" => "leave it out: the largest code stays the largest",
        "ConvTranspose" => "Resize (nearest) and a Conv",
        "LSTM" | "GRU" | "RNN" => "a model without recurrence",
        _ => "Conv, Gemm, MatMul, Add, Mul, MaxPool, GlobalAveragePool, Relu, Clip, LeakyRelu, Sigmoid and their QLinear forms",
    }
}
