//! Operators that pick the largest element.

use crate::onnx::binding::{Binding, Kind, Real};
use crate::onnx::scope::{At, Scope};
use niello_net::DType;

/// The first operand, of which the largest code is that of the largest real: functions that never fall change nothing in that.
pub fn of_codes(scope: &mut Scope, at: &At) -> Option<Binding> {
    let bound = scope.binding(at, 0)?;
    match &bound.kind {
        Kind::Plain(DType::F32) => scope.refuse(at, "it works on floats", "quantize its input"),
        Kind::Pending(p) => scope.unquantized(at, &p.op.clone()),
        Kind::Real(r @ Real { function: Some(_), .. }) if !r.values().is_sorted() => {
            scope.refuse(at, "its operand's function falls", "a QuantizeLinear before it");
        }
        Kind::Plain(d) if scope.opset < 12 => {
            let what = format!("operator set {} has no {} of {}", scope.opset, at.op(), d.name());
            scope.inconsistent(at, what);
        }
        _ => return Some(bound),
    }
    None
}
