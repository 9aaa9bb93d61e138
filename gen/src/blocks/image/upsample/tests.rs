use super::{rtl, Config};
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn upsample__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { lanes: 3, ..d() })[..], [ConfigError::NotServed { field: "lanes", .. }]));
    assert!(matches!(reject(Config { factor_h: 8193, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

#[test]
fn upsample__pixels_become_rectangles() {
    let c = Config { height: 1, width: 2, channels: 1, factor_h: 2, factor_w: 3, ..Config::default() };
    let y = Config::golden(&Checked::new(c.clone()).unwrap(), &[vec![4, 5]]);
    assert_eq!(y, [[4, 4, 4, 5, 5, 5, 4, 4, 4, 5, 5, 5]]);
    assert_eq!(rtl::rows(&c).addresses(), [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]);
}
