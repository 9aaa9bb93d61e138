//! Pair by pair.

use super::Rotary;

pub fn run(r: &Rotary, x: &[i64]) -> Vec<i64> {
    let (lo, hi) = r.dtype.range();
    let unit = 1i64 << r.fraction;
    let rounded = |v: i64| (2 * v + unit).div_euclid(2 * unit).clamp(lo, hi);
    let mut out = Vec::with_capacity(x.len());
    for (n, pair) in x.chunks(2).enumerate() {
        let (c, s) = (r.cosines[n % r.cosines.len()], r.sines[n % r.sines.len()]);
        out.push(rounded(pair[0] * c - pair[1] * s));
        out.push(rounded(pair[0] * s + pair[1] * c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DType;

    /// The second formula: a product of complex numbers.
    #[test]
    fn rotary__turns_as_complex_numbers_do() {
        let angles: Vec<f64> = (0..50).map(|n| f64::from(n) * 0.37).collect();
        let fixed = |f: fn(f64) -> f64| angles.iter().map(|a| (f(*a) * 16384.0).round() as i64).collect::<Vec<i64>>();
        let r =
            Rotary { columns: 10, fraction: 14, cosines: fixed(f64::cos), sines: fixed(f64::sin), dtype: DType::I16 };
        let x: Vec<i64> = (0..100).map(|i| i * 331 % 20_000 - 10_000).collect();
        for ((x, y), angle) in x.chunks(2).zip(run(&r, &x).chunks(2)).zip(angles) {
            let (size, start) = ((x[0] as f64).hypot(x[1] as f64), (x[1] as f64).atan2(x[0] as f64));
            for (y, real) in y.iter().zip([(start + angle).cos(), (start + angle).sin()]) {
                assert!((*y as f64 - size * real).abs() < 1.6, "{y} for {}", size * real);
            }
        }
    }
}
