//! `niello.Table`: a function of a code.

use super::dyadic::whole_codes;
use super::matmul::constant;
use crate::onnx::scope::{At, Scope};
use niello_net::layers::Table;
use niello_net::{Codes, DType, Op};

/// Reads a node.
pub fn table(scope: &mut Scope, at: &At) {
    let Some((x, bound)) = whole_codes(scope, at, 0) else { return };
    let Some((entries, _)) = constant(scope, at, 1) else { return };
    let (lo, hi) = x.dtype.range();
    if entries.len() as i64 != hi - lo + 1 {
        return scope.inconsistent(at, format!("{} entries for codes of {}", entries.len(), x.dtype.name()));
    }
    let dtype = scope.constants.get(at.input(1)).map_or(DType::I8, |c| c.dtype);
    if dtype.bits() > 16 {
        return scope.refuse(at, &format!("entries of {}", dtype.name()), "int8, uint8, int16 or uint16");
    }
    let op = Op::from(Table { lowest: lo, entries });
    scope.node_of(at, "Table", op, bound.source, bound.layout, Codes { scale: 1.0, zero: 0, dtype });
}
