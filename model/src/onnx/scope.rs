//! What is known while nodes are read one after the other: what names stand for, the layers so far, what was wrong. It knows no
//! operator.

use std::collections::{BTreeMap, BTreeSet};

use super::binding::{Binding, Kind, Pending};
use super::constant::{Constant, Quantized};
use super::layout::Layout;
use super::proto::{AttributeProto, GraphProto, NodeProto};
use super::waiting::Target;
use crate::error::{clean, ModelError};
use niello_net::layers::Permute;
use niello_net::{Codes, DType, Node, Op, Value};

/// Whose arithmetic a file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// ONNX Runtime looks for patterns of quantizers around operators, and computes in float what it finds none for.
    OnnxRuntime,
    /// qonnx's executor computes every node as it stands there.
    Qonnx,
}

/// What is known.
pub struct Scope {
    /// Whose arithmetic it is.
    pub runtime: Runtime,
    /// Constants by name.
    pub constants: BTreeMap<String, Constant>,
    /// Weights behind a Quant of constants.
    pub quantized: BTreeMap<String, Quantized>,
    /// What names stand for.
    pub bindings: BTreeMap<String, Binding>,
    /// Codes that ONNX Runtime makes uint8, if they are int8.
    pub unsigned: BTreeSet<String>,
    /// The DequantizeLinear that produces a name.
    pub producers: BTreeMap<String, NodeProto>,
    /// Operator set of ai.onnx.
    pub opset: i64,
    /// Names of which nothing is known: what gives them was refused. Whoever takes one has no error for that.
    pub unknown: BTreeSet<String>,
    /// What refused nodes take: it is not idle.
    pub wanted: BTreeSet<String>,
    /// Constants of element types that are not built, by type.
    pub types: BTreeMap<i32, Vec<String>>,
    /// Constants that only operators of niello's own domain take: they may have 16 bits.
    pub short: BTreeSet<String>,
    /// Type of the model's input.
    pub input: DType,
    /// Its dimensions.
    pub input_shape: Vec<usize>,
    /// The model says that it takes one sample.
    pub one_sample: bool,
    /// The model says how many samples it takes: every shape is known.
    pub known_batch: bool,
    /// The layers so far.
    pub nodes: Vec<Node>,
    /// Transposed values: what was moved how, and where it is.
    moved: BTreeMap<(usize, Vec<usize>), usize>,
    /// Values whose channels lie in another order than the layer in front of them gives, and where they stand.
    pub beside: Vec<(usize, String)>,
    /// Operators of niello's own domain stand in the file.
    pub own: bool,
    /// What was wrong.
    pub errors: Vec<ModelError>,
}

/// A node and where it stands, for messages.
pub struct At<'n> {
    /// The node.
    pub node: &'n NodeProto,
    /// Where.
    pub place: String,
}

impl At<'_> {
    /// Name of an operand; empty: it was left out.
    pub fn input(&self, i: usize) -> &str {
        self.node.input.get(i).map_or("", String::as_str)
    }
    /// Name of the first result.
    pub fn output(&self) -> &str {
        self.node.output.first().map_or("", String::as_str)
    }
    /// The operator, for messages.
    pub fn op(&self) -> String {
        clean(&self.node.op_type)
    }
    fn attribute(&self, name: &str) -> Option<&AttributeProto> {
        self.node.attribute.iter().find(|a| a.name == name)
    }
    /// An attribute is there.
    pub fn has(&self, name: &str) -> bool {
        self.attribute(name).is_some()
    }
    /// An attribute.
    pub fn int(&self, name: &str, default: i64) -> i64 {
        self.attribute(name).map_or(default, |a| a.i)
    }
    /// An attribute.
    pub fn float(&self, name: &str, default: f32) -> f32 {
        self.attribute(name).map_or(default, |a| a.f)
    }
    /// An attribute.
    pub fn ints(&self, name: &str) -> Option<&[i64]> {
        self.attribute(name).map(|a| &a.ints[..])
    }
    /// An attribute.
    pub fn text(&self, name: &str, default: &str) -> String {
        self.attribute(name).map_or(default.into(), |a| String::from_utf8_lossy(&a.s).into_owned())
    }
}

impl Scope {
    /// Before the first node.
    pub fn new(graph: &GraphProto, opset: i64, errors: Vec<ModelError>) -> Scope {
        let is_qonnx = graph.node.iter().any(|n| matches!(n.op_type.as_str(), "Quant" | "IntQuant" | "BipolarQuant"));
        Scope {
            runtime: if is_qonnx { Runtime::Qonnx } else { Runtime::OnnxRuntime },
            constants: BTreeMap::new(),
            quantized: BTreeMap::new(),
            bindings: BTreeMap::new(),
            unsigned: BTreeSet::new(),
            producers: BTreeMap::new(),
            opset,
            unknown: BTreeSet::new(),
            wanted: BTreeSet::new(),
            types: BTreeMap::new(),
            short: BTreeSet::new(),
            input: DType::F32,
            input_shape: Vec::new(),
            one_sample: false,
            known_batch: false,
            nodes: Vec::new(),
            moved: BTreeMap::new(),
            beside: Vec::new(),
            own: false,
            errors,
        }
    }

