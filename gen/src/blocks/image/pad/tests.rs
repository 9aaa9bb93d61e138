use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn pad__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { lanes: 3, ..d() })[..], [ConfigError::NotServed { field: "lanes", .. }]));
    assert!(matches!(reject(Config { value: 128, ..d() })[..], [ConfigError::DoesNotFit { field: "value", .. }]));
    assert!(matches!(reject(Config { top: 1025, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

#[test]
fn pad__a_pixel_in_a_frame() {
    let c = Config { height: 1, width: 1, channels: 1, bottom: 0, right: 0, value: 7, ..Config::default() };
    assert_eq!(Config::golden(&Checked::new(c).unwrap(), &[vec![1]]), [[7, 7, 7, 1]]);
}
