//! SOFTMAX and LOG_SOFTMAX of TFLite's reference kernels on int8 and uint8: gemmlowp's fixed point (framework-rules.md 1; google/gemmlowp
//! `fixedpoint.h`: `exp_on_negative_values`, `one_over_one_plus_x_for_x_in_0_1`).
//!
//! For `d = x - max`: `e = exp(d beta scale)` in Q0.31 from Q5.26; `s = sum of e / 2^12` in Q12.19; `1 / s` by three Newton steps;
//! `y = clamp(e / s * 2^8 - 128)`. Codes far below the maximum give -128. Logarithms are `y = clamp((d beta scale - ln s) * 2^4 + 127)`
//! (tensorflow/lite `reference/log_softmax.h`).

use niello_gen::num::gemmlowp::{exp_on_negative_values, one_over_one_plus};
use niello_gen::num::gemmlowp::{frexp, log, mbqm, quantize_multiplier, rdbpot, srdhm};

use super::{Form, Softmax};

/// A difference of codes in Q5.26.
fn rescaled(s: &Softmax, difference: i64) -> i32 {
    let shifted = (difference << s.shift).clamp(i32::MIN.into(), i32::MAX.into()) as i32;
    srdhm(shifted, s.multiplier)
}

/// `exp` of a difference that is not positive, in Q0.31.
fn exp(s: &Softmax, difference: i64) -> i32 {
    exp_on_negative_values(rescaled(s, difference))
}

/// The sum of a row's exponentials, in Q12.19.
fn sum_of_exponentials(s: &Softmax, row: &[i64], max: i64) -> i32 {
    let mut sum = 0i32;
    for x in row {
        if x - max >= s.least {
            sum = sum.wrapping_add(rdbpot(exp(s, x - max), 12));
        }
    }
    sum
}

/// Row by row.
pub fn run(s: &Softmax, x: &[i64]) -> Vec<i64> {
    x.chunks(s.classes.max(1) as usize).flat_map(|row| one(s, row)).collect()
}

fn one(s: &Softmax, row: &[i64]) -> Vec<i64> {
    let max = row.iter().copied().max().unwrap_or(0);
    let sum = sum_of_exponentials(s, row, max);
    if s.form == Form::Logarithms {
        return logarithms(s, row, max, log(sum));
    }
    let headroom = sum.leading_zeros() as i32;
    let down = (12 - headroom + 31 - 8) as u32;
    let fraction = ((sum as u32) << headroom).wrapping_sub(1 << 31) as i32;
    let scale = one_over_one_plus(fraction);
    let code = |x: &i64| {
        if x - max < s.least {
            return s.zero();
        }
        // LiteRT aborts there: each share is below half a code.
        let y = if down > 31 { 0 } else { rdbpot(srdhm(scale, exp(s, x - max)), down) };
        (i64::from(y) + s.zero()).clamp(s.zero(), s.zero() + 255)
    };
    row.iter().map(code).collect()
}

/// Of the logarithm of the sum. Codes so far below the maximum that a Q5.26 does not hold the result give the lowest one.
fn logarithms(s: &Softmax, row: &[i64], max: i64, log_sum: i32) -> Vec<i64> {
    // The kernel's `reverse_scaling_divisor` of its `input_multiplier`.
    let (_, exponent) = frexp(f64::from(s.multiplier));
    let reverse = 2f64.powi(31 - s.shift as i32) / f64::from(s.multiplier);
    debug_assert_eq!(exponent, 31);
    let (divisor, shift) = quantize_multiplier(reverse).unwrap_or((0, 0));
    let least = (s.least - 1).max(i64::from(mbqm(log_sum.wrapping_add(i32::MIN), divisor, shift)));
    let (lowest, highest) = (s.lowest(), s.lowest() + 255);
    let code = |x: &i64| {
        if x - max <= least {
            return lowest;
        }
        let y = rdbpot(rescaled(s, x - max).wrapping_sub(log_sum), 31 - 5 - 4);
        (i64::from(y) + highest).clamp(lowest, highest)
    };
    row.iter().map(code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// More equal codes than the kernel takes: each has less than half a code of the whole.
    #[test]
    fn softmax__of_many_equal_codes_is_zero() {
        for (s, zero) in
            [(Softmax::new(1000, 1.0, 0.1), -128), (Softmax::new(1000, 1.0, 0.1).map(Softmax::of_unsigned), 0)]
        {
            assert_eq!(one(&s.unwrap(), &[5; 1000]), [zero; 1000]);
        }
    }

    /// The second formula: the real softmax. The kernel's own error stays below a code.
    #[test]
    fn softmax__is_near_the_real_one() {
        let mut rng = niello_gen::num::Prng::new(8);
        for i in 0..2000 {
            let scale = [0.01, 0.1, 0.5][i % 3];
            let s = Softmax::new(1, 1.0, scale).unwrap();
            let row: Vec<i64> = (0..1 + rng.below(40)).map(|_| rng.range(-128, 127)).collect();
            let exp: Vec<f64> = row.iter().map(|x| (*x as f64 * f64::from(scale)).exp()).collect();
            let sum: f64 = exp.iter().sum();
            for (y, e) in one(&s, &row).iter().zip(exp) {
                let real = (256.0 * e / sum).round().min(255.0) - 128.0;
                assert!((*y as f64 - real).abs() <= 1.0, "{row:?}: {y} for {real}");
            }
        }
    }
}
