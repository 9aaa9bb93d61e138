use super::Config;
use crate::blocks::sparse::code::Format;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn sparse_lookup__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    let names = |c: Config, name: &str| {
        let errors = reject(c);
        assert!(
            errors.iter().any(|e| matches!(e, ConfigError::NotServed { field, .. } if *field == name)),
            "{errors:?}"
        );
    };
    names(Config { word: 96, ..d() }, "word");
    names(Config { word: 32, ..d() }, "word");
    names(Config { word: 32, width: 32, format: Format::Coordinates, ..d() }, "word");
    names(Config { block: 48, ..d() }, "block");
    names(Config { pairs: 3, ..d() }, "pairs");
    names(Config { pairs: 0, ..d() }, "pairs");
    names(Config { format: Format::Bitmap, ..d() }, "pairs");
    names(Config { block: 8, pairs: 16, ..d() }, "pairs");
    names(Config { values: 5000, ..d() }, "values");
}

/// Every element of tables that have a place for all: what was written.
#[test]
fn sparse_lookup__serves_what_was_encoded() {
    let mut rng = Prng::new(3);
    for format in [Format::Hybrid, Format::Bitmap, Format::Coordinates] {
        let pairs = if format == Format::Bitmap { 0 } else { 16 };
        let c = Config { block: 16, blocks: 8, values: 128, pairs, format, ..Config::default() };
        let c = Checked::new(c).unwrap();
        for percent in [0, 10, 50, 100] {
            let x: Vec<u64> = (0..100).map(|_| if rng.below(100) < percent { 1 + rng.below(255) } else { 0 }).collect();
            let out = Config::golden(&c, &[c.code().words(&x, 64), (0..110).collect()]);
            let y: Vec<i64> = x.iter().map(|v| i64::from(*v as i8)).chain([0; 10]).collect();
            assert_eq!(out[0], y);
            assert_eq!(out[1], [vec![0; 100], vec![1; 10]].concat());
            assert_eq!(out[2], [100, 0]);
        }
    }
}
