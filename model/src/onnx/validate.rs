//! What a file must be before a graph is built of it: versions, names that are defined once and before they are used, operators with
//! what they have. What is built relies on it.

use std::collections::{BTreeMap, BTreeSet};

use super::definition::{definition, Known, IR_VERSIONS, OPSETS};
use super::operator::{Operands, MICROSOFT, NIELLO};
use super::parameters::{constants, parameters};
use super::proto::{AttributeProto, GraphProto, ModelProto, NodeProto};
use crate::error::{clean, ModelError};

/// What is wrong, and the nodes that cannot be built for it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) errors: Vec<ModelError>,
    pub(super) refused: BTreeSet<usize>,
}

/// Where a node stands, for messages.
pub(super) fn place(i: Option<usize>, node: &NodeProto) -> String {
    let name = if node.name.is_empty() { node.output.first().map_or("", String::as_str) } else { &node.name };
    i.map_or_else(|| format!("node ({})", clean(name)), |i| format!("node {i} ({})", clean(name)))
}

/// The operator set of ai.onnx, if all versions are known.
pub(super) fn versions(model: &ModelProto) -> Result<i64, ModelError> {
    let refuse = |what: String| {
        let help = format!(
            "export it for IR version {} to {} and operator set {} to {} of ai.onnx, 1 of {MICROSOFT} and of {NIELLO}",
            IR_VERSIONS.start(),
            IR_VERSIONS.end(),
            OPSETS.start(),
            OPSETS.end()
        );
        Err(ModelError::File { what, help })
    };
    if !IR_VERSIONS.contains(&model.ir_version) {
        return refuse(format!("IR version {} of an ONNX file is not known", model.ir_version));
    }
    let of = |domain: &str| if domain == "ai.onnx" { String::new() } else { domain.to_string() };
    let mut sets: BTreeMap<String, i64> = BTreeMap::new();
    for set in &model.opset_import {
        let other = sets.insert(of(&set.domain), set.version).filter(|v| *v != set.version);
        if let Some(other) = other {
            let name = if set.domain.is_empty() { "ai.onnx" } else { &set.domain };
            return refuse(format!("two operator sets of {}, {other} and {}", clean(name), set.version));
        }
    }
    for domain in [MICROSOFT, NIELLO] {
        if let Some(v) = sets.get(domain).filter(|v| **v != 1) {
            return refuse(format!("operator set {v} of {domain} is not known"));
        }
    }
    match sets.get("") {
        Some(opset) if OPSETS.contains(opset) => Ok(*opset),
        Some(opset) => refuse(format!("operator set {opset} of ai.onnx is not known")),
        None => refuse("it names no operator set of ai.onnx".into()),
    }
}

/// Everything else.
pub(super) fn model(model: &ModelProto, graph: &GraphProto, opset: i64) -> Found {
    let mut found = Found::default();
    extras(model, graph, &mut found.errors);
    let constants = constants(graph);
    names(graph, &mut found);
    let (mut called, mut missing, mut told) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (i, node) in graph.node.iter().enumerate().filter(|(i, _)| !found.refused.contains(i)).collect::<Vec<_>>() {
        let place = place(Some(i), node);
        if !node.name.is_empty() && !called.insert(&node.name) {
            let what = "another node has the same name, which ONNX Runtime refuses".into();
            found.errors.push(ModelError::Inconsistent { place: place.clone(), what });
        }
        let own = operator(&place, node, opset);
        let of_constants = || parameters(&Operands { place: &place, node, constants: &constants }, opset);
        match own.map(|()| of_constants()) {
            Ok(Ok(())) => continue,
            // Of an operator that the set has not, one node is named.
            Err(error) => {
                if !matches!(definition(node, opset), Known::Elsewhere) || missing.insert(&node.op_type) {
                    found.errors.push(error);
                }
            }
            // And one of those that take the same constant.
            Ok(Err(error)) => {
                if told.insert(what(&error)) {
                    found.errors.push(error);
                }
            }
        }
        found.refused.insert(i);
    }
    found
}

/// An error without its place.
fn what(error: &ModelError) -> String {
    match error {
        ModelError::Quantization { what, .. } | ModelError::Inconsistent { what, .. } => what.clone(),
        other => other.to_string(),
    }
}

/// Parts of a file that are not built.
fn extras(model: &ModelProto, graph: &GraphProto, errors: &mut Vec<ModelError>) {
    let mut refuse = |place: String, op: String, nearest: &str| {
        let why = "this version builds a graph of operators and dense constants".into();
        errors.push(ModelError::Unsupported { place, op, why, nearest: nearest.into() });
    };
    for f in &model.functions {
        if graph.node.iter().any(|n| n.op_type == f.name && n.domain == f.domain) {
            let op = format!("the function {}", clean(&f.name));
            refuse("the model".into(), op, "inline it (onnx.inliner.inline_local_functions)");
        }
    }
    if !model.training_info.is_empty() {
        refuse("the model".into(), "what it says of its training".into(), "export it for inference");
    }
    for t in &graph.sparse_initializer {
        let name = t.values.as_ref().map(|v| clean(&v.name)).unwrap_or_default();
        refuse(name, "a sparse constant".into(), "dense constants");
    }
}

