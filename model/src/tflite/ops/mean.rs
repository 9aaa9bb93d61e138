//! MEAN along neighbouring dimensions. Rules: framework-rules.md 1.

use niello_gen::num::gemmlowp::quantize_multiplier;
use niello_gen::num::{Requant, Scale};

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::reduced::{runs, Runs};
use crate::tflite::parts::windows::windowed;
use crate::window::reduction;
use niello_net::layers::{Pool, Table};
use niello_net::{Op, Recode};

/// What is registered.
pub const OPERATORS: &[Builtin] = &[Builtin::of("MEAN", 3, (2, 2), 27, mean).built("along neighbouring dimensions")];

/// The mean of `n` elements: with `(M, sh) = q(s1 / s2)`, `k = min(floor(log2 n), 31 + sh)`, `M' = (M 2^k) div n`:
/// `y = clamp(mbqm(sum - n z1, M', sh - k) + z2)`.
fn mean(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, op, input, output, .. } = c;
    let (x, y) = (&c.x, &c.y);
    let Runs { outer, run, inner } = runs(file, c, "mean")?;
    let (cx, cy) = (file.codes(place, input, x)?, file.codes(place, output, y)?);
    let n = run.iter().product::<usize>() as i64;
    let kept = op.reducer().is_some_and(|o| o.keep_dims());
    let rank = |t: i32| file.tensors.get(t as usize).map_or(0, |t| t.shape().len());
    if rank(output) + if kept { 0 } else { run.len() } != rank(input) {
        file.inconsistent(place, format!("the mean of {:?} is {:?}", x.shape, y.shape));
        return None;
    }
    let Some((multiplier, shift)) = quantize_multiplier(f64::from(cx.scale) / f64::from(cy.scale)) else {
        file.quantization(place, "a scale ratio is not positive and finite".into());
        return None;
    };
    let k = i64::from(n.ilog2()).min(32).min(31 + i64::from(shift)).max(0);
    let scale = Scale::TfliteDouble { multiplier: ((i64::from(multiplier) << k) / n) as i32, shift: shift - k as i32 };
    if !scale.is_legal() {
        file.quantization(place, "a scale ratio is beyond the fixed point of the kernel".into());
        return None;
    }
    let (min, max) = y.dtype.range();
    if n == 1 {
        // Of one element it is another scale.
        let requant = Requant { scale, zero_point: cy.zero, min, max };
        let (lowest, highest) = x.dtype.range();
        let entries = (lowest..=highest).map(|q| requant.apply(q - cx.zero)).collect();
        return Some(Op::from(Table { lowest, entries }));
    }
    let recode = Recode { scales: vec![scale], zero_point: cy.zero, min, max };
    let window = windowed(file, place, &reduction(outer, &run, inner))?;
    Some(Op::from(Pool { window, average: Some(recode), outside: cx.zero, float32: None }))
}
