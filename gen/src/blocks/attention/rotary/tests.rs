use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn rotary__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { columns: 7, ..d() })[..], [ConfigError::NotServed { .. }]));
    assert!(matches!(reject(Config { lanes: 6, ..d() })[..], [ConfigError::NotServed { .. }]));
    let short = Config { cosines: vec![1; 16], sines: vec![1; 15], ..d() };
    assert!(matches!(reject(short)[..], [ConfigError::Count { field: "sines", .. }]));
}

/// The second formula: a product of complex numbers. And scores hang on the distance of places alone.
#[test]
fn rotary__turns_as_complex_numbers_do() {
    let c = Checked::new(Config { columns: 16, rows: 9, bits: 16, ..Config::default() }).unwrap();
    let mut rng = Prng::new(8);
    let row: Vec<i64> = (0..16).map(|_| rng.range(-9000, 9000)).collect();
    let x: Vec<i64> = row.iter().copied().cycle().take(16 * 9).collect();
    let y = Config::golden(&c, std::slice::from_ref(&x)).remove(0);
    for (n, (x, y)) in x.chunks(2).zip(y.chunks(2)).enumerate() {
        let angle = (n / 8) as f64 * 10_000f64.powf(-((n % 8) as f64) / 8.0);
        let (size, start) = ((x[0] as f64).hypot(x[1] as f64), (x[1] as f64).atan2(x[0] as f64));
        let real = [size * (start + angle).cos(), size * (start + angle).sin()];
        for (y, real) in y.iter().zip(real) {
            assert!((*y as f64 - real).abs() < 1.6, "{y} for {real}");
        }
    }
    let score = |i: usize, j: usize| (0..16).map(|e| (y[16 * i + e] * y[16 * j + e]) as f64).sum::<f64>();
    assert!((score(1, 4) - score(5, 8)).abs() < 4e-4 * score(0, 0), "{} and {}", score(1, 4), score(5, 8));
}
