//! LayerNormalization and RMSNormalization of rows, which ONNX Runtime computes in float.

use crate::onnx::kernels::pending;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::reals::reals;
use crate::onnx::parts::rows::{last, rows};
use crate::onnx::scope::{At, Scope};
use crate::onnx::waiting::{Fused, Target, Waiting};
use niello_net::layers::{Affine, FloatNorm, NormKind};
use niello_net::{Codes, Op};

const BUILT: &str = "rows of up to 4096 with constant scale and bias, near ONNX Runtime's float";

/// What is registered.
pub const OPERATORS: &[Operator] = &[
    Operator::onnx("LayerNormalization", &[since(17, (2, 3), "axis:i epsilon:f stash_type:i")], layer_norm)
        .settings(&[("stash_type", &[1])])
        .built(BUILT),
    Operator::onnx("RMSNormalization", &[since(23, (2, 2), "axis:i epsilon:f stash_type:i")], rms_norm)
        .settings(&[("stash_type", &[1])])
        .built(BUILT),
];

fn layer_norm(scope: &mut Scope, at: &At) {
    norm(scope, at, NormKind::Layer);
}

fn rms_norm(scope: &mut Scope, at: &At) {
    norm(scope, at, NormKind::Rms);
}

fn norm(scope: &mut Scope, at: &At, kind: NormKind) {
    let Some((from, bound)) = scope.operand(at, 0) else { return };
    let axis = at.int("axis", -1);
    let Some(dims) = rows(scope, at, &bound, axis, true) else { return };
    let Some((bound, columns)) = last(scope, at, bound, dims) else { return };
    let Some(gamma) = of_row(scope, at, 1, columns) else { return };
    let beta = if at.input(2).is_empty() { Some(vec![0.0]) } else { of_row(scope, at, 2, columns) };
    let Some(beta) = beta else { return };
    let norm = Norm { kind, columns, from, gamma, beta, epsilon: at.float("epsilon", 1e-5) };
    let mut pending = pending(scope, at, vec![bound.source], norm);
    // Only the operand is codes: its parameters are none of a kernel's.
    pending.kernel.truncate(1);
    pending.float = true;
    scope.wait(at, bound.layout, bound.source, pending);
}

/// A constant for each element of a row, or one for all. None: an error is noted.
fn of_row(scope: &mut Scope, at: &At, i: usize, columns: u32) -> Option<Vec<f32>> {
    let values = reals(scope, at, i)?;
    if values.len() != 1 && values.len() != columns as usize {
        scope.inconsistent(at, format!("{} values of a parameter for rows of {columns}", values.len()));
        return None;
    }
    Some(values)
}

/// A norm that waits for the scale of its results.
#[derive(Clone, Debug)]
struct Norm {
    kind: NormKind,
    columns: u32,
    from: Codes,
    gamma: Vec<f32>,
    beta: Vec<f32>,
    epsilon: f32,
}

impl Waiting for Norm {
    fn becomes(&self, to: &Target) -> Result<Fused, String> {
        let affine = Affine { gamma: &self.gamma, beta: &self.beta, epsilon: self.epsilon };
        let norm = FloatNorm::new(self.kind, self.columns, [self.from, to.codes], affine)
            .ok_or("a scale, an offset or epsilon of the norm is out of range")?;
        Ok(Op::from(norm.within(to.bounds)).into())
    }
}
