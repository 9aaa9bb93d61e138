//! Random sums, differences and products.

use niello_gen::num::RealRounding;

use super::{Add, Constant, DyadicAdd, FloatAdd, FloatMul, Mul, Pair, Pairing, SquaredDifference};
use crate::layers::conv::random::detour;
use crate::random::{Dialect, Maker};
use crate::{Codes, DType};

/// Of what convolutions make of a value and the value, or of a value and a constant.
pub fn random(m: &mut Maker, at: usize) -> Option<usize> {
    let (shape, channels) = (m.image(at), m.image(at)[2]);
    if m.choices.chance(40) {
        let dtype = m.result_type();
        let first = m.choices.chance(50);
        // For each channel, each pixel of a row, or each element.
        let pixels = *m.choices.pick(&[1, shape[1], shape[0] * shape[1]]);
        let codes = m.codes_of(pixels * channels, dtype);
        let (x, constant) = (m.dtype(at), Some(Constant { codes, dtype, first }));
        let types = if first { [dtype, x] } else { [x, dtype] };
        let operands = types.map(|t| m.codes(t));
        let (pairing, to) = pairing(m, operands)?;
        return m.layer(Pair { pairing, constant, channels }, vec![at], shape, to.dtype);
    }
    let mut inputs = vec![detour(m, at)?, at];
    if m.choices.chance(50) {
        inputs.reverse();
    }
    let operands = [0, 1].map(|i| m.dtype(inputs[i])).map(|t| m.codes(t));
    let (pairing, to) = pairing(m, operands)?;
    m.layer(Pair { pairing, constant: None, channels }, inputs, shape, to.dtype)
}

/// The dialect's sum, difference or product.
fn pairing(m: &mut Maker, operands: [Codes; 2]) -> Option<(Pairing, Codes)> {
    let dtype = m.result_type();
    let to = m.codes(dtype);
    let (bounds, product, [a, b]) = (m.bounds(dtype, to.zero), m.choices.chance(30), operands);
    // Products of two codes stand for more.
    let to = if product { Codes { scale: to.scale * 2.0, ..to } } else { to };
    let rounding = match m.dialect {
        Dialect::Qonnx => *m.choices.pick(&RealRounding::ALL),
        _ => RealRounding::HalfEven,
    };
    if m.dialect == Dialect::Dyadic {
        let pairing = if product { dyadic_product(m, operands, to.dtype) } else { dyadic(m, operands, bounds) };
        return Some((pairing, to));
    }
    let pairing = match (m.dialect.is_tflite(), product) {
        (true, false) if dtype == DType::I8 && m.choices.chance(45) => {
            Pairing::SquaredDifference(SquaredDifference::new(a, b, to, bounds)?)
        }
        (true, false) => Pairing::Add(Add { minus: m.choices.chance(30), ..Add::new(a, b, to, bounds)? }),
        (true, true) => Pairing::Mul(Mul::new(a, b, to, bounds)?),
        (false, false) => {
            let sum = FloatAdd { rounding, ..FloatAdd::new(operands, to, bounds) };
            let form = if m.dialect == Dialect::OrtInt { m.choices.below(3) } else { 0 };
            Pairing::FloatAdd(match form {
                0 => sum,
                1 => sum.unsigned(),
                _ => FloatAdd { of_reals: true, ..sum },
            })
        }
        (false, true) => Pairing::FloatMul(FloatMul { rounding, ..FloatMul::new(operands, to, bounds) }),
    };
    Some((pairing, to))
}

/// Operands of about as much as the result holds, by multipliers of any bits or by powers of two, which make ties.
fn dyadic(m: &mut Maker, operands: [Codes; 2], bounds: (i64, i64)) -> Pairing {
    let more = (bounds.1 + 1).ilog2() as i32 + 1;
    let multipliers = operands.map(|o| {
        let shift = 20 + (o.dtype.bits() as i32 - more).max(-10);
        let multiplier = if m.choices.chance(30) { 1 << 20 } else { (1 << 19) + m.choices.below(1 << 19) as i64 };
        (multiplier, shift as u32)
    });
    Pairing::DyadicAdd(DyadicAdd { multipliers, bounds })
}

fn dyadic_product(m: &mut Maker, operands: [Codes; 2], to: DType) -> Pairing {
    let reach = operands.iter().map(|o| 2f64.powi(o.dtype.bits() as i32 - 1)).product();
    Pairing::DyadicMul(m.recode(1, reach, to))
}