    /// ONNX Runtime's rules hold.
    pub fn finds_patterns(&self) -> bool {
        self.runtime == Runtime::OnnxRuntime
    }

    /// E101 at a place.
    pub fn unsupported(&mut self, place: &str, op: &str, why: &str, nearest: &str) {
        let (place, op, why, nearest) = (place.into(), op.into(), why.into(), nearest.into());
        self.errors.push(ModelError::Unsupported { place, op, why, nearest });
    }

    /// E101 of a node.
    pub fn refuse(&mut self, at: &At, why: &str, nearest: &str) {
        self.unsupported(&at.place, &at.op(), why, nearest);
    }

    /// E103.
    pub fn inconsistent(&mut self, at: &At, what: impl Into<String>) {
        self.errors.push(ModelError::Inconsistent { place: at.place.clone(), what: what.into() });
    }

    /// E104.
    pub fn quantization(&mut self, at: &At, what: impl Into<String>) {
        let help = "quantize the whole model with constant scales (quantize_static does)".into();
        self.errors.push(ModelError::Quantization { place: at.place.clone(), what: what.into(), help });
    }

    /// A node's first result.
    pub fn put(&mut self, at: &At, bound: Binding) {
        self.bindings.insert(at.output().into(), bound);
    }

    /// A node's first result waits for its scale.
    pub fn wait(&mut self, at: &At, layout: Layout, source: usize, p: Pending) {
        self.put(at, Binding::waits(layout, source, p));
    }

    /// Adds a node; gives its value.
    pub fn push(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len()
    }

    /// A layer of one operand that gives a value of this name and layout.
    pub fn layer(&mut self, name: String, kind: &str, op: Op, source: usize, layout: &Layout, dtype: DType) -> usize {
        let output = Value { name: name.clone(), shape: layout.stored(), dtype };
        self.push(Node { name, kind: kind.into(), op, inputs: vec![source], output, float_in_framework: false })
    }

    /// A layer of one operand, named after a node's result, which are codes.
    pub fn node_of(&mut self, at: &At, kind: &str, op: Op, source: usize, layout: Layout, to: Codes) {
        let source = self.layer(clean(at.output()), kind, op, source, &layout, to.dtype);
        self.put(at, Binding { layout, source, kind: Kind::Plain(to.dtype) });
    }

    /// An operator that waited becomes a layer, with codes as its result.
    pub fn fuse(&mut self, at: &At, mut p: Pending, layout: Layout, to: &Target, float_in_framework: bool) {
        let fused = match p.what.waiting().becomes(to) {
            Ok(fused) => fused,
            Err(what) => return self.quantization(at, what),
        };
        let dtype = to.codes.dtype;
        for (table, source) in fused.in_front.into_iter().zip(&mut p.inputs) {
            let Some(table) = table else { continue };
            let value = source.checked_sub(1).map(|n| self.nodes[n].output.clone());
            let (name, shape) = value.map_or(("x".into(), self.input_shape.clone()), |v| (v.name, v.shape));
            let name = format!("{name}_recoded");
            let output = Value { name: name.clone(), shape, dtype };
            let (op, kind, inputs) = (Op::from(table), "QuantizeLinear".into(), vec![*source]);
            *source = self.push(Node { name, kind, op, inputs, output, float_in_framework: false });
        }
        let output = Value { name: clean(at.output()), shape: layout.stored(), dtype };
        let (op, inputs) = (fused.op, p.inputs);
        let source = self.push(Node { name: p.name, kind: p.op, op, inputs, output, float_in_framework });
        self.put(at, Binding { layout, source, kind: Kind::Plain(dtype) });
    }

    /// The type of a value.
    pub fn dtype(&self, value: usize) -> DType {
        match value.checked_sub(1) {
            Some(node) => self.nodes[node].output.dtype,
            None => self.input,
        }
    }

    /// A bound whose elements lie in this order; moves them where they do not. What was moved once is not moved again.
    pub fn arrange(&mut self, mut bound: Binding, order: Vec<usize>) -> Binding {
        let (layout, steps) = bound.layout.arranged(order);
        let Some(steps) = steps else { return bound };
        let key = (bound.source, steps.clone());
        let done = self.moved.get(&key).copied();
        bound.source = done.unwrap_or_else(|| {
            let name = format!("{}_transposed", self.name_of(bound.source));
            let op = Op::from(Permute::new(&bound.layout.stored(), &steps));
            self.layer(name, "Transpose", op, bound.source, &layout, self.dtype(bound.source))
        });
        self.moved.insert(key, bound.source);
        Binding { layout, ..bound }
    }

    fn name_of(&self, value: usize) -> String {
        value.checked_sub(1).map_or("x".into(), |n| self.nodes[n].output.name.clone())
    }
}
