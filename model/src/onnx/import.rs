//! ONNX graph -> [`Graph`]: constants are folded, and `DequantizeLinear -> op -> QuantizeLinear` becomes one
//! integer node. Everything that is not supported is collected and reported at once.

use std::collections::{BTreeMap, BTreeSet};

use niello_gen::ir::Reports;
use prost::Message;

use super::attributes::{definition, Known};
use super::constant::Constant;
use super::dense::Quantized;
use super::flow::Flow;
use super::logits::without_softmax;
use super::proto::{GraphProto, ModelProto, NodeProto};
use super::{annotation, kernels, reorder, validate};
use crate::error::{clean, ModelError};
use niello_net::{tidy_name, Codes, DType, Graph, Node, Op, Value};

/// Imports an ONNX model.
pub fn import(name: &str, bytes: &[u8]) -> Result<Graph, Reports<ModelError>> {
    Ok(import_without(name, bytes, false)?.0)
}

/// The same, with `logits` without a softmax at its end, and whether there was one.
pub fn import_without(name: &str, bytes: &[u8], logits: bool) -> Result<(Graph, bool), Reports<ModelError>> {
    let malformed = |what: String| ModelError::Malformed { what };
    let mut model = ModelProto::decode(bytes).map_err(|e| malformed(clean(&e.to_string())))?;
    let graph = model.graph.take().filter(|g| !g.node.is_empty());
    let mut graph = graph.ok_or_else(|| malformed("it has no graph".into()))?;
    let opset = validate::versions(&model)?;
    let cut = logits && without_softmax(&mut graph);
    let found = validate::model(&model, &graph, opset);
    let mut b = Importer::new(&graph, opset, found.errors);
    b.leave_out(&mut graph, &found.refused);
    annotation::quantize_input(&mut graph);
    reorder::moves_last(&mut graph);
    b.unsigned = kernels::made_unsigned(&graph);
    b.constants(&graph);
    for node in graph.node.iter().filter(|n| n.op_type == "DequantizeLinear") {
        for out in &node.output {
            b.producers.insert(out.clone(), node.clone());
        }
    }
    let input = b.graph_input(&graph);
    for node in &graph.node {
        b.node(node);
    }
    b.graph_output(&graph);
    b.order_squares();
    b.unsupported_types();
    if let Some(input) = &input {
        b.errors.extend(arithmetic_faults(input, &b.nodes));
    }
    match input {
        Some(input) if b.errors.is_empty() => {
            let profile = if b.is_qonnx { "qonnx" } else { "ort-int" };
            let name = tidy_name(name);
            Ok((Graph { name, format: "onnx", profile, input, nodes: b.nodes, hardware_softmax: false }, cut))
        }
        _ => Err(Reports(b.errors)),
    }
}

