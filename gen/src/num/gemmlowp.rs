//! gemmlowp's fixed-point functions, as TFLite's kernels use them (google/gemmlowp `fixedpoint.h`).

use super::tflite::{rdbpot, srdhm};

/// `exp(a)` for `a <= 0` in Q5.26; Q0.31.
pub fn exp_on_negative_values(a: i32) -> i32 {
    if a == 0 {
        return i32::MAX;
    }
    let quarter = 1i32 << 24;
    let low = (a & (quarter - 1)) - quarter;
    let mut result = exp_on_quarter(low << 5);
    let rest = low.wrapping_sub(a);
    // exp(-2^k) for k from -2 on.
    let factors = [1_672_461_947i32, 1_302_514_674, 790_015_084, 290_630_308, 39_332_535, 720_401, 242];
    for (k, factor) in factors.into_iter().enumerate() {
        if rest & (1 << (24 + k)) != 0 {
            result = srdhm(result, factor);
        }
    }
    result
}

/// `exp(a)` for `a` in `[-1/4, 0)`, Q0.31: Taylor of degree 4 around -1/8.
fn exp_on_quarter(a: i32) -> i32 {
    let (at_eighth, third) = (1_895_147_668i32, 715_827_883i32);
    let x = a.wrapping_add(1 << 28);
    let x2 = srdhm(x, x);
    let x3 = srdhm(x2, x);
    let x4 = srdhm(x2, x2);
    let x4_over_4 = rdbpot(x4, 2);
    let tail = rdbpot(srdhm(x4_over_4.wrapping_add(x3), third).wrapping_add(x2), 1);
    at_eighth.wrapping_add(srdhm(at_eighth, x.wrapping_add(tail)))
}

/// `1 / (1 + a)` for `a` in `[0, 1)`, Q0.31: three Newton steps.
pub fn one_over_one_plus(a: i32) -> i32 {
    let half_sum = ((i64::from(a) + i64::from(i32::MAX) + 1) / 2) as i32;
    // 48/17 and -32/17 in Q2.29.
    let mut x = 1_515_870_810i32.wrapping_add(srdhm(half_sum, -1_010_580_540));
    for _ in 0..3 {
        let product = srdhm(half_sum, x);
        let rest = (1i32 << 29).wrapping_sub(product);
        let step = i64::from(srdhm(x, rest)) << 2;
        x = x.wrapping_add(step.clamp(i32::MIN.into(), i32::MAX.into()) as i32);
    }
    // Q1.30 of half the reciprocal: doubled, saturating.
    (i64::from(x) << 1).clamp(i32::MIN.into(), i32::MAX.into()) as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Prng;

    /// Against the real functions: what the kernels' precision allows.
    #[test]
    fn gemmlowp__is_near_the_real_functions() {
        let mut rng = Prng::new(4);
        let unit = f64::from(1u32 << 31);
        for _ in 0..20_000 {
            let a = -(rng.below(1 << 30) as i32);
            let exp = (f64::from(a) / f64::from(1 << 26)).exp();
            assert!((f64::from(exp_on_negative_values(a)) / unit - exp).abs() < 4e-7, "{a}");
            let f = rng.below(1 << 31) as i32;
            let inverse = 1.0 / (1.0 + f64::from(f) / unit);
            assert!((f64::from(one_over_one_plus(f)) / unit - inverse).abs() < 4e-8, "{f}");
        }
        assert_eq!(exp_on_negative_values(0), i32::MAX);
    }
}
