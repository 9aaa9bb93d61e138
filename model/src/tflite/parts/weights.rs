//! What dense layers and convolutions have in common: kernels with their scales, biases, bounds, accumulators of 32 bits.

use niello_gen::num::gemmlowp::quantize_multiplier;
use niello_gen::num::Scale;

use crate::tflite::builtin::Call;
use crate::tflite::file::File;
use crate::tflite::profile::Profile;
use niello_net::layers::Sums;
use niello_net::{Codes, DType, Recode, Value};

/// The kernels' tensor, with all its dimensions.
pub fn kernel(file: &mut File, c: &Call) -> Option<(i32, Value)> {
    let (place, op, x) = (c.place, c.op, &c.x);
    let index = op.inputs().get(1).copied().unwrap_or(-1);
    let mut w = file.value(index)?;
    let shape = file.tensors.get(index as usize).map(|t| t.shape()).unwrap_or_default();
    w.shape = shape.iter().map(|d| (*d).max(0) as usize).collect();
    if w.dtype.bits() != 8 || w.shape.len() != 4 || w.dtype != x.dtype {
        file.inconsistent(place, format!("kernels {} of {:?} on {}", w.dtype.name(), w.shape, x.dtype.name()));
        return None;
    }
    Some((index, w))
}

/// Weights, biases, requantizers and the operand's zero point.
pub struct Scaled {
    /// Without their zero points.
    pub weights: Vec<i64>,
    /// One for each output.
    pub bias: Vec<i64>,
    /// How sums become codes.
    pub recode: Recode,
    /// Of the operand.
    pub x_zero: i64,
}

/// Weights, biases and requantizers of a convolution; several scales of the weights `w` belong to `axis`.
pub fn scaled(file: &mut File, c: &Call, (index, w): (i32, &Value), activation: i8, axis: i32) -> Option<Scaled> {
    let &Call { place, op, input, output, .. } = c;
    let (x, y) = (&c.x, &c.y);
    let (cx, cy): (Codes, Codes) = (file.codes(place, input, x)?, file.codes(place, output, y)?);
    let outputs = w.shape[axis as usize];
    let (scales, zeros) = file.scales(place, index, axis)?;
    let (lo, hi) = w.dtype.range();
    // The kernels of int8 take no zero point.
    let zeros_fit = (zeros.len() == 1 && x.dtype == DType::U8) || zeros.iter().all(|z| *z == 0);
    if (scales.len() != 1 && scales.len() != outputs) || !zeros_fit || !zeros.iter().all(|z| (lo..=hi).contains(z)) {
        let what = format!("{} scales and zero points {:?} for {outputs} kernels", scales.len(), zeros.first());
        file.quantization(place, what);
        return None;
    }
    if x.dtype == DType::U8 {
        bias_scale(file, place, op.inputs().get(2).copied(), [cx.scale, scales[0], cy.scale])?;
    }
    let weights: Vec<i64> = file.constant(place, index, w)?.into_iter().map(|v| v - zeros[0]).collect();
    let bias = bias(file, place, op.inputs().get(2).copied(), outputs)?;
    let ratio = |s: &f32| match x.dtype {
        DType::U8 => f64::from(cx.scale * s) / f64::from(cy.scale),
        _ => f64::from(cx.scale) * f64::from(*s) / f64::from(cy.scale),
    };
    let profile = file.profile;
    let scale = |s: &f32| {
        if profile == Profile::Xnnpack {
            return Some(Scale::Float32HalfEven(cx.scale * s / cy.scale)).filter(Scale::is_legal);
        }
        let (multiplier, shift) = quantize_multiplier(ratio(s))?;
        Some(Scale::TfliteDouble { multiplier, shift }).filter(Scale::is_legal)
    };
    let Some(scales) = scales.iter().map(scale).collect::<Option<Vec<Scale>>>() else {
        file.quantization(place, "a scale ratio is not positive, finite and below 2^30".into());
        return None;
    };
    if axis == 0 {
        fits_32_bits(file, place, &weights, &bias, cx.zero, x.dtype)?;
    }
    let (min, max) = bounds(file, place, activation, &cy)?;
    let recode = Recode { scales, zero_point: cy.zero, min, max };
    Some(Scaled { weights, bias, recode, x_zero: cx.zero })
}

/// TFLite's accumulators wrap at 32 bits: nothing may reach that.
pub fn fits_32_bits(
    file: &mut File,
    place: &str,
    weights: &[i64],
    bias: &[i64],
    zero: i64,
    dtype: DType,
) -> Option<()> {
    let row = Sums { weights, bias, x_zero: zero }.overflowing_row(dtype);
    if let Some(row) = row {
        file.quantization(place, format!("the accumulator of output {row} can leave 32 bits, where TFLite wraps"));
    }
    row.is_none().then_some(())
}

/// Where there is one scale for all weights, a bias' own is near that of the products, counted in results: LiteRT starts no other
/// kernel. `scales`: of operand, weights, result.
pub fn bias_scale(file: &mut File, place: &str, index: Option<i32>, scales: [f32; 3]) -> Option<()> {
    let Some(index) = index.filter(|b| *b != -1) else { return Some(()) };
    let q = file.tensors.get(index as usize)?.quantization();
    let own = q.and_then(|q| q.scale().first().copied()).unwrap_or(0.0);
    let difference = (f64::from(scales[0] * scales[1]) - f64::from(own)).abs();
    if difference / f64::from(scales[2]) <= 0.02 {
        return Some(());
    }
    file.quantization(place, format!("scale {own} of the bias is not {}, that of the products", scales[0] * scales[1]));
    None
}

/// The biases of `rows` outputs; zeros where there are none.
pub fn bias(file: &mut File, place: &str, index: Option<i32>, rows: usize) -> Option<Vec<i64>> {
    let Some(b) = index.filter(|b| *b != -1) else { return Some(vec![0; rows]) };
    let mut v = file.value(b)?;
    if v.dtype != DType::I32 || v.elements() != rows {
        file.inconsistent(place, format!("bias {} of {} elements for {rows} rows", v.dtype.name(), v.elements()));
        return None;
    }
    v.shape = vec![rows];
    let zeros = file.tensors.get(b as usize)?.quantization().map(|q| q.zero_point()).unwrap_or_default();
    if let Some(zero) = zeros.into_iter().map(i64::from).find(|z| *z != 0) {
        file.quantization(place, format!("zero point {zero} of the bias {}: LiteRT demands 0", v.name));
        return None;
    }
    file.constant(place, b, &v)
}

/// Codes that a fused activation leaves: `q(v) = zero + round_half_away(v / scale)`.
pub fn bounds(file: &mut File, place: &str, activation: i8, y: &Codes) -> Option<(i64, i64)> {
    let (lo, hi) = y.dtype.range();
    let code = |v: f32| (v / y.scale).round() as i64;
    let most = match activation {
        2 => 1.0,
        3 => 6.0,
        _ => 0.0,
    };
    if code(most) > i64::from(i32::MAX) {
        file.quantization(place, format!("scale {}: bounds of its activation leave 32 bits", y.scale));
        return None;
    }
    let q = |v: f32| (y.zero + code(v)).clamp(lo, hi);
    match activation {
        0 => Some((lo, hi)),
        1 => Some((q(0.0), hi)),
        2 => Some((q(-1.0), q(1.0))),
        3 => Some((q(0.0), q(6.0))),
        other => {
            file.unsupported(
                place,
                "FULLY_CONNECTED",
                &format!("fused activation {other}"),
                "NONE, RELU, RELU_N1_TO_1 or RELU6",
            );
            None
        }
    }
}
