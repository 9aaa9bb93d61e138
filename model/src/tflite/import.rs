//! TFLite graph -> [`Graph`]. Everything that is not supported is collected and reported at once.

use std::collections::{BTreeMap, BTreeSet};

use niello_gen::ir::Reports;

use super::operators::*;
use super::schema::{Buffer, Model, Operator, SubGraph, Tensor};
use super::signature::signature;
use super::validate;
use crate::error::{clean, ModelError};
use niello_net::host::FloatRounding;
use niello_net::layers::{requantize_table, Table};
use niello_net::{tidy_name, DType, Graph, Node, Op};

/// Whose arithmetic: LiteRT gives four answers to one file (framework-rules.md 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// The reference kernels: `tflite-ref`.
    #[default]
    Reference,
    /// What a Python user's interpreter computes: XNNPACK's rule for convolutions and dense layers, the reference kernels' for
    /// the rest: `tflite-xnnpack`.
    Xnnpack,
}

impl Profile {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Reference => "tflite-ref",
            Profile::Xnnpack => "tflite-xnnpack",
        }
    }
}

/// Imports a TFLite model.
pub fn import(name: &str, bytes: &[u8], profile: Profile) -> Result<Graph, Reports<ModelError>> {
    let options =
        flatbuffers::VerifierOptions { max_tables: 1_000_000, max_apparent_size: 1 << 31, ..Default::default() };
    let model = flatbuffers::root_with_opts::<Model>(&options, bytes).map_err(|e| damaged(&e.to_string()))?;
    let graph = validate::only_graph(&model)?;
    let (tensors, buffers) = (graph.tensors(), model.buffers());
    let (input, output) = validate::ends(&graph, tensors.len())?;
    let found = validate::graph(&model, &graph, &tensors, &buffers);
    let (errors, types) = (found.errors, BTreeMap::new());
    let mut file = File { model, graph, tensors, buffers, profile, shapes: BTreeSet::new(), types, errors };
    let nodes = file.nodes(input, output, &found.refused);
    let input = file.value(input);
    file.unsupported_types();
    match input {
        Some(input) if file.errors.is_empty() => Ok(Graph {
            name: tidy_name(name),
            format: "tflite",
            profile: profile.name(),
            input,
            nodes,
            hardware_softmax: false,
        }),
        _ => Err(Reports(file.errors)),
    }
}

/// A flatbuffer that is none; the verifier's first line says where.
fn damaged(error: &str) -> ModelError {
    let what = format!(
        "the TFLite file is damaged: {}",
        clean(error.lines().next().unwrap_or_default().trim_end_matches('.'))
    );
    ModelError::File { what, help: "copy it whole, or convert the model again".into() }
}

/// A file that [`validate`] has seen: indices, sizes and counts are right wherever an operator is built.
pub(super) struct File<'a> {
    model: Model<'a>,
    graph: SubGraph<'a>,
    pub(super) tensors: Vec<Tensor<'a>>,
    pub(super) buffers: Vec<Buffer<'a>>,
    pub(super) profile: Profile,
    /// Tensors that only say how a tensor is shaped: a file's tensors have their shapes besides.
    pub(super) shapes: BTreeSet<i32>,
    /// Tensors of element types that are not built, by type.
    pub(super) types: BTreeMap<i8, BTreeSet<i32>>,
    pub(super) errors: Vec<ModelError>,
}

