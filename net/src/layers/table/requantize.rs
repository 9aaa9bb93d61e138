//! QUANTIZE of TFLite between integer types.

use niello_gen::num::gemmlowp::{mbqm, quantize_multiplier};

use crate::Codes;

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
