//! TFLite graph -> [`Graph`]. Everything that is not supported is collected and reported at once.

use std::collections::{BTreeMap, BTreeSet};

use niello_gen::ir::Reports;

use super::builtin::{Around, Builtin, Call, Takes};
use super::file::File;
use super::operators::{code_of, nearest, operator_name, place};
use super::profile::Profile;
use super::registry::builtin;
use super::schema::{Model, Operator, OperatorCode};
use super::validate;
use crate::error::{clean, ModelError};
use niello_net::{tidy_name, Graph, Node};

/// Imports a TFLite model.
///
/// # Errors
/// E101 to E105: all that is wrong with the file, or not supported.
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
    let nodes = Walk::over(&mut file, input, output, &found.refused);
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

/// Operators one after the other, each taking results of those before it.
struct Walk {
    /// The layers so far.
    nodes: Vec<Node>,
    /// Tensors that exist, and what they are among the graph's values, where that is known: of what gives them, or of something before
    /// it, was refused.
    known: BTreeMap<i32, Option<usize>>,
    /// Values that somebody takes.
    used: BTreeSet<usize>,
}

impl Walk {
    /// All operators, from the input to the output.
    fn over(file: &mut File, input: i32, output: i32, refused: &BTreeSet<usize>) -> Vec<Node> {
        let known = BTreeMap::from([(input, Some(0))]);
        let mut walk = Walk { nodes: Vec::new(), known, used: BTreeSet::new() };
        for (i, op) in file.graph.operators().iter().enumerate() {
            walk.used.extend(op.inputs().iter().filter_map(|t| *walk.known.get(t)?));
            let row = file.model.operator_codes().get(op.opcode_index() as usize).copied();
            let place = place(i, op, &file.tensors);
            match (row.filter(|_| !refused.contains(&i)), op.outputs().first()) {
                (Some(row), Some(out)) => walk.step(file, op, &place, row, *out, !refused.is_empty()),
                _ => walk.known.extend(op.outputs().iter().map(|t| (*t, None))),
            }
        }
        walk.end(file, output);
        walk.nodes
    }

    /// One operator that gives the tensor `out`; `some_refused`: others were refused for what they say of themselves.
    fn step(&mut self, file: &mut File, op: &Operator, place: &str, row: OperatorCode, out: i32, some_refused: bool) {
        let kind = operator_name(&row);
        let Some(builtin) = builtin(code_of(&row)) else {
            file.unsupported(place, &kind, "this version does not build it", nearest(&kind));
            return self.known.extend(op.outputs().iter().map(|t| (*t, None)));
        };
        let taken = match builtin.takes {
            Takes::All => op.inputs(),
            Takes::Shapes if is_shape(file, &kind, &op.inputs()) => return file.shapes.extend([out]),
            Takes::Pair => op.inputs().into_iter().take(2).collect(),
            Takes::First | Takes::Shapes => op.inputs().into_iter().take(1).collect(),
        };
        // One of two may be constant.
        let fixed = |t: &i32| builtin.takes == Takes::Pair && file.is_constant(*t);
        let computed: Vec<i32> = taken.iter().copied().filter(|t| !fixed(t)).collect();
        let missing = computed.iter().find(|t| !self.known.contains_key(t));
        if computed.is_empty() || missing.is_some() {
            // The refused one may have been meant to give it.
            if missing.is_none() || !some_refused {
                nothing_known(file, place, &kind, missing.copied());
            }
            return self.known.extend([(out, None)]);
        }
        // Behind an operator that was refused tensors still say what they are: this one's own faults are seen.
        let values: Option<Vec<usize>> = computed.iter().map(|t| self.known.get(t).copied().flatten()).collect();
        let Some(mut values) = values else {
            built(file, builtin, op, (place, &kind), &taken);
            return self.known.extend([(out, None)]);
        };
        let around = Around { place, op, inputs: &taken, values: &values, output: out, nodes: self.nodes.len() };
        let before = builtin.before.map_or(Vec::new(), |before| before(file, &around));
        for (k, node) in before {
            self.nodes.push(node);
            values[k] = self.nodes.len();
        }
        self.used.extend(values.iter().copied());
        let node = built(file, builtin, op, (place, &kind), &taken);
        self.known.insert(out, node.is_some().then_some(self.nodes.len() + 1));
        self.nodes.extend(node.map(|node| Node { inputs: values, ..node }));
    }

