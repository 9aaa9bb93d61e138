//! The same reals in other codes.

use crate::onnx::binding::reals;
use niello_net::host::{quantize, FloatRounding};
use niello_net::layers::Table;
use niello_net::Codes;

/// What QuantizeLinear makes of a real, within bounds.
pub fn code(v: f32, to: Codes, bounds: (i64, i64)) -> i64 {
    quantize(v, to.scale, to.zero, FloatRounding::HalfEven, to.dtype).clamp(bounds.0, bounds.1)
}

/// The same reals in other codes, where something changes: a table.
pub fn recoded(from: Codes, to: Codes, bounds: (i64, i64)) -> Option<Table> {
    if from == to && bounds == to.dtype.range() {
        return None;
    }
    let entries = reals(&from).into_iter().map(|v| code(v, to, bounds)).collect();
    Some(Table { lowest: from.dtype.range().0, entries })
}
