use super::{Config, Kind};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn norm_float__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { columns: 4097, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { columns: 3, lanes: 4, ..d() })[..], [ConfigError::NoEffect { .. }]));
    assert!(matches!(reject(Config { zero: 3, ..d() })[..], [ConfigError::NotServed { .. }]));
    assert!(matches!(reject(Config { kind: Kind::Rms, zero: 128, ..d() })[..], [ConfigError::DoesNotFit { .. }]));
    assert!(matches!(reject(Config { gain: vec![1, 2], ..d() })[..], [ConfigError::Count { .. }]));
    assert!(matches!(reject(Config { offset: vec![1, 2], ..d() })[..], [ConfigError::Count { .. }]));
}

/// The second formula: real numbers, rounded once. One code at most, and fewer than one in two hundred.
#[test]
fn norm_float__is_near_the_norm_of_reals() {
    let mut rng = Prng::new(5);
    for (columns, kind) in
        [(16, Kind::Layer), (64, Kind::Layer), (384, Kind::Layer), (64, Kind::Rms), (1024, Kind::Rms)]
    {
        let (mut other, mut all) = (0, 0);
        while all < 50_000 {
            // An output of some +-4 sigma, an input scale and float's epsilon.
            let (scale, eps, steps) = (0.02, 1e-5, rng.range(20, 45) as f64);
            let mut c = Config { columns, kind, ..Config::default() };
            let f = c.norm_fraction();
            c.epsilon = (eps / scale / scale * 2f64.powi(34 - 16)).round() as i64;
            c.shift = f + 11;
            c.gain = vec![(steps * 2048.0) as i64];
            c.offset = vec![(0.3 * 2f64.powi(c.shift as i32)) as i64];
            let c = Checked::new(c).unwrap();
            let (spread, middle) = (rng.range(4, 60), rng.range(-60, 60));
            let x: Vec<i64> = (0..columns)
                .map(|_| (middle + rng.range(-spread, spread) + rng.range(-spread, spread)).clamp(-128, 127))
                .collect();
            let y = Config::golden(&c, std::slice::from_ref(&x)).remove(0);
            let n = f64::from(columns);
            let mean = if kind == Kind::Layer { x.iter().sum::<i64>() as f64 / n } else { 0.0 };
            let squares = x.iter().map(|x| (*x as f64 - mean).powi(2)).sum::<f64>() / n;
            let root = (squares + eps / scale / scale).sqrt();
            for (x, y) in x.iter().zip(y) {
                let exact = ((*x as f64 - mean) / root * steps + 0.3 + 0.5).floor().clamp(-128.0, 127.0) as i64;
                assert!((y - exact).abs() <= 1, "{x} of {columns}: {y}, not {exact}");
                (other, all) = (other + usize::from(y != exact), all + 1);
            }
        }
        assert!(other * 200 < all, "{other} of {all}");
    }
}

/// Absent elements change nothing for the others; rows of nothing else, and without spread, have the offset.
#[test]
fn norm_float__absent_elements_are_no_part_of_a_row() {
    let c = Config { absent: true, offset: vec![5 << 17], shift: 17, ..Config::default() };
    let c = Checked::new(c).unwrap();
    let y = |x: &[i64]| Config::golden(&c, &[x.to_vec()]).remove(0);
    let without = y(&[3, -20, 127]);
    assert_eq!(y(&[200, 3, -129, -20, 127, -256]), [5, without[0], 5, without[1], without[2], 5]);
    assert_eq!(y(&[128, 255]), [5, 5]);
    assert_eq!(y(&[7, 7, 7]), [5, 5, 5]);
}
