use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn concat__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { channels: vec![4], ..d() })[..], [ConfigError::Count { field: "channels", .. }]));
    assert!(matches!(reject(Config { channels: vec![2; 17], ..d() })[..], [ConfigError::Count { .. }]));
    assert!(matches!(
        reject(Config { channels: vec![4, 3], ..d() })[..],
        [ConfigError::NotServed { field: "lanes", .. }]
    ));
    assert!(matches!(reject(Config { channels: vec![4, 0], ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

#[test]
fn concat__pixels_are_joined() {
    let c = Checked::new(Config { lanes: 1, channels: vec![2, 1], ..Config::default() }).unwrap();
    assert_eq!(Config::golden(&c, &[vec![1, 2, 3, 4], vec![5, 6]]), [[1, 2, 5, 3, 4, 6]]);
}
