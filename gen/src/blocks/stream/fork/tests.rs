use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn fork__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    assert!(matches!(reject(Config { outputs: 1, ..Config::default() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { lanes: 0, ..Config::default() })[..], [ConfigError::OutOfRange { .. }]));
}

#[test]
fn fork__golden_is_the_identity() {
    let c = Checked::new(Config { outputs: 3, ..Config::default() }).unwrap();
    assert_eq!(Config::golden(&c, &[vec![1, 2]]), vec![vec![1, 2]; 3]);
}
