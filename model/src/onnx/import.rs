//! ONNX graph -> [`Graph`]: constants are folded, and `DequantizeLinear -> op -> QuantizeLinear` becomes one
//! integer node. Everything that is not supported is collected and reported at once.

use std::collections::BTreeMap;

use niello_gen::ir::Reports;
use prost::Message;

use super::definition::{definition, Known};
use super::logits::without_softmax;
use super::operator::Domain;
use super::proto::{GraphProto, ModelProto, NodeProto};
use super::scope::{At, Scope};
use super::{annotation, ends, kernels, reorder, squares, validate};
use crate::error::{clean, ModelError};
use niello_net::{tidy_name, Graph, Node, Op, Value};

/// Imports an ONNX model.
///
/// # Errors
/// E101 to E105: all that is wrong with the file, or not supported.
pub fn import(name: &str, bytes: &[u8]) -> Result<Graph, Reports<ModelError>> {
    Ok(import_without(name, bytes, false)?.0)
}

/// The same, with `logits` without a softmax at its end, and whether there was one.
///
/// # Errors
/// As [`import`].
pub fn import_without(name: &str, bytes: &[u8], logits: bool) -> Result<(Graph, bool), Reports<ModelError>> {
    let malformed = |what: String| ModelError::Malformed { what };
    let mut model = ModelProto::decode(bytes).map_err(|e| malformed(clean(&e.to_string())))?;
    let graph = model.graph.take().filter(|g| !g.node.is_empty());
    let mut graph = graph.ok_or_else(|| malformed("it has no graph".into()))?;
    let opset = validate::versions(&model)?;
    let cut = logits && without_softmax(&mut graph);
    let found = validate::model(&model, &graph, opset);
    let numbers = numbers(&graph);
    let mut scope = Scope::new(&graph, opset, found.errors);
    scope.leave_out(&mut graph, &found.refused);
    annotation::quantize_input(&mut graph);
    reorder::moves_last(&mut graph);
    let input = read(&mut scope, &graph, &numbers);
    squares::order_squares(&mut scope);
    scope.unsupported_types();
    if let Some(input) = &input {
        let faults = arithmetic_faults(input, &scope.nodes);
        scope.errors.extend(faults);
    }
    match input {
        Some(input) if scope.errors.is_empty() => {
            let profile = profile(&scope);
            let name = tidy_name(name);
            Ok((Graph { name, format: "onnx", profile, input, nodes: scope.nodes, hardware_softmax: false }, cut))
        }
        _ => Err(Reports(scope.errors)),
    }
}

/// Whose arithmetic it is: of a layer that only comes near to float the claim is another one.
fn profile(scope: &Scope) -> &'static str {
    match scope.finds_patterns() {
        true if scope.nodes.iter().any(|n| n.op.is_near_float()) => "ort-float",
        _ if scope.own => "niello-int",
        true => "ort-int",
        false => "qonnx",
    }
}

/// Numbers of nodes in the file, by their first result.
type Numbers = BTreeMap<String, usize>;

fn numbers(graph: &GraphProto) -> Numbers {
    let first = |(i, n): (usize, &NodeProto)| Some((n.output.first()?.clone(), i));
    graph.node.iter().enumerate().filter_map(first).collect()
}

/// Node by node, from the input to the output.
fn read(scope: &mut Scope, graph: &GraphProto, numbers: &Numbers) -> Option<Value> {
    scope.unsigned = kernels::made_unsigned(graph);
    scope.read_constants(graph);
    for node in graph.node.iter().filter(|n| n.op_type == "DequantizeLinear") {
        scope.producers.extend(node.output.iter().map(|out| (out.clone(), node.clone())));
    }
    let input = ends::graph_input(scope, graph);
    for node in &graph.node {
        let number = node.output.first().and_then(|o| numbers.get(o)).copied();
        read_node(scope, &At { node, place: validate::place(number, node) });
    }
    ends::graph_output(scope, graph);
    input
}

/// Where an error is noted, or one of what it takes, the results of a node are not known.
fn read_node(scope: &mut Scope, at: &At) {
    let noted = scope.errors.len() + scope.types.len();
    let mut follows = false;
    match definition(at.node, scope.opset) {
        Known::Built(..) if at.node.input.iter().any(|i| scope.unknown.contains(i)) => follows = true,
        Known::Built(operator, _) => {
            scope.own |= operator.domain == Domain::Niello;
            (operator.build)(scope, at);
        }
        _ => not_built(scope, at),
    }
    if follows || scope.errors.len() + scope.types.len() > noted {
        scope.forget(at.node);
    }
}

fn not_built(scope: &mut Scope, at: &At) {
    let why = match at.node.op_type.as_str() {
        "If" | "Loop" | "Scan" => "it runs subgraphs",
        _ => "this version does not build it",
    };
    scope.unsupported(&at.place, &validate::operator_name(at.node), why, nearest(&at.node.op_type));
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

/// What a model can have instead of an operator.
fn nearest(op: &str) -> &'static str {
    match op {
        "Softmax" | "LogSoftmax" => "--logits leaves one at the end out: the largest code stays the largest",
        "ConvTranspose" => "Resize (nearest) and a Conv",
        "LSTM" | "GRU" | "RNN" => "a model without recurrence",
        "If" | "Loop" | "Scan" => "a graph without control bound",
        _ => "Conv, Gemm, MatMul, Add, Mul, MaxPool, GlobalAveragePool, Relu, Clip, LeakyRelu, Sigmoid and their QLinear forms",
    }
}
