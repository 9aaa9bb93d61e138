//! `niello.GatedRecurrence`: a state that is kept from row to row and from sample to sample.

use super::dyadic::{number, signed, whole_codes};
use crate::error::clean;
use crate::onnx::binding::{Binding, Kind};
use crate::onnx::parts::pairs::side_by_side;
use crate::onnx::parts::rows::{last, rows};
use crate::onnx::scope::{At, Scope};
use niello_net::layers::GatedRecurrence;
use niello_net::{Node, Op, Value};

/// Reads a node.
pub fn gated_recurrence(scope: &mut Scope, at: &At) {
    let (Some((gate, f)), Some((candidate, c))) = (whole_codes(scope, at, 0), whole_codes(scope, at, 1)) else {
        return;
    };
    let Some(up) = number(scope, at, "up", 8, 0..=15) else { return };
    if gate.dtype.signed() {
        return scope.refuse(at, &format!("gates of {}", gate.dtype.name()), "gates of uint8 or uint16");
    }
    let bits = i64::from(candidate.dtype.bits() + up);
    let Some(dtype) = signed(bits).filter(|_| candidate.dtype.signed()) else {
        let why = format!("a state of {bits} bits of candidates of {}", candidate.dtype.name());
        return scope.refuse(at, &why, "signed candidates and a state of at most 16 bits");
    };
    let Some(dims) = rows(scope, at, &f, -1, false) else { return };
    let Some((f, channels)) = last(scope, at, f, dims) else { return };
    let Some((f, c)) = side_by_side(scope, at, f, c) else { return };
    if !f.layout.is_plain() {
        return scope.refuse(at, "its rows lie in another order", "gates and candidates as products of rows give them");
    }
    let op = Op::from(GatedRecurrence { channels, gate_bits: gate.dtype.bits(), up });
    let output = Value { name: clean(at.output()), shape: f.layout.stored(), dtype };
    let (name, kind, inputs) = (clean(at.output()), at.op(), vec![f.source, c.source]);
    let source = scope.push(Node { name, kind, op, inputs, output, float_in_framework: false });
    scope.put(at, Binding { layout: f.layout, source, kind: Kind::Plain(dtype) });
}