/// Nodes with unusable scale ratios, or whose accumulators can leave the 32 bits in which ONNX Runtime keeps them.
fn arithmetic_faults(input: &Value, nodes: &[Node]) -> Vec<ModelError> {
    let mut found = Vec::new();
    for n in nodes {
        let dtype = n.inputs[0].checked_sub(1).map_or(input.dtype, |i| nodes[i].output.dtype);
        let Op::Layer(layer) = &n.op else { continue };
        let (recode, sums) = (layer.recode(), layer.sums());
        if recode.is_some_and(|r| r.scales.iter().any(|s| !s.is_legal())) {
            let what = "a scale ratio is not positive and finite in float32".into();
            let help = "calibrate again: a tensor's range is degenerate".into();
            found.push(ModelError::Quantization { place: n.name.clone(), what, help });
        }
        let over = sums.and_then(|s| s.overflowing_row(dtype));
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
    /// Operator set of ai.onnx.
    pub(super) opset: i64,
    /// Numbers of nodes in the file, by their first result.
    numbers: BTreeMap<String, usize>,
    /// Names of which nothing is known: what gives them was refused. Whoever takes one has no error for that.
    pub(super) unknown: BTreeSet<String>,
    /// What refused nodes take: it is not idle.
    pub(super) wanted: BTreeSet<String>,
    /// Constants of element types that are not built, by type.
    pub(super) types: BTreeMap<i32, Vec<String>>,
    /// Weights behind a Quant of constants.
    pub(super) quantized: BTreeMap<String, Quantized>,
    /// A model of QONNX.
    pub(super) is_qonnx: bool,
    /// Type of the model's input.
    pub(super) input: DType,
    /// Its dimensions.
    pub(super) input_shape: Vec<usize>,
    /// The model says that it takes one sample.
    pub(super) one_sample: bool,
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
    fn new(graph: &GraphProto, opset: i64, errors: Vec<ModelError>) -> Importer {
        let first = |(i, n): (usize, &NodeProto)| Some((n.output.first()?.clone(), i));
        Importer {
            constants: BTreeMap::new(),
            flows: BTreeMap::new(),
            producers: BTreeMap::new(),
            quantized: BTreeMap::new(),
            opset,
            numbers: graph.node.iter().enumerate().filter_map(first).collect(),
            unknown: BTreeSet::new(),
            wanted: BTreeSet::new(),
            types: BTreeMap::new(),
            is_qonnx: graph.node.iter().any(|n| matches!(n.op_type.as_str(), "Quant" | "IntQuant" | "BipolarQuant")),
            input: DType::F32,
            input_shape: Vec::new(),
            one_sample: false,
            nodes: Vec::new(),
            moved: BTreeMap::new(),
            beside: Vec::new(),
            unsigned: BTreeSet::new(),
            errors,
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

    /// A node; where an error is noted, or one of what it takes, its results are not known.
    fn node(&mut self, node: &NodeProto) {
        let number = node.output.first().and_then(|o| self.numbers.get(o)).copied();
        let at = At { node, place: validate::place(number, node) };
        let noted = self.errors.len() + self.types.len();
        let mut follows = false;
        match definition(node, self.opset) {
            Known::Built(_) if node.input.iter().any(|i| self.unknown.contains(i)) => follows = true,
            Known::Built(_) => self.operator(&at),
            _ => self.not_built(&at),
        }
        if follows || self.errors.len() + self.types.len() > noted {
            self.refuse(node);
        }
    }

    fn not_built(&mut self, at: &At) {
        let why = match at.node.op_type.as_str() {
            "If" | "Loop" | "Scan" => "it runs subgraphs",
            _ => "this version does not build it",
        };
        self.unsupported(&at.place, &validate::operator_name(at.node), why, nearest(&at.node.op_type));
    }

    /// An operator that its domain has.
    fn operator(&mut self, at: &At) {
        match at.node.op_type.as_str() {
            "QuantizeLinear" => self.quantize(at),
            "DequantizeLinear" => self.dequantize(at),
            "Gemm" => self.gemm(at),
            "MatMul" => self.matmul(at),
            "Conv" => self.conv(at),
            "Add" => self.add(at),
            "Mul" => self.mul(at),
            "Sub" | "Div" => self.difference(at),
            "BatchNormalization" => self.batch_normalization(at),
            "Concat" => self.concat(at),
            "QLinearConcat" => self.qlinear_concat(at),
            "Pad" => self.pad(at),
            "Resize" | "Upsample" => self.resize(at),
            "DepthToSpace" => self.depth_to_space(at),
            "MaxPool" => self.max_pool(at),
            "AveragePool" => self.average_pool(at),
            "QLinearAveragePool" => self.qlinear_average_pool(at),
            "GlobalAveragePool" => self.global_average_pool(at),
            "ReduceMean" => self.reduce_mean(at),
            "Relu" => self.clamp_reals(at, 0.0, f32::INFINITY),
            "Clip" => self.clip(at),
            "LeakyRelu" | "Sigmoid" | "Tanh" | "HardSigmoid" | "HardSwish" => self.elementwise(at),
            "Flatten" | "Reshape" | "Identity" | "Squeeze" | "Unsqueeze" => self.reshape(at),
            "Transpose" => self.transpose(at),
            "QLinearMatMul" => self.qlinear_matmul(at),
            "QLinearConv" => self.qlinear_conv(at),
            "QGemm" => self.qgemm(at),
            "QLinearAdd" | "QLinearMul" => self.qlinear_pair(at),
            "QLinearGlobalAveragePool" => self.qlinear_global_average_pool(at),
            "QLinearLeakyRelu" | "QLinearSigmoid" => self.qlinear_elementwise(at),
            "Quant" | "IntQuant" => self.quant(at),
            "BipolarQuant" => self.bipolar_quant(at),
            "Trunc" => self.trunc(at),
            "Constant" => self.constant_node(at),
            _ => self.not_built(at),
        }
    }

    /// Scales and zero points given as inputs `s` and `z`.
    pub(super) fn scale(&mut self, at: &At, s: usize, z: usize) -> Option<(Vec<f32>, Vec<i64>, DType)> {
        let Some(scales) = self.constants.get(at.input(s)).map(|c| c.floats.clone()).filter(|f| !f.is_empty()) else {
            self.quantization(at, format!("scale `{}` is not a constant", clean(at.input(s))));
            return None;
        };
        let rank = [s, z].into_iter().filter_map(|k| self.constants.get(at.input(k))).find(|c| c.shape.len() > 1);
        if let Some(shape) = rank.map(|c| c.shape.clone()) {
            let what = format!("scale or zero point of shape {shape:?}: a scalar or a vector is one");
            self.quantization(at, what);
            return None;
        }
        if let Some(bad) = scales.iter().find(|s| !(s.is_normal() && **s > 0.0)) {
            self.quantization(at, format!("scale {bad} is not a positive normal number"));
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
        "Softmax" | "LogSoftmax" => "--logits leaves one at the end out: the largest code stays the largest",
        "ConvTranspose" => "Resize (nearest) and a Conv",
        "LSTM" | "GRU" | "RNN" => "a model without recurrence",
        "If" | "Loop" | "Scan" => "a graph without control flow",
        _ => "Conv, Gemm, MatMul, Add, Mul, MaxPool, GlobalAveragePool, Relu, Clip, LeakyRelu, Sigmoid and their QLinear forms",
    }
}
