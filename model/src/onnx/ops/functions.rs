//! Functions of a code, as a table: exact, whatever they are.
//!
//! LeakyRelu, Sigmoid, Gelu and others, QLinearLeakyRelu and QLinearSigmoid.

use crate::error::clean;
use crate::onnx::binding::{Binding, Kind, Real};
use crate::onnx::operator::{since, Operator};
use crate::onnx::qdq::function;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("Elu", &[since(7, (1, 1), "alpha:f")], elementwise),
    Operator::onnx("Erf", &[since(9, (1, 1), "")], elementwise),
    Operator::onnx("Exp", &[since(7, (1, 1), "")], elementwise),
    Operator::onnx("Gelu", &[since(20, (1, 1), "approximate:s")], elementwise),
    Operator::onnx("HardSigmoid", &[since(7, (1, 1), "alpha:f beta:f")], elementwise),
    Operator::onnx("HardSwish", &[since(14, (1, 1), "")], elementwise),
    Operator::onnx("LeakyRelu", &[since(7, (1, 1), "alpha:f")], elementwise),
    Operator::onnx("Mish", &[since(18, (1, 1), "")], elementwise),
    Operator::onnx("Sigmoid", &[since(7, (1, 1), "")], elementwise),
    Operator::onnx("Softplus", &[since(7, (1, 1), "")], elementwise),
    Operator::onnx("Tanh", &[since(7, (1, 1), "")], elementwise),
    Operator::microsoft("Gelu", &[since(1, (1, 1), "")], elementwise),
    Operator::microsoft("QuickGelu", &[since(1, (1, 1), "alpha:f")], elementwise),
    Operator::microsoft("QLinearLeakyRelu", &[since(1, (5, 5), "alpha:f")], qlinear_elementwise),
    Operator::microsoft("QLinearSigmoid", &[since(1, (5, 5), "")], qlinear_elementwise),
];

fn elementwise(scope: &mut Scope, at: &At) {
    let Some(bound) = scope.binding(at, 0) else { return };
    let form = at.text("approximate", "none");
    if !["none", "tanh"].contains(&form.as_str()) {
        return scope.inconsistent(at, format!("approximate {}", clean(&form)));
    }
    match &bound.kind {
        Kind::Real(r) => {
            let real = r.then(at.op(), of_real(at, &at.node.op_type));
            if real.values().iter().any(|v| v.is_nan()) {
                return scope.quantization(at, "it makes something that is no number of a code");
            }
            scope.put(at, Binding { kind: Kind::Real(real), ..bound });
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
        "Elu" => {
            let alpha = f64::from(alpha(1.0));
            Box::new(move |v| if v >= 0.0 { v } else { (alpha * f64::from(v).exp_m1()) as f32 })
        }
        "Erf" => Box::new(|v| libm::erf(v.into()) as f32),
        "Exp" => Box::new(|v| f64::from(v).exp() as f32),
        "Gelu" if at.text("approximate", "none") == "tanh" => Box::new(|v| gelu_by_tanh(v.into()) as f32),
        "Gelu" => Box::new(|v| gelu(v.into()) as f32),
        "Mish" => Box::new(|v| (f64::from(v) * softplus(v.into()).tanh()) as f32),
        "QuickGelu" => {
            let alpha = f64::from(alpha(1.702));
            Box::new(move |v| (f64::from(v) / (1.0 + (-alpha * f64::from(v)).exp())) as f32)
        }
        "Softplus" => Box::new(|v| softplus(v.into()) as f32),
        "HardSwish" => Box::new(|v| v * (v / 6.0 + 0.5).clamp(0.0, 1.0)),
        "Tanh" => Box::new(|v| f64::from(v).tanh() as f32),
        // Sigmoid. Exact, then rounded: ONNX Runtime's own approximation is within a float32 ulp or two of it.
        _ => Box::new(|v| (1.0 / (1.0 + (-f64::from(v)).exp())) as f32),
    }
}

/// `v P(X <= v)` of a normal X.
fn gelu(v: f64) -> f64 {
    0.5 * v * (1.0 + libm::erf(v * std::f64::consts::FRAC_1_SQRT_2))
}

/// Hendrycks and Gimpel's approximation of it.
fn gelu_by_tanh(v: f64) -> f64 {
    0.5 * v * (1.0 + ((2.0 / std::f64::consts::PI).sqrt() * (v + 0.044715 * v * v * v)).tanh())
}

/// `ln(1 + exp(v))`.
fn softplus(v: f64) -> f64 {
    v.max(0.0) + (-v.abs()).exp().ln_1p()
}
