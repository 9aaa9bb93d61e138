//! Softmax of rows, which ONNX Runtime computes in float.

use crate::onnx::binding::{Binding, Kind, Real};
use crate::onnx::kernels::pending;
use crate::onnx::operator::{since, Operator};
use crate::onnx::parts::rows::{last, rows};
use crate::onnx::scope::{At, Scope};
use crate::onnx::waiting::{Fused, Seen, Target, Waiting};
use niello_net::layers::FloatSoftmax;
use niello_net::{Codes, Op};

/// What is registered.
pub const OPERATORS: &[Operator] =
    &[Operator::onnx("Softmax", &[since(7, (1, 1), "axis:i"), since(13, (1, 1), "axis:i")], softmax)
        .built("rows of up to 4096, near ONNX Runtime's float: by the hardware; by the host at a model's end that nothing quantizes; or left out")];

/// Before operator set 13 a row is all dimensions from the axis on.
fn softmax(scope: &mut Scope, at: &At) {
    let Some((from, bound)) = on_a_line(scope, at).or_else(|| scope.operand(at, 0)) else { return };
    let old = scope.opset < 13;
    let axis = at.int("axis", if old { 1 } else { -1 });
    let Some(dims) = rows(scope, at, &bound, axis, old) else { return };
    let Some((bound, columns)) = last(scope, at, bound, dims) else { return };
    let mut pending =
        pending(scope, at, vec![bound.source], Shares { from, columns, patterns: scope.finds_patterns() });
    pending.float = true;
    scope.wait(at, bound.layout, bound.source, pending);
}

/// Float32 may round exponents by so much: less than an exponential's own error.
const MOST_ROUNDING: f64 = 1e-4;

/// Codes of which a function is a rising line, as behind a division by a constant: they are codes of another scale, and what is added to all of them
/// makes no difference to a softmax, unless it is so large that float32 loses the line.
fn on_a_line(scope: &Scope, at: &At) -> Option<(Codes, Binding)> {
    let bound = scope.bindings.get(at.input(0)).cloned()?;
    let Kind::Real(r @ Real { function: Some(_), .. }) = &bound.kind else { return None };
    let values: Vec<f64> = r.values().into_iter().map(f64::from).collect();
    let (first, last) = (*values.first()?, *values.last()?);
    let step = (last - first) / (values.len() - 1) as f64;
    let reach = first.abs().max(last.abs());
    let rounding = reach * f64::from(f32::EPSILON);
    let near = |(i, v): (usize, &f64)| (first + i as f64 * step - v).abs() <= rounding;
    let line = step.is_finite()
        && (step as f32).is_normal()
        && step > 0.0
        && rounding <= MOST_ROUNDING
        && values.iter().enumerate().all(near);
    let codes = Codes { scale: step as f32, ..r.codes };
    line.then_some((codes, bound))
}

/// What each code's exponential is of its row's.
#[derive(Clone, Copy, Debug)]
struct Shares {
    from: Codes,
    columns: u32,
    /// ONNX Runtime looks for its own kernel of codes.
    patterns: bool,
}

impl Waiting for Shares {
    fn of_reals(&self) -> Option<(Codes, Op)> {
        Some((self.from, Op::Softmax { columns: self.columns as usize }))
    }

    fn becomes(&self, to: &Target) -> Result<Fused, String> {
        let (columns, scale, bounds) = (self.columns, f64::from(self.from.scale), to.bounds);
        let s_y = to.codes.scale;
        // QLinearSoftmax multiplies by the floor of the inverse scale.
        let kernel = self.patterns && to.seen != Seen::Reals;
        let out_scale = if kernel { 1.0 / f64::from((1.0 / s_y).floor()) } else { s_y.into() };
        if !(2f64.powi(-12)..=1.0).contains(&out_scale) {
            return Err(format!("the scale {s_y} of a softmax's result is not between 1/4096 and 1"));
        }
        Ok(Op::from(FloatSoftmax { columns, scale, out_scale, to: to.codes, bounds }).into())
    }
}
