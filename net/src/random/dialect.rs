//! What the frameworks differ in: types of tensors, and how sums become codes.

use niello_gen::num::gemmlowp::quantize_multiplier;
use niello_gen::num::{RealRounding, Scale};

use super::Choices;
use crate::DType;

/// Whose arithmetic a network has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// TFLite's reference kernels, in int8 or uint8.
    TfliteRef,
    /// TFLite's XNNPACK kernels, int8.
    TfliteXnnpack,
    /// ONNX Runtime's kernels, int8 and uint8 in one network.
    OrtInt,
    /// QONNX: 1 to 8 bits, every rounding mode.
    Qonnx,
    /// niello's own integer operators: int8 and int16, dyadic numbers.
    Dyadic,
}

impl Dialect {
    /// All, the simplest first.
    pub const ALL: [Dialect; 5] =
        [Dialect::TfliteRef, Dialect::TfliteXnnpack, Dialect::OrtInt, Dialect::Qonnx, Dialect::Dyadic];

    /// As graphs call it.
    pub fn profile(self) -> &'static str {
        match self {
            Dialect::TfliteRef => "tflite-ref",
            Dialect::TfliteXnnpack => "tflite-xnnpack",
            Dialect::OrtInt => "ort-int",
            Dialect::Qonnx => "qonnx",
            Dialect::Dyadic => "niello-int",
        }
    }

    /// A framework of TFLite files: one type for all tensors.
    pub fn is_tflite(self) -> bool {
        matches!(self, Dialect::TfliteRef | Dialect::TfliteXnnpack)
    }

    /// The type of a tensor.
    pub(super) fn dtype(self, c: &mut Choices) -> DType {
        match self {
            Dialect::TfliteXnnpack => DType::I8,
            Dialect::TfliteRef | Dialect::OrtInt => *c.pick(&[DType::I8, DType::U8]),
            Dialect::Dyadic => *c.pick(&[DType::I8, DType::I16]),
            Dialect::Qonnx => {
                let signed = !c.chance(50);
                let bits = *c.pick(&[4, 2, 3, 5, 6, 8, 1]);
                DType::Bits { bits: if signed { bits.max(2) } else { bits }, signed }
            }
        }
    }

    /// How a sum that is to be multiplied by `gain` is rounded; the zero point may stand inside of that.
    pub(super) fn scale(self, c: &mut Choices, gain: f64, zero: i64) -> (Scale, i64) {
        let fixed = || quantize_multiplier(gain).unwrap_or((0, 0));
        match self {
            Dialect::TfliteRef if c.chance(30) => (Scale::RealHalfAway(gain), zero),
            Dialect::TfliteRef => {
                let (multiplier, shift) = fixed();
                (Scale::TfliteDouble { multiplier, shift }, zero)
            }
            Dialect::OrtInt if c.chance(25) => {
                let (to, offset) = (0.03 + c.below(1 << 12) as f32 * 2e-5, c.below(64) as f32 / 7.0);
                (Scale::Float32Sum { scale: gain as f32 * to, offset: offset * to, to }, zero)
            }
            Dialect::TfliteXnnpack | Dialect::OrtInt => (Scale::Float32HalfEven(gain as f32), zero),
            // An odd multiplier of 31 bits makes no ties that wide sums would have to be looked at for.
            Dialect::Dyadic => {
                let shift = (31 - gain.log2().ceil() as i32).clamp(1, 62) as u32;
                let multiplier = ((gain * 2f64.powi(shift as i32)) as i64).max(1) | 1;
                (Scale::HalfEven { multiplier, shift }, 0)
            }
            Dialect::Qonnx => match c.below(4) {
                0 => (Scale::Float32HalfEven(gain as f32), zero),
                1 => {
                    let (shift, real) = (24, (gain * f64::from(1 << 24)).round() as i64);
                    let floor = c.chance(50);
                    let multiplier = real.max(1);
                    (if floor { Scale::Floor { multiplier, shift } } else { Scale::HalfUp { multiplier, shift } }, zero)
                }
                _ => {
                    let offset = zero as f64 + f64::from(c.below(4) as u32) / 4.0;
                    (Scale::Affine { gain, offset, rounding: *c.pick(&RealRounding::ALL) }, 0)
                }
            },
        }
    }
}
