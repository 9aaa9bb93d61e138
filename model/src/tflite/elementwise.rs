//! Functions of a code: RELU, RELU6, RELU_N1_TO_1, LEAKY_RELU, LOGISTIC, TANH. Rules: framework-rules.md 1.

use niello_gen::num::tflite::{mbqm, quantize_multiplier};

use super::import::File;
use super::schema::Operator;
use crate::graph::{Op, Value};
use crate::ops::Codes;

/// Which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// Clamped as this fused activation does.
    Clamp(i8),
    LeakyRelu,
    Logistic,
    Tanh,
}

impl File<'_> {
    /// A table from codes to codes.
    pub(super) fn function(
        &mut self,
        place: &str,
        f: Function,
        op: &Operator,
        (input, output): (i32, i32),
        (x, y): (&Value, &Value),
    ) -> Option<Op> {
        let (from, to) = (self.codes(place, input, x)?, self.codes(place, output, y)?);
        if x.dtype != y.dtype || x.shape != y.shape {
            self.inconsistent(
                place,
                format!("{} {:?} becomes {} {:?}", x.dtype.name(), x.shape, y.dtype.name(), y.shape),
            );
            return None;
        }
        let table = match f {
            Function::Clamp(activation) => {
                let bounds = self.bounds(place, activation, &to)?;
                rescaled(from, to, [from.scale / to.scale; 2], bounds)
            }
            Function::LeakyRelu => {
                let alpha = op.leaky_relu().map_or(0.0, |o| o.alpha());
                let below = from.scale * alpha / to.scale;
                rescaled(from, to, [from.scale / to.scale, below], to.dtype.range())
            }
            Function::Logistic => Some(real(from, to, |v| 1.0 / (1.0 + (-v).exp()))),
            Function::Tanh => Some(real(from, to, f32::tanh)),
        };
        if table.is_none() {
            self.quantization(place, "a scale ratio is not positive, finite and below 2^30".into());
        }
        table.map(Op::Table)
    }
}

/// `clamp(mbqm(x - z1, q(ratio)) + z2)`, one ratio above and one below zero.
fn rescaled(from: Codes, to: Codes, ratios: [f32; 2], (lo, hi): (i64, i64)) -> Option<Vec<i64>> {
    let [above, below] = ratios.map(|r| quantize_multiplier(r.into()));
    let (above, below) = (above?, below?);
    let (first, last) = from.dtype.range();
    let code = |q: i64| {
        let x = (q - from.zero) as i32;
        let (multiplier, shift) = if x >= 0 { above } else { below };
        (i64::from(mbqm(x, multiplier, shift)) + to.zero).clamp(lo, hi)
    };
    // The kernel's shifts stay within 31 bits of codes of nine.
    let legal = [above.1, below.1].iter().all(|s| *s <= 22);
    legal.then(|| (first..=last).map(code).collect())
}

/// `clamp(round_half_away(f(x) / scale) + zero)` in binary32, by the reciprocal of the scale.
fn real(from: Codes, to: Codes, f: impl Fn(f32) -> f32) -> Vec<i64> {
    let ((first, last), (lo, hi)) = (from.dtype.range(), to.dtype.range());
    let inverse = 1.0 / to.scale;
    let code = |q: i64| {
        let v = f(from.scale * (q - from.zero) as f32);
        ((v * inverse).round() as i64).saturating_add(to.zero).clamp(lo, hi)
    };
    (first..=last).map(code).collect()
}
