//! gemmlowp's fixed point, which TFLite's kernels are written in: products, quotients, functions.
//!
//! Source: google/gemmlowp `fixedpoint.h`. Which operator uses which form, and in which resolver, was
//! pinned by running LiteRT: see [`super::requant::Scale`].

/// `SaturatingRoundingDoublingHighMul`: `round(a * b / 2^31)`, ties away from zero by C's truncating
/// division; the one product that overflows gives `i32::MAX`.
pub fn srdhm(a: i32, b: i32) -> i32 {
    if a == i32::MIN && b == i32::MIN {
        return i32::MAX;
    }
    let product = i64::from(a) * i64::from(b);
    let nudge = if product >= 0 { 1 << 30 } else { 1 - (1 << 30) };
    ((product + nudge) / (1 << 31)) as i32
}

/// `RoundingDivideByPOT`: `x / 2^exponent`, ties away from zero.
pub fn rdbpot(x: i32, exponent: u32) -> i32 {
    let mask = ((1i64 << exponent) - 1) as i32;
    let threshold = (mask >> 1) + i32::from(x < 0);
    let floor = if exponent > 31 { x >> 31 } else { x >> exponent };
    floor + i32::from((x & mask) > threshold)
}

/// `MultiplyByQuantizedMultiplier`, double rounding: `x * multiplier * 2^(shift - 31)`.
pub fn mbqm(x: i32, multiplier: i32, shift: i32) -> i32 {
    let left = shift.clamp(0, 31) as u32;
    rdbpot(srdhm(x.wrapping_shl(left), multiplier), (-shift).max(0) as u32)
}

/// `QuantizeMultiplier`: a positive real as `(multiplier, shift)` with
/// `real = multiplier * 2^(shift - 31)`, `multiplier` in `[2^30, 2^31)`. `None` for a real that is not
/// finite and positive. A real below `2^-31` becomes `(0, 0)`, as TFLite has it.
pub fn quantize_multiplier(real: f64) -> Option<(i32, i32)> {
    if !(real.is_finite() && real > 0.0) {
        return None;
    }
    let (mantissa, mut shift) = frexp(real);
    let mut q = (mantissa * (1u64 << 31) as f64).round() as i64;
    if q == 1 << 31 {
        q /= 2;
        shift += 1;
    }
    if shift < -31 {
        return Some((0, 0));
    }
    Some((q as i32, shift))
}

/// `real = mantissa * 2^exponent`, mantissa in `[0.5, 1)`, for a positive finite real.
pub fn frexp(real: f64) -> (f64, i32) {
    let bits = real.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i32;
    if exponent == 0 {
        let (m, e) = frexp(real * (1u64 << 60) as f64);
        return (m, e - 60);
    }
    (f64::from_bits((bits & !(0x7ff << 52)) | (1022 << 52)), exponent - 1022)
}

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

/// `ln(v)` for `v >= 1` in Q12.19; Q5.26 (TFLite's `log_x_for_x_greater_than_or_equal_to_1_impl`). With `v = 2^k r`, `r` near `sqrt(sqrt(1/2))`:
/// `k ln 2` and a Padé approximant of `ln(r)`.
pub fn log(v: i32) -> i32 {
    let saturated = |v: i64| v.clamp(i32::MIN.into(), i32::MAX.into()) as i32;
    let (ln_2, fourth_root_of_half, root_of_half) = (1_488_522_236i32, 1_805_811_301i32, 1_518_500_250i32);
    let quarter = 1i32 << 23;
    // In Q6.25, an octave is 2^25.
    let octaves = |n: i32| saturated(i64::from(n) << 25);
    // Of two ways to normalize, in r and in k - 3/4 or k - 1/4: the smaller r.
    let zeros = v.leading_zeros() as i32;
    let r_a = saturated(i64::from(srdhm(saturated(i64::from(v) << (zeros - 1)), root_of_half)) << 1);
    let k_a = octaves(12 - zeros).saturating_add(quarter);
    let headroom = srdhm(v, root_of_half).leading_zeros() as i32 - 1;
    let r_b = saturated(i64::from(v) << headroom);
    let k_b = octaves(12 - headroom).saturating_sub(quarter);
    let (r, k) = (r_a.min(r_b), k_a.max(k_b));

    let sum = i64::from(r) + i64::from(fourth_root_of_half);
    let p = ((sum + if sum >= 0 { 1 } else { -1 }) / 2) as i32;
    let q = r.wrapping_sub(fourth_root_of_half).wrapping_mul(2);
    let square = srdhm(q, q);
    let (alpha_n, alpha_d, alpha_i, alpha_f) = (117_049_297i32, 127_690_142i32, 1_057_819_769i32, 638_450_708i32);
    let above = srdhm(q, r).wrapping_add(srdhm(srdhm(q, square), alpha_n));
    let inner = alpha_i.wrapping_add(q).wrapping_add(srdhm(alpha_d, square));
    let below = srdhm(p, inner).wrapping_add(srdhm(alpha_f, q));
    let fraction = srdhm(rdbpot(above, 6), one_over_one_plus(below));
    saturated(i64::from(srdhm(k, ln_2).wrapping_add(fraction)) << 1)
}

