use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn replay__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    assert!(matches!(reject(Config { times: 1, ..Config::default() })[..], [ConfigError::OutOfRange { .. }]));
    let big = Config { lanes: 1024, bits: 63, beats: 65536, ..Config::default() };
    assert!(matches!(reject(big)[..], [ConfigError::TooWide { .. }]));
}

#[test]
fn replay__every_repetition_is_the_frame() {
    let c = Checked::new(Config { lanes: 2, beats: 2, times: 3, ..Config::default() }).unwrap();
    let out = Config::golden(&c, &[vec![1, 2, 3, 4]]);
    assert_eq!(out[0].chunks(4).collect::<Vec<_>>(), [[1, 2, 3, 4]; 3]);
}
