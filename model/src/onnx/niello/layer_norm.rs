//! `niello.LayerNorm`: the integer norms of I-ViT and I-BERT of the last dimension.

use super::dyadic::{choice, codes, number, recode, result};
use super::matmul::constant;
use crate::onnx::parts::rows::{last, rows};
use crate::onnx::scope::{At, Scope};
use niello_net::layers::{ILayerNorm, Mean, Numerator, Root};
use niello_net::{Codes, Op};

/// Reads a node.
pub fn layer_norm(scope: &mut Scope, at: &At) {
    let Some((_, bound)) = codes(scope, at, 0) else { return };
    let Some(dtype) = result(scope, at) else { return };
    let Some(dims) = rows(scope, at, &bound, -1, false) else { return };
    let Some((bound, columns)) = last(scope, at, bound, dims) else { return };
    let Some(norm) = norm(scope, at, columns) else { return };
    let Some(recode) = recode(scope, at, columns as usize, dtype) else { return };
    let to = Codes { scale: 1.0, zero: 0, dtype };
    scope.node_of(at, "LayerNorm", Op::from(ILayerNorm { recode, ..norm }), bound.source, bound.layout, to);
}

/// Everything but what becomes of norms. None: an error is noted.
fn norm(scope: &mut Scope, at: &At, columns: u32) -> Option<ILayerNorm> {
    let roots = [("newton", Root::Newton), ("newton_half", Root::NewtonHalf), ("floor", Root::Floor)];
    let root = choice(scope, at, "root", &roots)?;
    let mean = choice(scope, at, "mean", &[("nearest", Mean::Nearest), ("zero", Mean::Zero), ("none", Mean::None)])?;
    let numerator = choice(scope, at, "numerator", &[("less", Numerator::Less), ("whole", Numerator::Whole)])?;
    let bias = if at.input(1).is_empty() { vec![0] } else { constant(scope, at, 1)?.0 };
    if bias.len() != 1 && bias.len() != columns as usize {
        scope.inconsistent(at, format!("{} biases for {columns} channels", bias.len()));
        return None;
    }
    let recode = niello_net::Recode { scales: Vec::new(), zero_point: 0, min: 0, max: 0 };
    Some(ILayerNorm {
        columns,
        mean,
        root,
        start: number(scope, at, "start", 16, 0..=24)?,
        iterations: number(scope, at, "iterations", 10, 1..=32)?,
        numerator,
        shift: number(scope, at, "drop", 0, 0..=15)?,
        bias,
        recode,
    })
}
