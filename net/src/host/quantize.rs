//! The border: float to code and back, in float32 as the frameworks do it (framework-rules.md 1, 2).

use crate::DType;

/// How a float becomes a code at the border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatRounding {
    /// ONNX: half to even.
    HalfEven,
    /// TFLite: half away from zero.
    HalfAway,
}

/// `round(x / scale) + zero`, clamped to the type. NaN, which no framework defines, gives the zero point.
pub fn quantize(x: f32, scale: f32, zero: i64, rounding: FloatRounding, dtype: DType) -> i64 {
    let v = x / scale;
    let r = match rounding {
        FloatRounding::HalfEven => v.round_ties_even(),
        FloatRounding::HalfAway => v.round(),
    };
    let (lo, hi) = dtype.range();
    // `as` saturates, and takes NaN to 0.
    (r as i64).saturating_add(zero).clamp(lo, hi)
}

/// `(q - zero) * scale + bias`, two roundings. An empty bias adds nothing, not even to the sign of zero.
pub fn dequantize(q: &[i64], scales: &[f32], zero: i64, bias: &[f32]) -> Vec<f32> {
    let scale = |i: usize| scales[i % scales.len()];
    let real = |(i, v): (usize, &i64)| {
        let product = (v - zero) as f32 * scale(i);
        bias.get(i % bias.len().max(1)).map_or(product, |b| product + b)
    };
    q.iter().enumerate().map(real).collect()
}
