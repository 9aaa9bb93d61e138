//! `niello.Shiftmax`: I-ViT's softmax of the last dimension.

use super::dyadic::{choice, codes, number};
use crate::onnx::parts::rows::{last, rows};
use crate::onnx::scope::{At, Scope};
use niello_net::layers::{Half, Numerator, ShiftExp, Shiftmax};
use niello_net::{Codes, DType, Op};

/// Reads a node.
pub fn shiftmax(scope: &mut Scope, at: &At) {
    let Some((_, bound)) = codes(scope, at, 0) else { return };
    let (Some(exp), Some(bits)) = (exponential(scope, at, 15), number(scope, at, "bits", 8, 2..=16)) else { return };
    let Some(dims) = rows(scope, at, &bound, -1, false) else { return };
    let Some((bound, columns)) = last(scope, at, bound, dims) else { return };
    let dtype = if bits == 8 { DType::U8 } else { DType::Bits { bits: bits as u8, signed: false } };
    let to = Codes { scale: 1.0, zero: 0, dtype };
    scope.node_of(at, "Shiftmax", Op::from(Shiftmax { columns, exp, bits }), bound.source, bound.layout, to);
}

/// The exponential that a node's attributes describe. None: an error is noted.
pub fn exponential(scope: &mut Scope, at: &At, octaves: i64) -> Option<ShiftExp> {
    let half = choice(scope, at, "half", &[("floor", Half::Floor), ("keep", Half::Keep)])?;
    let numerator = choice(scope, at, "numerator", &[("less", Numerator::Less), ("whole", Numerator::Whole)])?;
    let inverse_scale = number(scope, at, "inverse_scale", 0, 1..=65535)?;
    Some(ShiftExp { inverse_scale, octaves: number(scope, at, "octaves", octaves, 1..=30)?, half, numerator })
}
