use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn skid_buffer__rejects_values_out_of_range() {
    for (field, config) in [
        ("bits", Config { bits: 0, ..Config::default() }),
        ("bits", Config { bits: 64, ..Config::default() }),
        ("lanes", Config { lanes: 257, ..Config::default() }),
    ] {
        let e = Checked::new(config).unwrap_err().0;
        assert!(matches!(&e[..], [ConfigError::OutOfRange { field: f, .. }] if f == field), "{e:?}");
    }
}

#[test]
fn skid_buffer__golden_is_the_identity() {
    let c = Checked::new(Config::default()).unwrap();
    assert_eq!(Config::golden(&c, &[vec![1, 2, 3]]), [[1, 2, 3]]);
    assert_eq!(Config::contract(&c, &[vec![0; 3]]).latency, 3);
}
