//! Constants as reals, whatever they are written as.

use crate::error::clean;
use crate::onnx::constant::Quantized;
use crate::onnx::scope::{At, Scope};

/// The values at input `i`: floats, or codes behind a quantizer. None: an error is noted.
pub fn reals(scope: &mut Scope, at: &At, i: usize) -> Option<Vec<f32>> {
    let name = at.input(i).to_string();
    if let Some(q) = scope.quantized.get(&name) {
        return finite(scope, at, q.reals());
    }
    if let Some(c) = scope.constants.get(&name).filter(|c| !c.floats.is_empty()) {
        return finite(scope, at, c.floats.clone());
    }
    let source = scope.producers.get(&name).filter(|s| s.op_type == "DequantizeLinear").cloned();
    let codes = source.as_ref().and_then(|dq| scope.constants.get(dq.input.first()?)).cloned();
    let (Some(source), Some(codes)) = (source, codes) else {
        scope.refuse(at, &format!("its parameter `{}` is not constant", clean(&name)), "constant parameters");
        return None;
    };
    let inner = At { node: &source, place: at.place.clone() };
    let (scales, zeros, _) = scope.scale(&inner, 1, 2)?;
    let axis = Some(inner.int("axis", 1));
    finite(scope, at, Quantized { codes, scales, zeros, axis }.reals())
}

fn finite(scope: &mut Scope, at: &At, values: Vec<f32>) -> Option<Vec<f32>> {
    if values.is_empty() || values.iter().any(|v| !v.is_finite()) {
        scope.quantization(at, "a parameter is empty or not finite");
        return None;
    }
    Some(values)
}
