//! `niello.ReduceMean`: sums along neighbouring dimensions; that they are means is part of the dyadic number.

use super::dyadic::{codes, recode, result};
use crate::onnx::parts::reduced::reduced;
use crate::onnx::scope::{At, Scope};
use niello_net::layers::Pool;
use niello_net::{Codes, Op};

/// Reads a node.
pub fn reduce_mean(scope: &mut Scope, at: &At) {
    let Some((_, bound)) = codes(scope, at, 0) else { return };
    let Some(dtype) = result(scope, at) else { return };
    let Some(recode) = recode(scope, at, 1, dtype) else { return };
    let Some((window, layout)) = reduced(scope, at, &bound) else { return };
    let op = Op::from(Pool { window, average: Some(recode), outside: 0, float32: None });
    scope.node_of(at, "ReduceMean", op, bound.source, layout, Codes { scale: 1.0, zero: 0, dtype });
}
