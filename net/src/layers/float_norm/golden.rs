//! Row by row in whole numbers: distances from the middle, the mean of their squares, its root, that one's inverse, products.

use super::{FloatNorm, NormKind, PRECISION};

/// Bits of a norm behind the point: as many as `sqrt(columns)`, the most that a norm can be, leaves.
pub fn norm_fraction(columns: u32) -> u32 {
    let whole = (2..).find(|bits| 1u64 << (2 * bits) >= u64::from(columns)).unwrap_or(2);
    PRECISION - whole
}

/// Row by row.
pub fn run(n: &FloatNorm, x: &[i64]) -> Vec<i64> {
    let up = 1i128 << (PRECISION - n.from.dtype.bits());
    let down = 2 * PRECISION - 1 - norm_fraction(n.columns);
    let mut out = Vec::with_capacity(x.len());
    for row in x.chunks(n.columns.max(1) as usize) {
        let count = row.len() as i128;
        let middle = match n.kind {
            NormKind::Rms => i128::from(n.from.zero) * up,
            NormKind::Layer => nearest(row.iter().map(|q| i128::from(*q)).sum::<i128>() * up, count),
        };
        let apart: Vec<i128> = row.iter().map(|q| i128::from(*q) * up - middle).collect();
        let spread = apart.iter().map(|d| d * d).sum::<i128>() / count + i128::from(n.epsilon());
        let root = (spread << (2 * PRECISION - 12)).isqrt();
        let ones = (1i128 << (2 * PRECISION)) - 1;
        let inverse = if root == 0 { ones } else { ones.min((1 << (3 * PRECISION - 7)) / root) };
        for (i, d) in apart.into_iter().enumerate() {
            let most = 1i128 << PRECISION;
            let norm = half_up(d * inverse, down).clamp(-most, most - 1);
            let of = |list: &[i64]| i128::from(list[i % list.len()]);
            let y = half_up(norm * of(&n.gain) + of(&n.offset), n.shift);
            let (lo, hi) = n.to.dtype.range();
            out.push(y.clamp(lo.into(), hi.into()).clamp(n.bounds.0.into(), n.bounds.1.into()) as i64);
        }
    }
    out
}

/// `v / 2^n`, a half upwards.
fn half_up(v: i128, n: u32) -> i128 {
    match n {
        0 => v,
        n => (v + (1 << (n - 1))) >> n,
    }
}

/// `a / b`, rounded, a half to the even one.
fn nearest(a: i128, b: i128) -> i128 {
    let (floor, rest) = (a.div_euclid(b), 2 * a.rem_euclid(b));
    match rest.cmp(&b) {
        std::cmp::Ordering::Less => floor,
        std::cmp::Ordering::Greater => floor + 1,
        std::cmp::Ordering::Equal => floor + (floor & 1),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Affine;
    use super::*;
    use crate::{Codes, DType};
    use niello_gen::num::Prng;

    /// The second formula: real numbers, rounded once. One code at most; fewer than one of two hundred.
    #[test]
    fn float_norm__is_near_reals() {
        let mut rng = Prng::new(3);
        let (mut other, mut all) = (0, 0);
        for i in 0..3000 {
            let columns = [4, 12, 64, 192, 768][i % 5];
            let kind = [NormKind::Layer, NormKind::Rms][i / 5 % 2];
            let from = Codes { scale: 0.03, zero: rng.range(-128, 127), dtype: DType::I8 };
            let to = Codes { scale: 0.027, zero: rng.range(-30, 30), dtype: DType::I8 };
            let real = |rng: &mut Prng, about: f64| (about + rng.range(-1000, 1000) as f64 / 2000.0) as f32;
            let gamma: Vec<f32> = (0..columns).map(|_| real(&mut rng, 1.0)).collect();
            let beta: Vec<f32> = (0..columns).map(|_| real(&mut rng, 0.0)).collect();
            let n = FloatNorm::new(kind, columns, [from, to], Affine { gamma: &gamma, beta: &beta, epsilon: 1e-5 });
            let n = n.unwrap();
            let x: Vec<i64> = (0..columns).map(|_| rng.range(-90, 90)).collect();
            let v: Vec<f64> = x.iter().map(|q| (q - from.zero) as f64 * f64::from(from.scale)).collect();
            let mean = if kind == NormKind::Layer { v.iter().sum::<f64>() / f64::from(columns) } else { 0.0 };
            let squares = v.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / f64::from(columns);
            let root = (squares + 1e-5f32 as f64).sqrt();
            for (i, y) in run(&n, &x).into_iter().enumerate() {
                let real = (v[i] - mean) / root * f64::from(gamma[i]) + f64::from(beta[i]);
                let code = (real / f64::from(to.scale)).round_ties_even() as i64 + to.zero;
                let code = code.clamp(-128, 127);
                assert!((y - code).abs() <= 1, "{n:?} {x:?}: {y}, not {code}");
                (other, all) = (other + usize::from(y != code), all + 1);
            }
        }
        assert!(other * 200 < all, "{other} of {all}");
    }
}
