use super::Config;
use crate::blocks::{Checked, ConfigError};

#[test]
fn stream_fifo__rejects_values_out_of_range() {
    for (field, config) in [
        ("depth", Config { depth: 0, ..Config::default() }),
        ("depth", Config { depth: 16_777_217, ..Config::default() }),
        ("bits", Config { bits: 0, ..Config::default() }),
        ("lanes", Config { lanes: 0, ..Config::default() }),
    ] {
        let e = Checked::new(config).unwrap_err().0;
        assert!(matches!(&e[..], [ConfigError::OutOfRange { field: f, .. }] if f == field), "{e:?}");
    }
}
