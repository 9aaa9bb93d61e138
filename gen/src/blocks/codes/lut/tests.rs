use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn lut__default_table_is_relu() {
    let c = Checked::new(Config::default()).unwrap();
    assert_eq!(Config::golden(&c, &[vec![-128, -1, 0, 1, 127]]), [[0, 0, 0, 1, 127]]);
}

#[test]
fn lut__rejects_tables_of_the_wrong_size_or_range() {
    let e = Checked::new(Config { table: vec![1, 2, 3], ..Config::default() }).unwrap_err().0;
    assert!(matches!(e[..], [ConfigError::Count { found: 3, .. }]));
    let e = Checked::new(Config { in_bits: 1, table: vec![0, 128], ..Config::default() }).unwrap_err().0;
    assert!(matches!(e[..], [ConfigError::DoesNotFit { value: 128, .. }]));
    let e =
        Checked::new(Config { in_bits: 1, out_signed: false, table: vec![0, -1], ..Config::default() }).unwrap_err().0;
    assert!(matches!(e[..], [ConfigError::DoesNotFit { value: -1, .. }]));
}
