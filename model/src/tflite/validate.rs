//! What LiteRT demands of a file before it runs anything of it. All of it is checked before a graph is built, which relies on it.

use std::collections::{BTreeMap, BTreeSet};

use super::builtin::Builtin;
use super::names;
use super::operators::{code_of, operator_name, place};
use super::registry::builtin;
use super::schema::{Buffer, Model, Operator, SubGraph, Tensor};
use crate::error::{clean, ModelError};

/// The version of the schema that LiteRT loads.
const SCHEMA: u32 = 3;

/// What is wrong, and the operators that cannot be built for it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) errors: Vec<ModelError>,
    pub(super) refused: BTreeSet<usize>,
}

/// The one graph of a file whose version is known.
pub(super) fn only_graph<'a>(model: &Model<'a>) -> Result<SubGraph<'a>, ModelError> {
    if model.version() != SCHEMA {
        let what = format!("schema version {} of a TFLite file, niello reads version {SCHEMA}", model.version());
        return Err(ModelError::File { what, help: "convert the model again, or copy it whole".into() });
    }
    match model.subgraphs()[..] {
        [graph] => Ok(graph),
        [] => Err(ModelError::Inconsistent { place: "the model".into(), what: "it has no graph".into() }),
        ref graphs => Err(ModelError::Unsupported {
            place: "the model".into(),
            op: format!("a file of {} graphs", graphs.len()),
            why: "IF, WHILE and CALL_ONCE run the further ones".into(),
            nearest: "one graph without control flow".into(),
        }),
    }
}

/// The input and the output: one of each.
pub(super) fn ends(graph: &SubGraph, tensors: usize) -> Result<(i32, i32), ModelError> {
    let (ins, outs) = (graph.inputs(), graph.outputs());
    let place = || "the model".to_string();
    if let Some(bad) = ins.iter().chain(&outs).find(|t| usize::try_from(**t).map_or(true, |t| t >= tensors)) {
        let what = format!("its input or output is tensor {bad} of {tensors}");
        return Err(ModelError::Inconsistent { place: place(), what });
    }
    match (&ins[..], &outs[..]) {
        ([input], [output]) => Ok((*input, *output)),
        ([], _) | (_, []) => {
            let what = format!("it has {} inputs and {} outputs", ins.len(), outs.len());
            Err(ModelError::Inconsistent { place: place(), what })
        }
        _ => Err(ModelError::Unsupported {
            place: place(),
            op: match ins.len() {
                1 => format!("a model of {} outputs", outs.len()),
                n => format!("a model of {n} inputs"),
            },
            why: "one stream goes in and one comes out".into(),
            nearest: "one input and one output".into(),
        }),
    }
}

/// Tensors and operators of a graph.
pub(super) fn graph(model: &Model, graph: &SubGraph, tensors: &[Tensor], buffers: &[Buffer]) -> Found {
    let mut found = Found::default();
    let mut damaged = BTreeSet::new();
    for (i, t) in tensors.iter().enumerate() {
        if let Err(error) = tensor(i, t, buffers) {
            found.errors.push(error);
            damaged.insert(i as i32);
        }
    }
    let mut producers: BTreeMap<i32, usize> = BTreeMap::new();
    // Of several operators of an unknown version one is named.
    let mut versions = BTreeSet::new();
    let has_data = |t: i32| !buffers[tensors[t as usize].buffer() as usize].data().is_empty();
    for (i, op) in graph.operators().iter().enumerate() {
        let place = place(i, op, tensors);
        let used = op.inputs().into_iter().chain(op.outputs());
        if used.clone().any(|t| damaged.contains(&t)) {
            found.refused.insert(i);
            continue;
        }
        let fault = operator(&place, model, op, tensors.len()).and_then(|()| {
            let inconsistent = |what| Err(ModelError::Inconsistent { place: place.clone(), what });
            for out in op.outputs() {
                let name = clean(tensors[out as usize].name());
                if op.inputs().contains(&out) {
                    return inconsistent(format!("`{name}` is both its input and its output"));
                }
                if graph.inputs().contains(&out) {
                    return inconsistent(format!("its output `{name}` is the model's input"));
                }
                if has_data(out) {
                    return inconsistent(format!("its output `{name}` is a constant"));
                }
                if let Some(first) = producers.insert(out, i) {
                    return inconsistent(format!("its output `{name}` is that of operator {first} too"));
                }
            }
            Ok(())
        });
        if let Err(error) = fault {
            found.refused.insert(i);
            if !matches!(error, ModelError::Unsupported { .. }) || versions.insert(op.opcode_index()) {
                found.errors.push(error);
            }
        }
    }
    found
}

