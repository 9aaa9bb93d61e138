use super::{rtl, Config};
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn depth_to_space__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { channels: 6, ..d() })[..], [ConfigError::NotServed { field: "channels", .. }]));
    assert!(matches!(reject(Config { lanes: 4, ..d() })[..], [ConfigError::NotServed { field: "lanes", .. }]));
    assert!(matches!(reject(Config { size: 17, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

#[test]
fn depth_to_space__a_row_of_two_pixels() {
    let c = Config { height: 1, width: 2, channels: 4, size: 2, ..Config::default() };
    let y = Config::golden(&Checked::new(c.clone()).unwrap(), &[vec![0, 1, 2, 3, 4, 5, 6, 7]]);
    assert_eq!(y, [[0, 1, 4, 5, 2, 3, 6, 7]]);
    assert_eq!(rtl::rows(&c).addresses(), [0, 1, 4, 5, 2, 3, 6, 7]);
}
