//! `niello.Rotary`: pairs of neighbours in the last dimension are turned by angles of their place in the one before it.

use super::dyadic::{number, whole_codes};
use super::matmul::constant;
use crate::onnx::parts::rows::{last, rows};
use crate::onnx::scope::{At, Scope};
use niello_net::layers::Rotary;
use niello_net::{Codes, Op};

/// Reads a node.
pub fn rotary(scope: &mut Scope, at: &At) {
    let Some((x, bound)) = whole_codes(scope, at, 0) else { return };
    let (Some((cosines, shape)), Some((sines, other))) = (constant(scope, at, 1), constant(scope, at, 2)) else {
        return;
    };
    let Some(fraction) = number(scope, at, "fraction", 14, 1..=15) else { return };
    let dims = bound.layout.shape.clone();
    let [.., places, columns] = dims[..] else {
        return scope.refuse(at, &format!("a tensor of {dims:?}"), "places and elements as its last dimensions");
    };
    if !columns.is_multiple_of(2) || shape != other || shape != [places, columns / 2] {
        return scope.inconsistent(at, format!("cosines of {shape:?} and sines of {other:?} for {dims:?}"));
    }
    let Some(along) = rows(scope, at, &bound, -1, false) else { return };
    let Some((bound, _)) = last(scope, at, bound, along) else { return };
    // The place and the pair of each element as it is stored.
    let turn = |e: usize| e / columns % places * (columns / 2) + e % columns / 2;
    let turns: Vec<usize> = bound.layout.indices().into_iter().step_by(2).map(turn).collect();
    let of = |list: &[i64]| turns.iter().map(|t| list[*t]).collect();
    let layer = Rotary { columns: columns as u32, fraction, cosines: of(&cosines), sines: of(&sines), dtype: x.dtype };
    let to = Codes { scale: 1.0, zero: 0, dtype: x.dtype };
    scope.node_of(at, "Rotary", Op::from(layer), bound.source, bound.layout, to);
}
