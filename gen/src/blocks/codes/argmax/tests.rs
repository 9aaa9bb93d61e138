use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn argmax__first_of_equals() {
    let c = Checked::new(Config::default()).unwrap();
    assert_eq!(Config::golden(&c, &[vec![-5, 3, 3, -128, 2, 3, 0, 0, 0, 0]]), [[1]]);
    assert_eq!(Config::golden(&c, &[vec![-128; 10]]), [[0]]);
}

#[test]
fn argmax__rejects_values_out_of_range() {
    let e = Checked::new(Config { bits: 63, elements: 0, ..Config::default() }).unwrap_err().0;
    assert!(matches!(&e[..], [ConfigError::OutOfRange { .. }, ConfigError::OutOfRange { .. }]), "{e:?}");
}
