use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn i_sqrt__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    assert!(matches!(reject(Config { bits: 63, ..Config::default() })[..], [ConfigError::OutOfRange { .. }]));
}

/// The second formula: the largest number whose square is no larger. All of 16 bits, and I-BERT's known answers.
#[test]
#[allow(clippy::disallowed_methods)]
fn i_sqrt__golden_is_the_floor_of_the_root() {
    let c = |bits: u32| Checked::new(Config { bits, ..Config::default() }).unwrap();
    let x: Vec<i64> = (0..1 << 16).collect();
    let y = Config::golden(&c(16), std::slice::from_ref(&x)).remove(0);
    assert!(x.iter().zip(y).all(|(x, y)| y * y <= *x && (y + 1) * (y + 1) > *x));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ibert.json");
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let known = json["isqrt"].as_array().unwrap();
    assert_eq!(known.len(), 12);
    for v in known {
        let list = |k: &str| -> Vec<i64> { v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect() };
        assert_eq!(Config::golden(&c(62), &[list("n")]), [list("isqrt")]);
    }
}
