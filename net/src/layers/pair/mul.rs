//! Quantized multiplication: MUL of TFLite's reference kernels (framework-rules.md 1).
//!
//! `y = clamp(mbqm((a - z1) (b - z2), q(m)) + z3)`, `m = f32(f32(s1 s2) / s3)` in binary32.

use niello_gen::num::gemmlowp::{mbqm, quantize_multiplier};
use niello_gen::num::Scale;

use crate::{Codes, Recode};

/// Zero points and the multiplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mul {
    /// Of the operands.
    pub zeros: [i64; 2],
    /// With its shift.
    pub multiplier: (i32, i32),
    /// Of the result.
    pub zero: i64,
    /// Lowest and highest code.
    pub bounds: (i64, i64),
}

impl Mul {
    /// From the scales. None where their ratio has no multiplier.
    pub fn new(a: Codes, b: Codes, y: Codes, bounds: (i64, i64)) -> Option<Mul> {
        let multiplier = quantize_multiplier(f64::from(a.scale * b.scale / y.scale))?;
        Some(Mul { zeros: [a.zero, b.zero], multiplier, zero: y.zero, bounds })
    }

    /// What becomes of the product.
    pub fn recode(&self) -> Recode {
        let (multiplier, shift) = self.multiplier;
        let scales = vec![Scale::TfliteDouble { multiplier, shift }];
        Recode { scales, zero_point: self.zero, min: self.bounds.0, max: self.bounds.1 }
    }
}

pub fn run(p: &Mul, a: &[i64], b: &[i64]) -> Vec<i64> {
    let mut out = Vec::with_capacity(a.len());
    for (a, b) in a.iter().zip(b) {
        let product = ((a - p.zeros[0]) * (b - p.zeros[1])) as i32;
        let y = i64::from(mbqm(product, p.multiplier.0, p.multiplier.1)) + p.zero;
        out.push(y.clamp(p.bounds.0, p.bounds.1));
    }
    out
}
