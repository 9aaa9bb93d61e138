use super::{thresholds, Config};
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn threshold_sparsifier__each_rule_has_its_error() {
    let d = Config::default;
    let rejects = |c: Config| Checked::new(c).unwrap_err().0;
    assert!(matches!(rejects(Config { lanes: 3, ..d() })[..], [ConfigError::NotServed { field: "lanes", .. }]));
    assert!(matches!(rejects(Config { zero: 128, ..d() })[..], [ConfigError::DoesNotFit { field: "zero", .. }]));
    let two = Config { thresholds: vec![1, 2], ..d() };
    assert!(matches!(rejects(two)[..], [ConfigError::Count { field: "thresholds", found: 2, .. }]));
}

#[test]
fn threshold_sparsifier__is_strict() {
    let c = Config { columns: 4, thresholds: vec![3, 0, 128, 127], rest: true, ..Config::default() };
    let c = Checked::new(c).unwrap();
    let y = Config::golden(&c, &[vec![3, 1, -128, -128]]);
    assert_eq!(y, [[0, 1, 0, -128], [3, 0, -128, 0]]);
}

/// R-Sparse's own rule on numbers, for every code and scales of all sizes.
#[test]
fn thresholds__keep_what_the_rule_keeps() {
    let scales = [0.0, 0.01, 0.25, 1.0 / 3.0, 0.7, 1.0, 3.0, 1e9];
    for t in [0.0, 0.1, 1.0, 7.3, 21.0, 127.0] {
        let found = thresholds(&scales, t, 128);
        for (s, own) in scales.iter().zip(&found) {
            for x in -128i64..=127 {
                assert_eq!((x as f64 * s).abs() > t, x.abs() > *own, "{x} {s} {t}");
            }
        }
    }
}
