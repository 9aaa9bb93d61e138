//! What goes into a model and what comes out of it: one of each, and everything between them is used.

use std::collections::BTreeSet;

use super::binding::{Binding, Kind, Pending, Real, What};
use super::constant::{dtype, MAX_ELEMENTS};
use super::kernels::no_products;
use super::layout::Layout;
use super::names;
use super::parts::sums::{Shape, Sums};
use super::proto::{GraphProto, ValueInfoProto};
use super::scope::Scope;
use crate::error::{clean, ModelError};
use niello_net::{DType, Node, Op, Value};

/// What goes in: one tensor, whose leading dimension counts samples.
pub fn graph_input(scope: &mut Scope, graph: &GraphProto) -> Option<Value> {
    let constant = |name: &str| graph.initializer.iter().any(|t| t.name == name);
    let inputs: Vec<&ValueInfoProto> = graph.input.iter().filter(|i| !constant(&i.name)).collect();
    let found = match inputs[..] {
        [info] => only_input(scope, info),
        [] => {
            let (place, what) = ("the model".into(), "it has no input".into());
            scope.errors.push(ModelError::Inconsistent { place, what });
            None
        }
        _ => {
            let op = format!("a model of {} inputs", inputs.len());
            scope.unsupported("the model", &op, "one stream goes in and one comes out", "one input");
            None
        }
    };
    if found.is_none() {
        scope.unknown.extend(inputs.iter().map(|i| i.name.clone()));
    }
    found
}

fn only_input(scope: &mut Scope, info: &ValueInfoProto) -> Option<Value> {
    let place = clean(&info.name);
    let tensor = info.r#type.as_ref().and_then(|t| t.tensor_type.as_ref());
    let element = tensor.map_or(0, |t| t.elem_type);
    let dims = tensor.and_then(|t| t.shape.as_ref()).map(|s| s.dim.clone()).unwrap_or_default();
    // Only own operators take 16 bits.
    let taken = |d: &DType| {
        matches!(d, DType::F32 | DType::I8 | DType::U8) || (d.bits() == 16 && scope.short.contains(&info.name))
    };
    let Some(dtype) = dtype(element).filter(taken) else {
        let op = format!("an input of {}", names::dtype(element));
        scope.unsupported(&place, &op, "samples are floats or codes of 8 bits", "float32, int8 or uint8 inputs");
        return None;
    };
    // The leading dimension counts samples, whether it has a name or is 1.
    let shape: Option<Vec<usize>> =
        dims.iter().skip(1).map(|d| d.dim_value.and_then(|v| usize::try_from(v).ok()).filter(|v| *v > 0)).collect();
    let total = |s: &Vec<usize>| s.iter().try_fold(1u64, |a, d| a.checked_mul(*d as u64));
    match shape {
        Some(shape) if dims.len() > 1 && total(&shape).is_some_and(|n| n <= MAX_ELEMENTS) => {
            (scope.input, scope.input_shape) = (dtype, shape.clone());
            scope.one_sample = dims[0].dim_value == Some(1);
            scope.known_batch = dims[0].dim_value.is_some_and(|n| n > 0);
            let bound = Binding { layout: Layout::plain(&shape), source: 0, kind: Kind::Plain(dtype) };
            scope.bindings.insert(info.name.clone(), bound);
            Some(Value { name: place, shape, dtype })
        }
        Some(shape) if dims.len() > 1 => {
            scope.errors.push(ModelError::TooLarge {
                place,
                count: total(&shape).unwrap_or(u64::MAX),
                limit: MAX_ELEMENTS,
            });
            None
        }
        _ => {
            scope.unsupported(
                &place,
                "input",
                "its shape is not fixed",
                "inputs of shape [N, ...] with numbers after N",
            );
            None
        }
    }
}

/// What comes out: one tensor. What stands behind the last integer is put there.
pub fn graph_output(scope: &mut Scope, graph: &GraphProto) {
    let out = match &graph.output[..] {
        [out] => out,
        [] => {
            let (place, what) = ("the model".into(), "it has no output".into());
            return scope.errors.push(ModelError::Inconsistent { place, what });
        }
        outs => {
            let op = format!("a model of {} outputs", outs.len());
            return scope.unsupported("the model", &op, "one stream goes in and one comes out", "one output");
        }
    };
    let place = clean(&out.name);
    let noted = scope.errors.len();
    match scope.bindings.get(&out.name).cloned() {
        Some(bound) => end(scope, &place, bound),
        None if scope.unknown.contains(&out.name) => {}
        None => {
            let what = "no node that takes the input gives this output".into();
            scope.errors.push(ModelError::Inconsistent { place, what });
        }
    }
    if scope.errors.len() == noted {
        check_use(scope);
    }
}