impl<'a> File<'a> {
    /// Every operator, each taking results of those before it. Those that were refused give results that nothing is known of.
    fn nodes(&mut self, input: i32, output: i32, refused: &BTreeSet<usize>) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::new();
        // Tensors that exist, and what they are among the graph's values, where that is known.
        let mut known = BTreeMap::from([(input, Some(0))]);
        let mut used = BTreeSet::new();
        for (i, op) in self.graph.operators().iter().enumerate() {
            let (ins, outs) = (op.inputs(), op.outputs());
            used.extend(ins.iter().filter_map(|t| *known.get(t)?));
            let row = self.model.operator_codes().get(op.opcode_index() as usize).copied();
            let place = place(i, op, &self.tensors);
            let (Some(row), Some(out)) = (row.filter(|_| !refused.contains(&i)), outs.first().copied()) else {
                known.extend(outs.iter().map(|t| (*t, None)));
                continue;
            };
            let (code, kind) = (code_of(&row), operator_name(&row));
            if signature(code).is_none() {
                self.unsupported(&place, &kind, "this version does not build it", nearest(code));
                known.extend(outs.iter().map(|t| (*t, None)));
                continue;
            }
            if self.is_shape(code, &ins) {
                self.shapes.insert(out);
                continue;
            }
            let pair = matches!(code, ADD | SUB | MUL);
            let taken: Vec<i32> = match code {
                CONCATENATION => ins,
                _ => ins.iter().copied().take(if pair { 2 } else { 1 }).collect(),
            };
            // One of two may be constant.
            let computed: Vec<i32> = taken.iter().copied().filter(|t| !(pair && self.is_constant(*t))).collect();
            let missing = computed.iter().find(|t| !known.contains_key(t));
            if computed.is_empty() || missing.is_some() {
                // The refused one may have been meant to give it.
                if missing.is_none() || refused.is_empty() {
                    self.nothing_known(&place, &kind, missing.copied());
                }
                known.insert(out, None);
                continue;
            }
            // Behind an operator that was refused tensors still say what they are: this one's own faults are seen.
            let values: Option<Vec<usize>> = computed.iter().map(|t| known.get(t).copied().flatten()).collect();
            let Some(mut values) = values else {
                self.built(&place, code, op, &kind, &taken);
                known.insert(out, None);
                continue;
            };
            let before = match code {
                ADD | SUB | MUL if values.len() == 2 => self.spread(&taken, &values, out, nodes.len()),
                CONCATENATION => self.rescaled(&place, &taken, &values, out, nodes.len()),
                _ => Vec::new(),
            };
            for (k, node) in before {
                nodes.push(node);
                values[k] = nodes.len();
            }
            used.extend(values.iter().copied());
            let node = self.built(&place, code, op, &kind, &taken);
            known.insert(out, node.is_some().then_some(nodes.len() + 1));
            nodes.extend(node.map(|node| Node { inputs: values, ..node }));
        }
        self.end(output, &nodes, &known, &used);
        nodes
    }

    /// An operand that no operator before this one gives.
    fn nothing_known(&mut self, place: &str, kind: &str, missing: Option<i32>) {
        let tensor = missing.and_then(|t| self.tensors.get(t as usize)).copied();
        let name = tensor.map(|t| clean(t.name())).unwrap_or_default();
        match (missing, tensor) {
            (Some(_), Some(t)) if t.is_variable() => {
                let why = format!("it takes the variable `{name}`, which lives from sample to sample");
                self.unsupported(place, kind, &why, "a model without state");
            }
            (Some(index), Some(_)) if !self.shapes.contains(&index) && !self.is_constant(index) => {
                self.inconsistent(place, format!("no operator before it gives its operand `{name}`"));
            }
            _ => {
                let why = "it does not take results of the operators before it, but a constant or a shape";
                self.unsupported(place, kind, why, "operands that the model computes");
            }
        }
    }

    /// Something gives the output, and everything leads to it.
    fn end(&mut self, output: i32, nodes: &[Node], known: &BTreeMap<i32, Option<usize>>, used: &BTreeSet<usize>) {
        let name = self.tensors.get(output as usize).map(|t| clean(t.name())).unwrap_or_default();
        let last = match known.get(&output) {
            None => return self.inconsistent("the model", format!("no operator gives its output `{name}`")),
            Some(last) => *last,
        };
        if last == Some(0) {
            let why = "no operator stands between its input and its output";
            return self.unsupported("the model", "a model without operators", why, "one operator or more");
        }
        if let Some(idle) = (0..=nodes.len()).find(|v| !used.contains(v) && last.is_some_and(|l| l != *v)) {
            let name = idle.checked_sub(1).map_or("the input".into(), |n| nodes[n].name.clone());
            let nearest = "a model in which every result leads to the output";
            self.unsupported("the model", "a result that is not used", &format!("nothing takes {name}"), nearest);
        }
    }

    pub(super) fn unsupported(&mut self, place: &str, op: &str, why: &str, nearest: &str) {
        let (place, op, why, nearest) = (place.into(), op.into(), why.into(), nearest.into());
        self.errors.push(ModelError::Unsupported { place, op, why, nearest });
    }

    /// An operator's node. None: an error is noted, always.
    fn built(&mut self, place: &str, code: i32, op: &Operator, kind: &str, inputs: &[i32]) -> Option<Node> {
        let noted = self.errors.len();
        let node = self.operator(place, code, op, kind, inputs);
        if node.is_none() && self.errors.len() == noted && self.types.is_empty() {
            let why = "an operand or its result has a shape or type that it is not built for";
            self.unsupported(place, kind, why, nearest(code));
        }
        node
    }

    fn operator(&mut self, place: &str, code: i32, op: &Operator, kind: &str, inputs: &[i32]) -> Option<Node> {
        let (input, output) = (inputs[0], *op.outputs().first()?);
        // Each type that is not built is told of.
        let (x, y) = (self.value(input), self.value(output));
        let (x, y) = (x?, y?);
        if matches!(code, RESHAPE | SQUEEZE | EXPAND_DIMS | RESIZE_NEAREST_NEIGHBOR) {
            self.says_its_shape(place, kind, code, op)?;
        }
        let code = if matches!(code, SQUEEZE | EXPAND_DIMS) { RESHAPE } else { code };
        if matches!(code, RESHAPE | QUANTIZE | DEQUANTIZE) && x.elements() != y.elements() {
            self.inconsistent(place, format!("{} elements become {}", x.elements(), y.elements()));
            return None;
        }
        if code == RESHAPE && x.dtype != y.dtype {
            self.inconsistent(place, format!("{} becomes {}", x.dtype.name(), y.dtype.name()));
            return None;
        }
        let node_op = match code {
            PAD | PADV2 => self.pad(place, kind, op, (input, output), (&x, &y))?,
            DEPTH_TO_SPACE | RESIZE_NEAREST_NEIGHBOR => self.enlarge(place, kind, op, (input, output), (&x, &y))?,
            CONCATENATION => self.concatenation(place, op, inputs, output, &y)?,
            _ if function(code).is_some() => {
                let f = function(code)?;
                self.function(place, f, op, (input, output), (&x, &y))?
            }
            ADD | SUB | MUL => self.pair(place, kind, op, [inputs[0], inputs[1]], output, &y)?,
            MEAN => self.mean(place, op, input, output, &x, &y)?,
            CONV_2D => self.conv(place, op, input, output, &x, &y)?,
            DEPTHWISE_CONV_2D => self.depthwise(place, op, input, output, &x, &y)?,
            AVERAGE_POOL_2D | MAX_POOL_2D => self.pool(place, kind, op, (input, output), &x, &y)?,
            SOFTMAX => self.softmax(place, op, input, output, &x, &y)?,
            FULLY_CONNECTED => self.fully_connected(place, op, input, output, &x, &y)?,
            RESHAPE => Op::Reshape,
            TRANSPOSE => self.transpose(place, op, input, &x, &y)?,
            QUANTIZE if x.dtype == DType::F32 => {
                let c = self.codes(place, output, &y)?;
                Op::Quantize { scale: c.scale, zero: c.zero, rounding: FloatRounding::HalfAway }
            }
            QUANTIZE => {
                let (from, to) = (self.codes(place, input, &x)?, self.codes(place, output, &y)?);
                match requantize_table(from, to) {
                    Some(entries) if from.dtype.bits() == 8 => {
                        Op::from(Table { lowest: from.dtype.range().0, entries })
                    }
                    _ => {
                        self.unsupported(place, kind, "only 8-bit tensors are requantized", "int8 or uint8 tensors");
                        return None;
                    }
                }
            }
            DEQUANTIZE => {
                let c = self.codes(place, input, &x)?;
                Op::Dequantize { scales: vec![c.scale], zero: c.zero, bias: Vec::new() }
            }
            _ => {
                let why = "this version does not build it";
                self.unsupported(place, kind, why, nearest(code));
                return None;
            }
        };
        let (name, kind, inputs) = (y.name.clone(), kind.to_string(), Vec::new());
        Some(Node { name, kind, op: node_op, inputs, output: y, float_in_framework: false })
    }

    pub(super) fn inconsistent(&mut self, place: &str, what: String) {
        self.errors.push(ModelError::Inconsistent { place: place.into(), what });
    }

    /// An operator on shapes: how a batch of any size is reshaped.
    fn is_shape(&self, code: i32, inputs: &[i32]) -> bool {
        let known = |t: &i32| self.shapes.contains(t) || self.is_constant(*t);
        match code {
            SHAPE => true,
            STRIDED_SLICE | PACK => inputs.iter().any(|t| self.shapes.contains(t)) && inputs.iter().all(known),
            _ => false,
        }
    }
}
