//! Functions of a code: RELU, RELU6, RELU_N1_TO_1, LEAKY_RELU, LOGISTIC, TANH, HARD_SWISH, GELU, RSQRT. Rules: framework-rules.md 1.

use niello_gen::num::gemmlowp::{inverse_root, mbqm, quantize_multiplier};
use niello_gen::num::{round_shift, Rounding};

use crate::tflite::builtin::{Builtin, Call};
use crate::tflite::file::File;
use crate::tflite::parts::weights::bounds;
use niello_net::layers::Table;
use niello_net::{Codes, DType, Op};

/// What is registered.
pub const OPERATORS: &[Builtin] = &[
    Builtin::of("RELU", 3, (1, 1), 0, |file, c| function(file, c, Function::Clamp(1))),
    Builtin::of("RELU_N1_TO_1", 1, (1, 1), 0, |file, c| function(file, c, Function::Clamp(2))),
    Builtin::of("RELU6", 3, (1, 1), 0, |file, c| function(file, c, Function::Clamp(3))),
    Builtin::of("LEAKY_RELU", 2, (1, 1), 75, |file, c| function(file, c, Function::LeakyRelu)),
    Builtin::of("LOGISTIC", 3, (1, 1), 0, |file, c| function(file, c, Function::Logistic)),
    Builtin::of("TANH", 3, (1, 1), 0, |file, c| function(file, c, Function::Tanh)),
    Builtin::of("HARD_SWISH", 1, (1, 1), 91, |file, c| function(file, c, Function::HardSwish)),
    Builtin::of("RSQRT", 2, (1, 1), 0, |file, c| function(file, c, Function::Rsqrt)).built("int8"),
    Builtin::of("GELU", 2, (1, 1), 116, |file, c| function(file, c, Function::Gelu)),
];

/// Functions of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    /// Clamped as this fused activation does.
    Clamp(i8),
    LeakyRelu,
    Logistic,
    Tanh,
    HardSwish,
    Gelu,
    Rsqrt,
}

/// A table from codes to codes.
fn function(file: &mut File, c: &Call, f: Function) -> Option<Op> {
    let &Call { place, op, input, output, .. } = c;
    let (x, y) = (&c.x, &c.y);
    let (from, to) = (file.codes(place, input, x)?, file.codes(place, output, y)?);
    if x.dtype != y.dtype || x.shape != y.shape {
        file.inconsistent(place, format!("{} {:?} becomes {} {:?}", x.dtype.name(), x.shape, y.dtype.name(), y.shape));
        return None;
    }
    if f == Function::Logistic && to.scale != 1.0 / 256.0 {
        file.quantization(place, format!("LOGISTIC's result has scale {}, LiteRT demands 1/256", to.scale));
        return None;
    }
    if f == Function::Rsqrt && x.dtype != DType::I8 {
        file.unsupported(place, "RSQRT", &format!("of {}", x.dtype.name()), "int8");
        return None;
    }
    let table = match f {
        Function::Clamp(activation) => {
            let bounds = bounds(file, place, activation, &to)?;
            rescaled(from, to, [from.scale / to.scale; 2], bounds)
        }
        Function::LeakyRelu => {
            let alpha = op.leaky_relu().map_or(0.0, |o| o.alpha());
            let below = from.scale * alpha / to.scale;
            rescaled(from, to, [from.scale / to.scale, below], to.dtype.range())
        }
        Function::Logistic => Some(real(from, to, |v| 1.0 / (1.0 + (-v).exp()))),
        Function::HardSwish => hard_swish(from, to),
        Function::Gelu if op.gelu().is_some_and(|o| o.approximate() != 0) => Some(real(from, to, gelu_by_tanh)),
        Function::Gelu => Some(real(from, to, gelu)),
        Function::Rsqrt => rsqrt(from, to),
        // The kernel's codes have 32 bits before they are clamped.
        Function::Tanh => Some(real(from, to, f32::tanh)).filter(|_| 1.0 / to.scale < 2f32.powi(31)),
    };
    if table.is_none() {
        file.quantization(place, "a scale ratio is not positive, finite and below 2^30".into());
    }
    table.map(|entries| Op::from(Table { lowest: from.dtype.range().0, entries }))
}

/// `x P(X <= x)` of a normal X, as LiteRT's kernel has it (gelu.h).
fn gelu(x: f32) -> f32 {
    0.5 * x * libm::erfcf(x * -std::f32::consts::FRAC_1_SQRT_2)
}

/// Its approximation.
fn gelu_by_tanh(x: f32) -> f32 {
    let scale = std::f32::consts::FRAC_2_SQRT_PI * std::f32::consts::FRAC_1_SQRT_2;
    0.5 * x * (1.0 + (scale * (x + 0.044715 * x * x * x)).tanh())
}

