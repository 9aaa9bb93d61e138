//! Exponentials of a row by one rounding each, their sum, one quotient, and a product for each code.

use super::FloatSoftmax;

/// Bits behind the point of exponentials: in the sum, and in products.
const SUM: i32 = 24;
const KEPT: i32 = 17;

/// Row by row.
pub fn run(s: &FloatSoftmax, x: &[i64]) -> Vec<i64> {
    let (up, numerator) = numerator(s.out_scale);
    let mut out = Vec::with_capacity(x.len());
    for row in x.chunks(s.columns.max(1) as usize) {
        let top = row.iter().max().copied().unwrap_or(0);
        let exps: Vec<i64> =
            row.iter().map(|q| ((-((top - q) as f64) * s.scale).exp() * f64::from(1 << SUM)).round() as i64).collect();
        let quotient = numerator / exps.iter().sum::<i64>().max(1);
        for e in exps {
            let kept = (e + (1 << (SUM - KEPT - 1))) >> (SUM - KEPT);
            let share = (kept * quotient + (1 << (up - SUM + KEPT - 1))) >> (up - SUM + KEPT);
            let (lo, hi) = s.to.dtype.range();
            out.push((share + s.to.zero).clamp(lo, hi).clamp(s.bounds.0, s.bounds.1));
        }
    }
    out
}

/// `(k, 2^k / scale)`, the largest that one code alone divides to less than `2^(KEPT + 1)`.
fn numerator(scale: f64) -> (i32, i64) {
    let most = (f64::from(1 << (KEPT + 1)) - 1.0) * f64::from(1 << SUM);
    let k = (1..62).rev().find(|k| 2f64.powi(*k) / scale <= most).unwrap_or(1);
    (k, (2f64.powi(k) / scale).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Codes, DType};
    use niello_gen::num::Prng;

    /// The second formula: real numbers, rounded once. One code at most; fewer than one of two hundred.
    #[test]
    fn float_softmax__is_near_reals() {
        let mut rng = Prng::new(3);
        let (mut other, mut all) = (0, 0);
        for i in 0..3000 {
            let columns = [2, 10, 64, 197, 1000][i % 5];
            let to = Codes { scale: [1.0 / 256.0, 1.0 / 255.0, 0.0035][i % 3], zero: -128, dtype: DType::I8 };
            let scale = f64::from([0.011f32, 0.09, 0.31][i / 5 % 3]);
            let s = FloatSoftmax { columns, scale, out_scale: f64::from(to.scale), to, bounds: (-128, 127) };
            let x: Vec<i64> = (0..columns).map(|_| rng.range(-128, 127)).collect();
            let powers: Vec<f64> = x.iter().map(|x| (*x as f64 * scale).exp()).collect();
            let sum: f64 = powers.iter().sum();
            for (y, p) in run(&s, &x).into_iter().zip(powers) {
                let real = ((p / sum / f64::from(to.scale)).round_ties_even() as i64 - 128).clamp(-128, 127);
                assert!((y - real).abs() <= 1, "{s:?} {x:?}: {y}, not {real}");
                (other, all) = (other + usize::from(y != real), all + 1);
            }
        }
        assert!(other * 200 < all, "{other} of {all}");
    }
}