/// What the model's output is: the last nodes.
fn end(scope: &mut Scope, place: &str, bound: Binding) {
    let bound = of_reals(scope, bound);
    let op = match bound.kind.clone() {
        Kind::Plain(_) => None,
        Kind::Real(Real { codes, function: None, .. }) => {
            Some(Op::Dequantize { scales: vec![codes.scale], zero: codes.zero, bias: Vec::new() })
        }
        Kind::Pending(p) => match &p.what {
            What::Sums(s) if p.is_free() && matches!(s.shape, Shape::Dense) && s.in_blocks => {
                let why = "nothing quantizes its result, and its operand comes from no DequantizeLinear: ONNX Runtime quantizes the operand again, in blocks";
                return scope.unsupported(
                    place,
                    &p.op,
                    why,
                    "a QuantizeLinear and a DequantizeLinear before or behind it",
                );
            }
            What::Sums(s) if p.is_free() && matches!(s.shape, Shape::Dense) => {
                let one_vector = bound.layout.shape.len() == 1;
                let float = p.float || (scope.finds_patterns() && no_products(&p));
                let s = s.clone();
                return float_result(scope, place, *p, s, (float, one_vector));
            }
            _ => {
                scope.unsupported(place, &p.op, "its result is never quantized", "a QuantizeLinear after it");
                return;
            }
        },
        Kind::Real(Real { function: Some((op, _)), .. }) => {
            scope.unsupported(place, &op, "its result is never quantized", "a QuantizeLinear after it");
            return;
        }
    };
    let order = bound.layout.channels_first();
    let shape = bound.layout.shape.clone();
    let bound = scope.arrange(bound, order);
    let dtype = scope.dtype(bound.source);
    match op {
        Some(op) => last(scope, place, "DequantizeLinear", op, bound.source, shape, DType::F32),
        None if scope.nodes.last().is_some_and(|n| n.output.shape != shape) => {
            last(scope, place, "Reshape", Op::Reshape, bound.source, shape, dtype);
        }
        None if bound.source != scope.nodes.len() => {
            let why = "what is computed after it leads nowhere";
            scope.unsupported(place, "this output", why, "the last operator's result as output");
        }
        None => {}
    }
}

/// An operator that waits for a scale in vain, and that the host computes of reals: floats.
fn of_reals(scope: &mut Scope, bound: Binding) -> Binding {
    let Kind::Pending(p) = &bound.kind else { return bound };
    let Some((from, op)) = p.what.waiting().of_reals().filter(|_| p.is_free()) else { return bound };
    let shape = bound.layout.stored();
    let back = Op::Dequantize { scales: vec![from.scale], zero: from.zero, bias: Vec::new() };
    let source = p.inputs.first().copied().unwrap_or(0);
    let reals = scope.layer(format!("{}_reals", p.name), "DequantizeLinear", back, source, &bound.layout, DType::F32);
    let output = Value { name: p.name.clone(), shape, dtype: DType::F32 };
    let (name, kind, inputs) = (p.name.clone(), p.op.clone(), vec![reals]);
    let source = scope.push(Node { name, kind, op, inputs, output, float_in_framework: true });
    Binding { layout: bound.layout, source, kind: Kind::Plain(DType::F32) }
}

fn last(scope: &mut Scope, name: &str, kind: &str, op: Op, source: usize, shape: Vec<usize>, dtype: DType) {
    let output = Value { name: name.into(), shape, dtype };
    let (name, kind, inputs) = (name.into(), kind.into(), vec![source]);
    scope.push(Node { name, kind, op, inputs, output, float_in_framework: false });
}

/// Accumulators that leave as floats. A real bias is the host's: no code stands for it.
fn float_result(scope: &mut Scope, place: &str, p: Pending, mut s: Sums, (float, one_vector): (bool, bool)) {
    let bias = s.take_reals();
    // Of a vector, MatMul and Add are one Gemm to ONNX Runtime, and a float bias keeps that in float.
    let float_in_framework = float || (!bias.is_empty() && scope.finds_patterns() && one_vector);
    let shape = vec![s.rows];
    let output = Value { name: p.name.clone(), shape: shape.clone(), dtype: DType::I32 };
    let source =
        scope.push(Node { name: p.name, kind: p.op, op: s.plain(), inputs: p.inputs, output, float_in_framework });
    let op = Op::Dequantize { scales: s.scales, zero: 0, bias };
    last(scope, place, "DequantizeLinear", op, source, shape, DType::F32);
}

/// Every node's result is taken by another one, but the last one's.
fn check_use(scope: &mut Scope) {
    let mut used: BTreeSet<usize> = scope.nodes.iter().flat_map(|n| n.inputs.clone()).collect();
    for bound in scope.wanted.iter().filter_map(|name| scope.bindings.get(name)) {
        match &bound.kind {
            Kind::Pending(p) => used.extend(&p.inputs),
            _ => drop(used.insert(bound.source)),
        }
    }
    if let Some(v) = (0..scope.nodes.len()).find(|v| !used.contains(v)) {
        let name = v.checked_sub(1).map_or("the input".to_string(), |n| scope.nodes[n].name.clone());
        let why = format!("nothing that leads to the output takes {name}");
        let nearest = "a model in which every result leads to the output (onnxsim drops the others)";
        scope.unsupported("the model", "a result that is not used", &why, nearest);
    }
}