fn operator(place: &str, model: &Model, op: &Operator, tensors: usize) -> Result<(), ModelError> {
    let inconsistent = |what| Err(ModelError::Inconsistent { place: place.into(), what });
    let codes = model.operator_codes();
    let Some(row) = codes.get(op.opcode_index() as usize) else {
        return inconsistent(format!("it is operator code {} of {}", op.opcode_index(), codes.len()));
    };
    let code = code_of(row);
    let name = operator_name(row);
    let known = builtin(code);
    let (inputs, outputs) = (op.inputs(), op.outputs());
    let absent = |k: usize| known.is_none_or(|s| s.optional == Some(k));
    let in_range = |t: i32| usize::try_from(t).is_ok_and(|t| t < tensors);
    if let Some((k, t)) = inputs.iter().enumerate().find(|(k, t)| !(in_range(**t) || (**t == -1 && absent(*k)))) {
        return inconsistent(format!("operand {k} is tensor {t} of {tensors}"));
    }
    if let Some(t) = outputs.iter().find(|t| !in_range(**t)) {
        return inconsistent(format!("its output is tensor {t} of {tensors}"));
    }
    let Some(builtin) = known else { return Ok(()) };
    signed(place, &name, op, row.version(), builtin)
}

/// Version, operands and options of an operator that is built.
fn signed(place: &str, name: &str, op: &Operator, version: i32, s: &Builtin) -> Result<(), ModelError> {
    let inconsistent = |what| Err(ModelError::Inconsistent { place: place.into(), what });
    if !(1..=s.latest).contains(&version) {
        return Err(ModelError::Unsupported {
            place: place.into(),
            op: format!("{name} version {version}"),
            why: "LiteRT does not know it either".into(),
            nearest: format!("versions 1 to {}", s.latest),
        });
    }
    let (inputs, outputs) = (op.inputs().len(), op.outputs().len());
    if !(s.inputs.0..=s.inputs.1).contains(&inputs) || outputs != 1 {
        return inconsistent(format!("{name} with {inputs} operands and {outputs} outputs"));
    }
    if op.options_type() != 0 && op.options_type() != s.options {
        return inconsistent(format!("{name} with {}", names::options(op.options_type())));
    }
    Ok(())
}

/// A tensor by itself: its shape, its contents, its scales.
fn tensor(i: usize, t: &Tensor, buffers: &[Buffer]) -> Result<(), ModelError> {
    let place = format!("tensor {i} ({})", clean(t.name()));
    let inconsistent = |what| Err(ModelError::Inconsistent { place: place.clone(), what });
    let shape = t.shape();
    let (name, bits) = names::dtype(t.dtype());
    let unsupported = |why: &str, nearest: &str| {
        let op = format!("a {name} tensor of {shape:?}");
        Err(ModelError::Unsupported { place: place.clone(), op, why: why.into(), nearest: nearest.into() })
    };
    if !names::is_known(t.dtype()) {
        return unsupported("its type is not in the schema", "int8 or uint8 tensors");
    }
    if shape.iter().any(|d| *d < 0) {
        return inconsistent(format!("shape {shape:?}"));
    }
    let Some(buffer) = buffers.get(t.buffer() as usize) else {
        return inconsistent(format!("its contents are buffer {} of {}", t.buffer(), buffers.len()));
    };
    if buffer.offset() > 1 || t.external_buffer() != 0 {
        return unsupported("its contents lie outside of the flatbuffer", "a model of less than 2 GB in one piece");
    }
    if t.sparsity() {
        return unsupported("it is sparse", "dense weights (converted without pruning's compression)");
    }
    let elements = shape.iter().try_fold(1u64, |n, d| n.checked_mul(*d as u64));
    let bytes = elements.and_then(|n| n.checked_mul(bits.into())).map(|n| n.div_ceil(8));
    let given = buffer.data().len() as u64;
    if given > 0 && bits > 0 && bytes != Some(given) {
        let needed = bytes.map_or("more".to_string(), |b| b.to_string());
        return inconsistent(format!("{given} bytes of contents, {name} of {shape:?} has {needed}"));
    }
    match scales(t) {
        Some(what) => {
            let help =
                "convert the model again: LiteRT demands as many zero points as scales, one or one an entry".into();
            Err(ModelError::Quantization { place, what, help })
        }
        None => Ok(()),
    }
}

/// What is wrong with a tensor's scales and zero points: there are as many, one or one for each entry of a dimension.
fn scales(t: &Tensor) -> Option<String> {
    let q = t.quantization()?;
    let (scales, zeros, shape) = (q.scale().len(), q.zero_point().len(), t.shape());
    if scales == 0 {
        return None;
    }
    if scales != zeros {
        return Some(format!("{scales} scales and {zeros} zero points"));
    }
    if shape.is_empty() {
        return None;
    }
    match usize::try_from(q.dimension()).ok().and_then(|d| shape.get(d)) {
        None => Some(format!("its scales belong to dimension {} of {}", q.dimension(), shape.len())),
        Some(entries) if scales != 1 && scales as i64 != i64::from(*entries) => {
            Some(format!("{scales} scales for the {entries} entries of dimension {}", q.dimension()))
        }
        Some(_) => None,
    }
}
