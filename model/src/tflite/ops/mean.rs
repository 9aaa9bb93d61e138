//! MEAN over an image. Rules: framework-rules.md 1.

use niello_gen::num::gemmlowp::quantize_multiplier;
use niello_gen::num::Scale;

use crate::error::ModelError;
use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::reduced::axes;
use crate::window::MOST;
use niello_net::layers::Pool;
use niello_net::{Op, Recode, Window};

/// What is registered.
pub const OPERATORS: &[Builtin] =
    &[Builtin::of("MEAN", 3, (2, 2), 27, mean).built("over rows and columns of an image")];

/// MEAN over rows and columns of an image: with `n` pixels, `(M, sh) = q(s1 / s2)`, `k = min(floor(log2 n), 31 + sh)`,
/// `M' = (M 2^k) div n`: `y = clamp(mbqm(sum - n z1, M', sh - k) + z2)`.
fn mean(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, op, input, output, .. } = c;
    let (x, y) = (&c.x, &c.y);
    let (axes, dims) = axes(file, c)?;
    let (&[height, width, channels], [1, 2], [1, _, _, _]) = (&x.shape[..], &axes[..], &dims[..]) else {
        let why = format!("axes {axes:?} of {dims:?}");
        file.unsupported(place, "MEAN", &why, "the mean over rows and columns of an image");
        return None;
    };
    let (cx, cy) = (file.codes(place, input, x)?, file.codes(place, output, y)?);
    let n = (height * width) as i64;
    if n == 1 {
        file.unsupported(place, "MEAN", "the mean of one pixel", "QUANTIZE, or nothing");
        return None;
    }
    if height as i64 > MOST || width as i64 > MOST {
        let (place, count) = (place.to_string(), height.max(width) as u64);
        file.errors.push(ModelError::TooLarge { place, count, limit: MOST as u64 });
        return None;
    }
    let kept = op.reducer().is_some_and(|o| o.keep_dims());
    let rank = file.tensors.get(output as usize).map_or(0, |t| t.shape().len());
    if y.elements() != channels || rank != if kept { 4 } else { 2 } {
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
    let recode = Recode { scales: vec![scale], zero_point: cy.zero, min, max };
    let (height, width) = (height as u32, width as u32);
    let window = Window {
        height,
        width,
        channels: channels as u32,
        kernel: [height, width],
        stride: [1, 1],
        dilation: [1, 1],
        pads: [0; 4],
    };
    Some(Op::from(Pool { window, average: Some(recode), outside: cx.zero, float32: None }))
}
