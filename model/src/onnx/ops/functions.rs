//! LeakyRelu, Sigmoid, Tanh, HardSigmoid, HardSwish, and QLinearLeakyRelu, QLinearSigmoid: functions of a code.

use crate::onnx::binding::{Binding, Kind, Real};
use crate::onnx::operator::{since, Operator};
use crate::onnx::qdq::function;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("HardSigmoid", &[since(7, (1, 1), "alpha:f beta:f")], elementwise),
    Operator::onnx("HardSwish", &[since(14, (1, 1), "")], elementwise),
    Operator::onnx("LeakyRelu", &[since(7, (1, 1), "alpha:f")], elementwise),
    Operator::onnx("Sigmoid", &[since(7, (1, 1), "")], elementwise),
    Operator::onnx("Tanh", &[since(7, (1, 1), "")], elementwise),
    Operator::microsoft("QLinearLeakyRelu", &[since(1, (5, 5), "alpha:f")], qlinear_elementwise),
    Operator::microsoft("QLinearSigmoid", &[since(1, (5, 5), "")], qlinear_elementwise),
];

fn elementwise(scope: &mut Scope, at: &At) {
    let Some(bound) = scope.binding(at, 0) else { return };
    match &bound.kind {
        Kind::Real(r) => {
            let kind = Kind::Real(r.then(at.op(), of_real(at, &at.node.op_type)));
            scope.put(at, Binding { kind, ..bound });
        }
        Kind::Pending(p) => scope.unquantized(at, &p.op.clone()),
        Kind::Plain(_) => scope.never_quantized(at),
    }
}

/// QLinearLeakyRelu and QLinearSigmoid: a table from codes to codes.
fn qlinear_elementwise(scope: &mut Scope, at: &At) {
    let Some((codes, bound)) = scope.integer_operand(at, 0, 1) else { return };
    let Some(to) = scope.codes(at, 3, 4) else { return };
    let name = at.node.op_type.trim_start_matches("QLinear");
    let r = Real::of(codes).then(at.op(), of_real(at, name));
    function(scope, at, &r, bound.source, bound.layout, to);
}

/// What an operator does with a real, in float32.
fn of_real(at: &At, op: &str) -> Box<dyn Fn(f32) -> f32> {
    let alpha = |default: f32| at.float("alpha", default);
    match op {
        "LeakyRelu" => {
            let alpha = alpha(0.01);
            Box::new(move |v| if v >= 0.0 { v } else { v * alpha })
        }
        "HardSigmoid" => {
            let (alpha, beta) = (alpha(0.2), at.float("beta", 0.5));
            Box::new(move |v| (alpha * v + beta).clamp(0.0, 1.0))
        }
        "HardSwish" => Box::new(|v| v * (v / 6.0 + 0.5).clamp(0.0, 1.0)),
        "Tanh" => Box::new(|v| f64::from(v).tanh() as f32),
        // Sigmoid. Exact, then rounded: ONNX Runtime's own approximation is within a float32 ulp or two of it.
        _ => Box::new(|v| (1.0 / (1.0 + (-f64::from(v)).exp())) as f32),
    }
}
