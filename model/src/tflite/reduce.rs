//! MEAN over an image, and SOFTMAX over the last dimension. Rules: framework-rules.md 1.

use niello_gen::num::tflite::quantize_multiplier;
use niello_gen::num::Scale;

use super::import::File;
use super::schema::Operator;
use crate::error::ModelError;
use crate::window::MOST;
use niello_net::layers::{Pool, Softmax};
use niello_net::{DType, Op, Recode, Value, Window};

/// Classes whose sum of exponentials stays below `2^28`, whatever they are.
const MOST_CLASSES: usize = 511;

impl File<'_> {
    /// MEAN over rows and columns of an image: with `n` pixels, `(M, sh) = q(s1 / s2)`, `k = min(floor(log2 n), 31 + sh)`,
    /// `M' = (M 2^k) div n`: `y = clamp(mbqm(sum - n z1, M', sh - k) + z2)`.
    pub(super) fn mean(
        &mut self,
        place: &str,
        op: &Operator,
        input: i32,
        output: i32,
        x: &Value,
        y: &Value,
    ) -> Option<Op> {
        let axes_index = op.inputs().get(1).copied().unwrap_or(-1);
        let axes = self.value(axes_index)?;
        if axes.dtype != DType::I32 {
            self.inconsistent(place, format!("axes of type {}", axes.dtype.name()));
            return None;
        }
        let mut axes = self.constant(place, axes_index, &axes)?;
        // With the batch, which is no dimension of a sample.
        let dims = self.tensors.get(input as usize).map(|t| t.shape()).unwrap_or_default();
        axes.iter_mut().filter(|a| **a < 0).for_each(|a| *a += dims.len() as i64);
        axes.sort();
        let (&[height, width, channels], [1, 2], [1, _, _, _]) = (&x.shape[..], &axes[..], &dims[..]) else {
            let why = format!("axes {axes:?} of {dims:?}");
            self.unsupported(place, "MEAN", &why, "the mean over rows and columns of an image");
            return None;
        };
        let (cx, cy) = (self.codes(place, input, x)?, self.codes(place, output, y)?);
        let n = (height * width) as i64;
        if n == 1 {
            self.unsupported(place, "MEAN", "the mean of one pixel", "QUANTIZE, or nothing");
            return None;
        }
        if height as i64 > MOST || width as i64 > MOST {
            let (place, count) = (place.to_string(), height.max(width) as u64);
            self.errors.push(ModelError::TooLarge { place, count, limit: MOST as u64 });
            return None;
        }
        let kept = op.reducer().is_some_and(|o| o.keep_dims());
        let rank = self.tensors.get(output as usize).map_or(0, |t| t.shape().len());
        if y.elements() != channels || rank != if kept { 4 } else { 2 } {
            self.inconsistent(place, format!("the mean of {:?} is {:?}", x.shape, y.shape));
            return None;
        }
        let Some((multiplier, shift)) = quantize_multiplier(f64::from(cx.scale) / f64::from(cy.scale)) else {
            self.quantization(place, "a scale ratio is not positive and finite".into());
            return None;
        };
        let k = i64::from(n.ilog2()).min(32).min(31 + i64::from(shift)).max(0);
        let scale =
            Scale::TfliteDouble { multiplier: ((i64::from(multiplier) << k) / n) as i32, shift: shift - k as i32 };
        if !scale.is_legal() {
            self.quantization(place, "a scale ratio is beyond the fixed point of the kernel".into());
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

    /// int8 to int8 with scale 1/256 and zero point -128.
    pub(super) fn softmax(
        &mut self,
        place: &str,
        op: &Operator,
        input: i32,
        output: i32,
        x: &Value,
        y: &Value,
    ) -> Option<Op> {
        let (cx, cy) = (self.codes(place, input, x)?, self.codes(place, output, y)?);
        if x.dtype != DType::I8 || y.dtype != DType::I8 {
            let why = format!("{} becomes {}", x.dtype.name(), y.dtype.name());
            self.unsupported(place, "SOFTMAX", &why, "int8 to int8");
            return None;
        }
        if x.shape != y.shape {
            self.inconsistent(place, format!("the softmax of {:?} is {:?}", x.shape, y.shape));
            return None;
        }
        if cy.zero != -128 || cy.scale != 1.0 / 256.0 {
            let what = format!("SOFTMAX's result has scale {} and zero point {}", cy.scale, cy.zero);
            self.quantization(place, format!("{what}, LiteRT demands 1/256 and -128"));
            return None;
        }
        let classes = *x.shape.last().unwrap_or(&1);
        if classes > MOST_CLASSES {
            let why = format!("{classes} classes: of a flat row TFLite's kernel leaves its fixed point");
            self.unsupported(place, "SOFTMAX", &why, "at most 511 classes, or a model without its softmax");
            return None;
        }
        let beta = op.softmax().map_or(1.0, |o| o.beta());
        let s = Softmax::new(classes as u32, beta, cx.scale);
        if s.is_none() {
            self.quantization(
                place,
                format!("beta {beta} and scale {} are beyond the fixed point of the kernel", cx.scale),
            );
        }
        s.map(Op::from)
    }
}