/// `clamp(mbqm(x - z1, q(ratio)) + z2)`, one ratio above and one below zero.
fn rescaled(from: Codes, to: Codes, ratios: [f32; 2], (lo, hi): (i64, i64)) -> Option<Vec<i64>> {
    let [above, below] = ratios.map(|r| quantize_multiplier(r.into()));
    let (above, below) = (above?, below?);
    let (first, last) = from.dtype.range();
    let code = |q: i64| {
        let x = (q - from.zero) as i32;
        let (multiplier, shift) = if x >= 0 { above } else { below };
        (i64::from(mbqm(x, multiplier, shift)) + to.zero).clamp(lo, hi)
    };
    // The kernel's shifts stay within 31 bits of codes of nine.
    let legal = [above.1, below.1].iter().all(|s| *s <= 22);
    legal.then(|| (first..=last).map(code).collect())
}

/// `clamp(round_half_away(f(x) / scale) + zero)` in binary32, by the reciprocal of the scale.
fn real(from: Codes, to: Codes, f: impl Fn(f32) -> f32) -> Vec<i64> {
    let ((first, last), (lo, hi)) = (from.dtype.range(), to.dtype.range());
    let inverse = 1.0 / to.scale;
    let code = |q: i64| {
        let v = f(from.scale * (q - from.zero) as f32);
        ((v * inverse).round() as i64).saturating_add(to.zero).clamp(lo, hi)
    };
    (first..=last).map(code).collect()
}

/// `x relu6(x + 3) / 6` in 16-bit fixed point, as LiteRT's reference kernel computes it (hard_swish.h): `x` on 128 times its scale; the gate
/// as a number of 16 bits that saturates at -3 and 3; their product, and a last shift.
fn hard_swish(from: Codes, to: Codes) -> Option<Vec<i64>> {
    let fine = (1.0f32 / 128.0) * from.scale;
    let (output, output_shift) = half_multiplier(fine / to.scale)?;
    let (gate, gate_shift) = half_multiplier(fine / (3.0f32 / 32768.0))?;
    // The kernel demands the one, and int16 allows no more of the other.
    if !(-15..=0).contains(&output_shift) || !(-15..=15).contains(&gate_shift) {
        return None;
    }
    let ((first, last), (lo, hi)) = (from.dtype.range(), to.dtype.range());
    let code = |q: i64| {
        let x = (q - from.zero) * 128;
        let scaled = doubled_high(x, output);
        let mut open = x;
        if gate_shift > 0 {
            open = sixteen_bits(open << (gate_shift - 1));
        }
        open = doubled_high(open, gate);
        if gate_shift > 0 {
            open = sixteen_bits(open << 1);
        } else {
            open = away(open, -gate_shift);
        }
        // From -1..1 to 0..1.
        let open = (open + 32768) >> 1;
        let product = sixteen_bits(open * scaled / 32768);
        (away(product, -output_shift) + to.zero).clamp(lo, hi)
    };
    Some((first..=last).map(code).collect())
}

/// `1 / sqrt(x)` in fixed point, as LiteRT's kernel computes it (elementwise.cc): the inverse root with 20 bits behind the point, then the ratio of the
/// scales. Of 0 it is the most, and so it is here of codes below the zero point, at which LiteRT stops.
fn rsqrt(from: Codes, to: Codes) -> Option<Vec<i64>> {
    const FRACTION: i32 = 20;
    let ratio = 1.0 / f64::from(from.scale.sqrt() * to.scale);
    let (multiplier, shift) = quantize_multiplier(ratio).filter(|(_, shift)| *shift <= 30)?;
    let ((first, last), (lo, hi)) = (from.dtype.range(), to.dtype.range());
    let code = |q: i64| {
        let v = (q - from.zero) as i32;
        if v <= 0 {
            return hi;
        }
        let (root, down) = inverse_root(v);
        let fine = mbqm(1, root, FRACTION - down);
        (i64::from(mbqm(fine, multiplier, shift - FRACTION)) + to.zero).clamp(lo, hi)
    };
    Some((first..=last).map(code).collect())
}

/// A multiplier of 16 bits, and its shift.
fn half_multiplier(ratio: f32) -> Option<(i64, i32)> {
    let (multiplier, shift) = quantize_multiplier(ratio.into())?;
    Some((((i64::from(multiplier) + 32768) >> 16).min(32767), shift))
}

fn sixteen_bits(x: i64) -> i64 {
    x.clamp(-32768, 32767)
}

/// `a b / 2^15`, half away from zero but for the sign's nudge, saturated: gemmlowp's on 16 bits.
fn doubled_high(a: i64, b: i64) -> i64 {
    let product = a * b;
    let nudge = if product >= 0 { 1 << 14 } else { 1 - (1 << 14) };
    sixteen_bits((product + nudge) / 32768)
}

/// `x / 2^n`, half away from zero.
fn away(x: i64, n: i32) -> i64 {
    round_shift(x.into(), n as u32, Rounding::HalfAway) as i64
}