/// `1 / sqrt(v)` for `v > 0` as `(multiplier, shift)`, `multiplier * 2^(-shift - 31)`: five Newton steps from 1 in Q3.28
/// (TFLite's `GetInvSqrtQuantizedMultiplierExp`).
pub fn inverse_root(v: i32) -> (i32, i32) {
    if v <= 1 {
        return (i32::MAX, 0);
    }
    let (mut v, mut shift) = (v, 11);
    while v >= 1 << 29 {
        v /= 4;
        shift += 1;
    }
    let pairs = (v.leading_zeros() as i32 - 1) / 2 - 1;
    shift -= pairs;
    let half_input = rdbpot((v << (2 * pairs)) >> 1, 1);
    // From Q(3 + n).(28 - n) to Q3.28, saturating.
    let narrowed = |v: i32, n: u32| (i64::from(v) << n).clamp(i32::MIN.into(), i32::MAX.into()) as i32;
    let mut x = 1i32 << 28;
    for _ in 0..5 {
        let cube = narrowed(srdhm(srdhm(x, x), x), 6);
        let (three_halves, rest) = (srdhm((1 << 28) + (1 << 27), x), srdhm(half_input, cube));
        x = narrowed(three_halves.wrapping_sub(rest), 3);
    }
    let root = srdhm(x, 1_518_500_250);
    if shift < 0 {
        (root << -shift, 0)
    } else {
        (root, shift)
    }
}

#[cfg(test)]
mod tests {
    /// The second formula: the real inverse root.
    #[test]
    fn inverse_root__is_near_the_real_one() {
        for v in (2..5000).chain([1 << 20, 123_456_789, i32::MAX]) {
            let (multiplier, shift) = super::inverse_root(v);
            let got = f64::from(multiplier) * 2f64.powi(-shift - 31);
            let real = 1.0 / f64::from(v).sqrt();
            assert!((got / real - 1.0).abs() < 1e-5, "{v}: {got} of {real}");
        }
    }

    use super::*;
    use crate::num::{round_shift, Prng, Rounding};

    #[test]
    fn srdhm_and_rdbpot__equal_the_rounding_they_name() {
        let mut rng = Prng::new(1);
        let corners = [i32::MIN, i32::MIN + 1, -3, -2, -1, 0, 1, 2, 3, i32::MAX - 1, i32::MAX, 1 << 30, -(1 << 30)];
        for i in 0..200_000 {
            let mut draw = || if rng.chance(0.3) { *rng.pick(&corners) } else { rng.next() as i32 >> rng.below(31) };
            let (a, b) = (draw(), draw());
            if (a, b) != (i32::MIN, i32::MIN) {
                let p = i128::from(a) * i128::from(b);
                // For negative products the nudge is 1 - 2^30: ties go toward zero from below, i.e. up.
                assert_eq!(i128::from(srdhm(a, b)), round_shift(p, 31, Rounding::HalfUp), "{a} {b}");
            }
            let e = i as u32 % 32;
            assert_eq!(i128::from(rdbpot(a, e)), round_shift(a.into(), e, Rounding::HalfAway), "{a} >> {e}");
        }
        assert_eq!(srdhm(i32::MIN, i32::MIN), i32::MAX);
    }

    #[test]
    fn quantize_multiplier__corners() {
        assert_eq!(quantize_multiplier(1.0), Some((1 << 30, 1)));
        assert_eq!(quantize_multiplier(0.5), Some((1 << 30, 0)));
        assert_eq!(quantize_multiplier(1.0 - 1e-12), Some((1 << 30, 1)), "mantissa rounds up to 2^31");
        assert_eq!(quantize_multiplier(1e-12), Some((0, 0)));
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(quantize_multiplier(bad), None);
        }
        let (m, e) = frexp(5e-324);
        assert_eq!((m, e), (0.5, -1073));
    }

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
        for v in (1 << 19..1 << 20)
            .step_by(37)
            .chain((0..20_000).map(|_| (1 << 19) + (rng.next() as i32 >> 1).abs() % (1 << 30)))
        {
            let real = (f64::from(v) / f64::from(1 << 19)).ln();
            assert!((f64::from(log(v)) / f64::from(1 << 26) - real).abs() < 2e-6, "{v}");
        }
    }
}
