//! `niello.MatMul`: a computed tensor times constants, with a bias, or times another computed tensor.

use super::dyadic::{codes, finish, recode, result};
use crate::error::clean;
use crate::onnx::binding::{Binding, Pending};
use crate::onnx::layout::Layout;
use crate::onnx::parts::matrices::matrices;
use crate::onnx::parts::product::product;
use crate::onnx::parts::weights::Weights;
use crate::onnx::scope::{At, Scope};
use niello_net::Codes;

/// Reads a node.
pub fn matmul(scope: &mut Scope, at: &At) {
    let Some(dtype) = result(scope, at) else { return };
    let Some(a) = codes(scope, at, 0) else { return };
    let found = match scope.bindings.contains_key(at.input(1)) {
        true => of_two(scope, at, a),
        false => by_weights(scope, at, a),
    };
    let Some((layout, pending, outputs)) = found else { return };
    let Some(recode) = recode(scope, at, outputs, dtype) else { return };
    finish(scope, at, pending, layout, recode, dtype);
}

fn of_two(scope: &mut Scope, at: &At, a: (Codes, Binding)) -> Option<(Layout, Pending, usize)> {
    if !at.input(2).is_empty() {
        scope.refuse(at, "a bias behind a product of two computed tensors", "an Add of its own");
        return None;
    }
    let b = codes(scope, at, 1)?;
    let (layout, pending) = matrices(scope, at, [a, b], 1.0)?;
    Some((layout, pending, 1))
}

fn by_weights(scope: &mut Scope, at: &At, (x, bound): (Codes, Binding)) -> Option<(Layout, Pending, usize)> {
    let w = constant(scope, at, 1)?;
    let [columns, rows] = w.1[..] else {
        scope.refuse(at, &format!("weights of {:?}", w.1), "a matrix of weights");
        return None;
    };
    if let Some(v) = w.0.iter().find(|v| !(-128..=127).contains(*v)) {
        scope.refuse(at, &format!("a weight of {v}"), "weights of int8");
        return None;
    }
    if columns * rows == 0 {
        scope.inconsistent(at, format!("weights of {:?}", w.1));
        return None;
    }
    let values = (0..rows).flat_map(|n| (0..columns).map(move |k| (n, k))).map(|(n, k)| w.0[k * rows + n]).collect();
    let weights = Weights { values, rows, columns, scales: vec![1.0] };
    let (bound, mut pending) = product(scope, at, x, bound, weights, 1.0)?;
    if !at.input(2).is_empty() {
        let (bias, shape) = constant(scope, at, 2)?;
        if bias.len() != rows {
            scope.inconsistent(at, format!("a bias of {shape:?} for {rows} outputs"));
            return None;
        }
        if let Some(sums) = pending.sums_mut() {
            sums.bias = Some(bias);
        }
    }
    Some((bound.layout, pending, rows))
}

/// Constant integers and their shape at input `i`. None: an error is noted.
pub fn constant(scope: &mut Scope, at: &At, i: usize) -> Option<(Vec<i64>, Vec<usize>)> {
    let found = scope.constants.get(at.input(i)).filter(|c| c.floats.is_empty()).cloned();
    if found.is_none() {
        scope.inconsistent(at, format!("`{}` is no constant of integers", clean(at.input(i))));
    }
    found.map(|c| (c.ints, c.shape))
}