    /// Something gives the output, and everything leads to it.
    fn end(&self, file: &mut File, output: i32) {
        let name = file.tensors.get(output as usize).map(|t| clean(t.name())).unwrap_or_default();
        let last = match self.known.get(&output) {
            None => return file.inconsistent("the model", format!("no operator gives its output `{name}`")),
            Some(last) => *last,
        };
        if last == Some(0) {
            let why = "no operator stands between its input and its output";
            return file.unsupported("the model", "a model without operators", why, "one operator or more");
        }
        if let Some(idle) = (0..=self.nodes.len()).find(|v| !self.used.contains(v) && last.is_some_and(|l| l != *v)) {
            let name = idle.checked_sub(1).map_or("the input".into(), |n| self.nodes[n].name.clone());
            let nearest = "a model in which every result leads to the output";
            file.unsupported("the model", "a result that is not used", &format!("nothing takes {name}"), nearest);
        }
    }
}

/// An operand that no operator before this one gives.
fn nothing_known(file: &mut File, place: &str, kind: &str, missing: Option<i32>) {
    let tensor = missing.and_then(|t| file.tensors.get(t as usize)).copied();
    let name = tensor.map(|t| clean(t.name())).unwrap_or_default();
    match (missing, tensor) {
        (Some(_), Some(t)) if t.is_variable() => {
            let why = format!("it takes the variable `{name}`, which lives from sample to sample");
            file.unsupported(place, kind, &why, "a model without state");
        }
        (Some(index), Some(_)) if !file.shapes.contains(&index) && !file.is_constant(index) => {
            file.inconsistent(place, format!("no operator before it gives its operand `{name}`"));
        }
        _ => {
            let why = "it does not take results of the operators before it, but a constant or a shape";
            file.unsupported(place, kind, why, "operands that the model computes");
        }
    }
}

/// An operator's node. None: an error is noted, always.
fn built(
    file: &mut File,
    builtin: &Builtin,
    op: &Operator,
    (place, kind): (&str, &str),
    inputs: &[i32],
) -> Option<Node> {
    let noted = file.errors.len();
    let node = called(file, builtin, op, (place, kind), inputs);
    if node.is_none() && file.errors.len() == noted && file.types.is_empty() {
        let why = "an operand or its result has a shape or type that it is not built for";
        file.unsupported(place, kind, why, nearest(kind));
    }
    node
}

fn called(
    file: &mut File,
    builtin: &Builtin,
    op: &Operator,
    (place, kind): (&str, &str),
    inputs: &[i32],
) -> Option<Node> {
    let (input, output) = (inputs[0], *op.outputs().first()?);
    // Each type that is not built is told of.
    let (x, y) = (file.value(input), file.value(output));
    let call = Call { place, kind, op, inputs, input, output, x: x?, y: y? };
    let op = (builtin.build)(file, &call)?;
    let output = call.y;
    let (name, kind, inputs) = (output.name.clone(), kind.to_string(), Vec::new());
    Some(Node { name, kind, op, inputs, output, float_in_framework: false })
}

/// An operator on shapes: how a batch of any size is reshaped.
fn is_shape(file: &File, kind: &str, inputs: &[i32]) -> bool {
    let known = |t: &i32| file.shapes.contains(t) || file.is_constant(*t);
    kind == "SHAPE" || (inputs.iter().any(|t| file.shapes.contains(t)) && inputs.iter().all(known))
}