/// Every name is given once, before it is taken.
fn names(graph: &GraphProto, found: &mut Found) {
    let mut defined: BTreeSet<&str> = BTreeSet::new();
    let (mut errors, mut refused) = (Vec::new(), BTreeSet::new());
    let mut inconsistent = |place: String, what: String| errors.push(ModelError::Inconsistent { place, what });
    for t in &graph.initializer {
        if t.name.is_empty() || !defined.insert(&t.name) {
            inconsistent(clean(&t.name), "a constant has no name, or that of another one".into());
        }
    }
    defined.extend(graph.sparse_initializer.iter().filter_map(|t| Some(t.values.as_ref()?.name.as_str())));
    let mut inputs: BTreeSet<&str> = BTreeSet::new();
    for i in &graph.input {
        if i.name.is_empty() || !inputs.insert(&i.name) {
            inconsistent(clean(&i.name), "an input has no name, or that of another one".into());
        }
    }
    defined.extend(inputs);
    let given: BTreeSet<&str> = graph.node.iter().flat_map(|n| &n.output).map(String::as_str).collect();
    for (i, node) in graph.node.iter().enumerate() {
        let missing = node.input.iter().find(|n| !n.is_empty() && !defined.contains(n.as_str()));
        if let Some(name) = missing {
            let why = match given.contains(name.as_str()) {
                true => "is given by no node before it: the nodes are in no order, or form a circle",
                false => "is defined nowhere",
            };
            inconsistent(place(Some(i), node), format!("input `{}` {why}", clean(name)));
            refused.insert(i);
        }
        if node.output.iter().all(String::is_empty) {
            inconsistent(place(Some(i), node), "it has no output".into());
            refused.insert(i);
        }
        for out in node.output.iter().filter(|o| !o.is_empty()) {
            if !defined.insert(out) {
                inconsistent(
                    place(Some(i), node),
                    format!("its result `{}` is given by something else too", clean(out)),
                );
                refused.insert(i);
            }
        }
    }
    found.errors.append(&mut errors);
    found.refused.append(&mut refused);
}

/// A node by itself. What is not built at all is told where it would be built.
fn operator(place: &str, node: &NodeProto, opset: i64) -> Result<(), ModelError> {
    let inconsistent = |what| Err(ModelError::Inconsistent { place: place.into(), what });
    let (operator, definition) = match definition(node, opset) {
        Known::Built(o, d) => (o, d),
        Known::Elsewhere => {
            return inconsistent(format!("operator set {opset} of ai.onnx has no {}", clean(&node.op_type)));
        }
        Known::No => return Ok(()),
    };
    if let Some(what) = definition.fault(node) {
        return inconsistent(what);
    }
    let set = |name: &str| node.attribute.iter().find(|a| a.name == name);
    let padded = set("auto_pad").is_some_and(|a| !matches!(&a.s[..], b"" | b"NOTSET"));
    // Poolings go by auto_pad then, in ONNX Runtime as here.
    if padded && set("pads").is_some() && node.op_type.ends_with("Conv") {
        return inconsistent("auto_pad and pads say both how it is padded".into());
    }
    if let Some(a) = node.attribute.iter().find(|a| !is_number(a)) {
        let value = if a.r#type == FLOAT { a.f.to_string() } else { "one of them".into() };
        return Err(ModelError::Quantization {
            place: place.into(),
            what: format!("attribute `{}` is {value}", clean(&a.name)),
            help: "export the model with finite parameters".into(),
        });
    }
    let flag = |a: &&AttributeProto| FLAGS.contains(&a.name.as_str()) && a.r#type == INT && !matches!(a.i, 0 | 1);
    if let Some(a) = node.attribute.iter().find(flag) {
        return inconsistent(format!("attribute `{}` is {}: 0 and 1 are what it can be", clean(&a.name), a.i));
    }
    let served = |(name, values): &&(&str, &[i64])| set(name).is_some_and(|a| !values.contains(&a.i));
    if let Some((name, values)) = operator.settings.iter().find(served) {
        return Err(ModelError::Unsupported {
            place: place.into(),
            op: clean(&node.op_type),
            why: format!("{name} = {}", set(name).map_or(0, |a| a.i)),
            nearest: format!("{name} = {}", values[0]),
        });
    }
    Ok(())
}

/// Types of attributes.
const FLOAT: i32 = 1;
const INT: i32 = 2;
const FLOATS: i32 = 6;

/// Attributes that say yes or no.
const FLAGS: [&str; 8] =
    ["allowzero", "ceil_mode", "channels_last", "count_include_pad", "narrow", "signed", "transA", "transB"];

/// Floats are finite; a Clip may have no bound.
fn is_number(a: &AttributeProto) -> bool {
    match a.r#type {
        FLOAT if matches!(a.name.as_str(), "min" | "max") => !a.f.is_nan(),
        FLOAT => a.f.is_finite(),
        FLOATS => a.floats.iter().all(|f| f.is_finite()),
        _ => true,
    }
}

/// The operator's name, with its domain where that is not ai.onnx, for messages.
pub(super) fn operator_name(node: &NodeProto) -> String {
    match node.domain.as_str() {
        "" | "ai.onnx" => clean(&node.op_type),
        domain => format!("{}.{}", clean(domain), clean(&node.op_type)),
    }
}
