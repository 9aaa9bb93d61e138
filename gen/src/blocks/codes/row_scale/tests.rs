use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn row_scale__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    assert!(matches!(reject(Config { b_bits: 26, ..Config::default() })[..], [ConfigError::OutOfRange { .. }]));
}

#[test]
fn row_scale__multiplies_all_of_a_row() {
    let c = Checked::new(Config { columns: 3, ..Config::default() }).unwrap();
    assert_eq!(Config::golden(&c, &[vec![1, -2, 300], vec![7]]), [vec![7, -14, 2100]]);
    assert_eq!(Config::golden(&c, &[vec![1, -2, 300], vec![0]]), [vec![0, 0, 0]]);
}
