//! Elementwise functions of small integers: standalone Relu and Clip between codes, int-to-int QUANTIZE.

use niello_gen::num::tflite::{mbqm, quantize_multiplier};

use crate::graph::{DType, Tensor};

pub fn run(entries: &[i64], x: &[i64], dtype: DType) -> Tensor {
    let lowest = dtype.range().0;
    Tensor::Int(x.iter().map(|v| entries[(v - lowest) as usize]).collect())
}

/// A quantized tensor's type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Codes {
    /// Scale.
    pub scale: f32,
    /// Zero point.
    pub zero: i64,
    /// Type.
    pub dtype: DType,
}

impl Codes {
    /// What its codes are larger by as uint8.
    pub fn unsigned_shift(&self) -> i64 {
        self.dtype.unsigned_shift()
    }
}

/// TFLite QUANTIZE between integer types: `mbqm(q - zero1, scale1 / scale2) + zero2`, the ratio in binary64.
pub fn requantize_table(from: Codes, to: Codes) -> Option<Vec<i64>> {
    let (multiplier, shift) = quantize_multiplier(f64::from(from.scale) / f64::from(to.scale))?;
    let ((first, last), (lo, hi)) = (from.dtype.range(), to.dtype.range());
    Some(
        (first..=last)
            .map(|q| (i64::from(mbqm((q - from.zero) as i32, multiplier, shift)) + to.zero).clamp(lo, hi))
            .collect(),
    )
}
