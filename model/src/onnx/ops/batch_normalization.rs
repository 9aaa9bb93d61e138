//! BatchNormalization behind a Conv or Gemm.

use crate::onnx::binding::{Binding, Kind};
use crate::onnx::operator::{Definition, Operator};
use crate::onnx::parts::sums::Sums;
use crate::onnx::scope::{At, Scope};

/// What is registered.
pub const OPERATORS: &[Operator] = &[Operator::onnx(
    "BatchNormalization",
    &[
        Definition { since: 7, inputs: (5, 5), outputs: 5, attributes: "epsilon:f momentum:f spatial:i" },
        Definition { since: 9, inputs: (5, 5), outputs: 5, attributes: "epsilon:f momentum:f" },
        Definition { since: 14, inputs: (5, 5), outputs: 3, attributes: "epsilon:f momentum:f training_mode:i" },
    ],
    batch_normalization,
)
.built("behind a Conv or Gemm")
.settings(&[("training_mode", &[0]), ("spatial", &[1])])];

/// Behind a Conv or Gemm: `y = (x - mean) g + b` with `g = scale / sqrt(var + epsilon)` scales sums and moves them. Frameworks
/// compute the chain in float.
fn batch_normalization(scope: &mut Scope, at: &At) {
    let Some(bound) = scope.binding(at, 0) else { return };
    let parameters: Vec<Vec<f32>> =
        (1..5).map(|i| scope.constants.get(at.input(i)).map_or(Vec::new(), |c| c.floats.clone())).collect();
    let Kind::Pending(mut p) = bound.kind.clone() else {
        let nearest = "BatchNormalization directly behind a Conv or Gemm (quant_pre_process folds it)";
        return scope.unsupported(&at.place, "BatchNormalization", "it does not follow a Conv", nearest);
    };
    let free = p.is_free() && p.sums().is_some_and(|s| s.lead(&bound.layout));
    match p.sums_mut() {
        Some(s) if free && parameters.iter().all(|v| v.len() == s.rows) => {
            if let Err(what) = normalize(s, &parameters, at.float("epsilon", 1e-5)) {
                return scope.quantization(at, what);
            }
        }
        _ if parameters.iter().any(Vec::is_empty) => {
            return scope.quantization(at, "its scale, bias, mean or variance is no constant of float32");
        }
        _ if !free => {
            let nearest = "BatchNormalization directly behind a Conv or Gemm (quant_pre_process folds it)";
            let why = "something stands between it and the sums";
            return scope.unsupported(&at.place, "BatchNormalization", why, nearest);
        }
        _ => return scope.inconsistent(at, "its scale, bias, mean and variance do not fit its operand"),
    }
    p.float = true;
    scope.put(at, Binding { kind: Kind::Pending(p), ..bound });
}

/// Scales, weights and offsets of normalized sums, in binary64.
fn normalize(s: &mut Sums, parameters: &[Vec<f32>], epsilon: f32) -> Result<(), String> {
    let columns = s.weights.len() / s.rows;
    let bias = s.bias.take().unwrap_or_else(|| vec![0; s.rows]);
    let old = s.offset.take().unwrap_or_else(|| vec![0.0; s.rows]);
    let (mut scales, mut offset) = (Vec::new(), Vec::new());
    for n in 0..s.rows {
        let [gamma, beta, mean, variance] = [0, 1, 2, 3].map(|k| f64::from(parameters[k][n]));
        let gain = gamma / (variance + f64::from(epsilon)).sqrt();
        let scale = f64::from(s.scale(n));
        let moved = (bias[n] as f64 * scale + old[n] - mean) * gain + beta;
        if !(gain != 0.0 && gain.is_finite() && moved.is_finite()) {
            return Err(format!("channel {n} is normalized by {gain}"));
        }
        let row = &mut s.weights[n * columns..(n + 1) * columns];
        row.iter_mut().for_each(|w| *w = if gain < 0.0 { -*w } else { *w });
        scales.push((scale * gain.abs()) as f32);
        offset.push(moved);
    }
    (s.scales, s.offset) = (scales, Some(offset));
    Ok(())
}
