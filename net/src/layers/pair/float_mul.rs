//! Quantized multiplication as ONNX Runtime's kernel does it: QLinearMul (framework-rules.md 2).
//!
//! With `S = f32(f32(sa sb) / sy)`: `y = clamp(round_half_even(f32(f32((a - za) (b - zb) S) + zy)))` in binary32, the zero point
//! inside of the rounding. What a Quant of QONNX rounds in another way is computed in binary64, as the hardware's fixed point is fitted.

use niello_gen::num::{RealRounding, Scale};

use crate::{Codes, Recode};

/// Zero points and the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatMul {
    /// Of the operands.
    pub zeros: [i64; 2],
    /// Of the product, `S`.
    pub scale: f32,
    /// Of the result.
    pub zero: i64,
    /// Lowest and highest code.
    pub bounds: (i64, i64),
    /// Half to even, but for Quants of QONNX.
    pub rounding: RealRounding,
    /// What the kernel's code of the result is larger by: 128 where it gives uint8 for int8. `-zero` puts the zero point outside of
    /// the rounding, as QuantizeLinear does.
    pub shift: i64,
}

impl FloatMul {
    /// From the operands' and the result's codes.
    pub fn new([a, b]: [Codes; 2], y: Codes, bounds: (i64, i64)) -> FloatMul {
        FloatMul {
            zeros: [a.zero, b.zero],
            scale: a.scale * b.scale / y.scale,
            zero: y.zero,
            bounds,
            rounding: RealRounding::HalfEven,
            shift: 0,
        }
    }

    /// The code of two codes.
    pub fn code(&self, a: i64, b: i64) -> i64 {
        let product = (a - self.zeros[0]) * (b - self.zeros[1]);
        let real = match self.rounding {
            RealRounding::HalfEven => f64::from(product as f32 * self.scale + (self.zero + self.shift) as f32),
            // Exact claims hold for scales that are powers of two, where float32 rounds nothing: for others the real function.
            _ => product as f64 * f64::from(self.scale) + (self.zero + self.shift) as f64,
        };
        (self.rounding.apply(real) as i64).saturating_sub(self.shift).clamp(self.bounds.0, self.bounds.1)
    }

    /// What becomes of the product.
    pub fn recode(&self) -> Recode {
        let (scale, zero_point) = match self.rounding {
            RealRounding::HalfEven => {
                (Scale::Float32ZeroInside { scale: self.scale, zero: self.zero + self.shift }, self.zero)
            }
            rounding => (Scale::Affine { gain: self.scale.into(), offset: self.zero as f64, rounding }, 0),
        };
        Recode { scales: vec![scale], zero_point, min: self.bounds.0, max: self.bounds.1 }
    }
}

pub fn run(p: &FloatMul, a: &[i64], b: &[i64]) -> Vec<i64> {
    a.iter().zip(b).map(|(a, b)| p.code(*a, *b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DType;
    use niello_gen::num::Prng;

    /// What hardware is made from gives the code of every product, in every rounding.
    #[test]
    fn float_mul__codes_are_those_of_its_recode() {
        let mut rng = Prng::new(18);
        let mut compared = 0;
        for round in 0..200 {
            let dtype = DType::Bits { bits: 5, signed: true };
            let mut codes = || Codes { scale: (1 + rng.below(200)) as f32 / 200.0, zero: rng.range(-16, 15), dtype };
            let (operands, to) = ([codes(), codes()], codes());
            let rounding = RealRounding::ALL[round % RealRounding::ALL.len()];
            let mul = FloatMul { rounding, ..FloatMul::new(operands, to, dtype.range()) };
            let requant = mul.recode().requant(0);
            for (a, b) in (-16..16).flat_map(|a| (-16..16).map(move |b| (a, b))) {
                let product = (a - mul.zeros[0]) * (b - mul.zeros[1]);
                assert_eq!(mul.code(a, b), requant.apply(product), "{a} {b} {mul:?}");
                compared += 1;
            }
        }
        assert_eq!(compared, 200 * 1024);
    }
}
