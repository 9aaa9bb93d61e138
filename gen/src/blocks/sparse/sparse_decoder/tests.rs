use super::Config;
use crate::blocks::{Checked, ConfigError};

#[test]
fn sparse_decoder__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { word: 48, ..d() })[..], [ConfigError::NotServed { field: "word", .. }]));
    assert!(matches!(reject(Config { width: 32, ..d() })[..], [ConfigError::NotServed { field: "word", .. }]));
    for (block, lanes, word) in [(64, 3, 32), (65, 2, 32), (16, 4, 32), (8, 1, 128)] {
        let errors = reject(Config { block, lanes, word, ..d() });
        assert!(errors.iter().any(|e| matches!(e, ConfigError::NotServed { field: "lanes", .. })), "{errors:?}");
    }
    assert!(matches!(reject(Config { block: 7, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}
