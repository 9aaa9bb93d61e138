//! FULLY_CONNECTED. Rules: framework-rules.md 1.

use niello_gen::num::gemmlowp::quantize_multiplier;
use niello_gen::num::Scale;

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::weights::{bias, bias_scale, bounds, fits_32_bits};
use crate::tflite::profile::Profile;
use niello_net::layers::Dense;
use niello_net::{Op, Recode};

/// What is registered.
pub const OPERATORS: &[Builtin] = &[Builtin::of("FULLY_CONNECTED", 14, (2, 3), 8, fully_connected)
    .built("one vector a sample, fused activations")
    .optional(2)];

/// FULLY_CONNECTED of the reference kernels: `clamp(round_half_away(acc * m) + zero)` in binary64, with
/// `m = s_in * s_w / s_out`.
fn fully_connected(file: &mut File, c: &Call) -> Option<Op> {
    let &Call { place, op, input, output, .. } = c;
    let (x, y) = (&c.x, &c.y);
    let (cx, cy) = (file.codes(place, input, x)?, file.codes(place, output, y)?);
    let inputs = op.inputs();
    if op.fully_connected().is_some_and(|o| o.weights_format() != 0) {
        file.unsupported(place, "FULLY_CONNECTED", "shuffled weights", "the default weights format");
        return None;
    }
    let w_index = inputs.get(1).copied().unwrap_or(-1);
    // The leading dimension of the weights counts outputs, whatever it is: it is no batch.
    let w_shape: Vec<i32> = file.tensors.get(w_index as usize).map(|t| t.shape()).unwrap_or_default();
    let mut w = file.value(w_index)?;
    w.shape = w_shape.iter().map(|d| (*d).max(0) as usize).collect();
    let ([rows, columns], true) = (&w.shape[..], w.dtype.bits() == 8) else {
        file.inconsistent(place, format!("weights {} of {:?}", w.dtype.name(), w.shape));
        return None;
    };
    let (rows, columns) = (*rows, *columns);
    if x.elements() != columns || y.elements() != rows {
        let why = format!("{} inputs and {} outputs for weights of {rows} x {columns}", x.elements(), y.elements());
        file.unsupported(place, "FULLY_CONNECTED", &why, "one vector a sample");
        return None;
    }
    let (w_scales, w_zeros) = file.scales(place, w_index, 0)?;
    if (w_scales.len() != 1 && w_scales.len() != rows) || (w_zeros.len() != 1 && w_zeros.iter().any(|z| *z != 0)) {
        file.quantization(
            place,
            format!("{} scales and {} zero points for {rows} rows", w_scales.len(), w_zeros.len()),
        );
        return None;
    }
    let (lo, hi) = w.dtype.range();
    if w_zeros.iter().any(|z| !(lo..=hi).contains(z)) {
        file.quantization(place, format!("a zero point of the weights is outside of {}", w.dtype.name()));
        return None;
    }
    if w_scales.len() == 1 {
        bias_scale(file, place, inputs.get(2).copied(), [cx.scale, w_scales[0], cy.scale])?;
    }
    let weights = file.constant(place, w_index, &w)?.into_iter().map(|v| v - w_zeros[0]).collect();
    let bias = bias(file, place, inputs.get(2).copied(), rows)?;
    let scale = |w: &f32| match file.profile {
        Profile::Reference => Scale::RealHalfAway(f64::from(cx.scale) * f64::from(*w) / f64::from(cy.scale)),
        Profile::Xnnpack => Scale::Float32HalfEven(cx.scale * w / cy.scale),
    };
    let scales: Vec<Scale> = w_scales.iter().map(scale).collect();
    if scales.iter().any(|s| !s.is_legal() || matches!(s, Scale::RealHalfAway(m) if quantize_multiplier(*m).is_none()))
    {
        file.quantization(place, "a scale ratio is not positive and finite".into());
        return None;
    }
    let activation = op.fully_connected().map_or(0, |o| o.activation());
    let (min, max) = bounds(file, place, activation, &cy)?;
    let recode = Some(Recode { scales, zero_point: cy.zero, min, max });
    let dense = Dense { x_zero: cx.zero, weights, bias, recode };
    fits_32_bits(file, place, &dense.weights, &dense.bias, dense.x_zero, x.dtype)?;
    Some(Op::from(dense))
}
