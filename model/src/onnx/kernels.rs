//! Which types ONNX Runtime's kernels see, and where that keeps an operator in float.
//!
//! On x86 it makes int8 codes uint8 where one QuantizeLinear feeds one DequantizeLinear that one node takes. What a node takes and
//! gives must then have one type, or DequantizeLinear, the float operator and QuantizeLinear stay as the file has them.

use std::collections::{BTreeMap, BTreeSet};

use super::binding::{Binding, Kind, Pending, What};
use super::proto::{GraphProto, NodeProto};
use super::scope::{At, Scope};
use super::waiting::Seen;
use crate::error::clean;
use niello_net::DType;

/// Results of QuantizeLinears that become uint8, if they are int8.
pub fn made_unsigned(graph: &GraphProto) -> BTreeSet<String> {
    let mut readers: BTreeMap<&str, Vec<&NodeProto>> = BTreeMap::new();
    for node in &graph.node {
        for name in &node.input {
            readers.entry(name).or_default().push(node);
        }
    }
    let ends = |name: &str| graph.output.iter().filter(|o| o.name == name).count();
    let taken = |name: &str| readers.get(name).map_or(&[][..], |r| &r[..]);
    // A DequantizeLinear that several nodes take becomes as many.
    let copies = |out: &String| taken(out).len() + ends(out);
    let one = |name: &str| {
        let dequantized = taken(name).iter().all(|n| n.op_type == "DequantizeLinear");
        let copies: usize = taken(name).iter().filter_map(|n| n.output.first()).map(copies).sum();
        dequantized && ends(name) == 0 && copies == 1
    };
    let results = graph.node.iter().filter(|n| n.op_type == "QuantizeLinear").filter_map(|n| n.output.first());
    results.filter(|name| one(name)).cloned().collect()
}

fn kernel_type(scope: &Scope, codes: &str, dtype: DType) -> DType {
    match dtype {
        DType::I8 if scope.unsigned.contains(codes) => DType::U8,
        dtype => dtype,
    }
}

/// Types of the dequantized codes that a node takes.
pub fn kernel_types(scope: &Scope, at: &At) -> Vec<DType> {
    let own = |name: &String| match scope.bindings.get(name).map(|f| &f.kind) {
        Some(Kind::Real(r)) => match scope.producers.get(name).and_then(|dq| dq.input.first()) {
            Some(codes) => Some(kernel_type(scope, codes, r.codes.dtype)),
            // Behind what only moves elements a pair of its own is put.
            None => Some(DType::U8),
        },
        _ => None,
    };
    at.node.input.iter().filter_map(own).collect()
}

/// On what an operator that this QuantizeLinear follows is computed; `clamped` between the two.
pub fn seen(scope: &Scope, p: &Pending, at: &At, to: DType, clamped: bool) -> Seen {
    let result = kernel_type(scope, at.output(), to);
    match () {
        _ if !scope.finds_patterns() || p.kernel.is_empty() => Seen::Codes,
        _ if clamped || has_no_kernel(scope, p, at, to) => Seen::Reals,
        _ if p.kernel.iter().chain([&result]).all(|t| *t == DType::U8) => Seen::Unsigned,
        _ => Seen::Codes,
    }
}

/// No kernel of codes takes these types and gives the codes of this QuantizeLinear.
pub fn has_no_kernel(scope: &Scope, p: &Pending, at: &At, to: DType) -> bool {
    let result = kernel_type(scope, at.output(), to);
    // Side by side, codes are rounded alike in float.
    if p.what.waiting().is_moved() {
        return false;
    }
    p.kernel.iter().any(|t| *t != result) || no_products(p)
}

/// QLinearMatMul and MatMulIntegerToFloat take uint8 here.
pub fn no_products(p: &Pending) -> bool {
    p.op == "MatMul" && p.kernel.contains(&DType::I8)
}

/// An operand is int8, or does not come straight from its DequantizeLinear.
pub fn takes_int8_or_passed(scope: &Scope, at: &At) -> bool {
    let float = |f: &Binding| f.passed() || matches!(&f.kind, Kind::Real(r) if r.codes.dtype == DType::I8);
    at.node.input.iter().any(|name| scope.bindings.get(name).is_some_and(float))
}

/// An operator that waits for its scale.
pub fn pending(scope: &Scope, at: &At, inputs: Vec<usize>, what: impl Into<What>) -> Pending {
    let (name, op) = (clean(at.output()), at.op());
    let (lo, hi, kernel) = (f32::NEG_INFINITY, f32::INFINITY, kernel_types(scope, at));
    Pending { name, op, inputs, what: what.into(), lo, hi, float: false, kernel }
}
