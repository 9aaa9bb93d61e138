use super::Config;
use crate::blocks::sparse::code::{bits, Code};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn sparse_encoder__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { word: 48, ..d() })[..], [ConfigError::NotServed { field: "word", .. }]));
    assert!(matches!(reject(Config { lanes: 3, ..d() })[..], [ConfigError::NotServed { field: "lanes", .. }]));
    assert!(matches!(
        reject(Config { block: 16, lanes: 4, ..d() })[..],
        [ConfigError::NotServed { field: "lanes", .. }]
    ));
    assert!(matches!(reject(Config { width: 32, ..d() })[..], [ConfigError::NotServed { field: "word", .. }]));
    assert!(matches!(reject(Config { block: 7, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

/// What comes out is a code, and says what went in.
#[test]
fn sparse_encoder__writes_what_decodes_to_its_input() {
    let mut rng = Prng::new(5);
    for _ in 0..300 {
        let c = Checked::new(super::stimulus::config(&mut rng)).unwrap();
        let x = super::stimulus::frame(&c, &mut rng);
        let out = Config::golden(&c, std::slice::from_ref(&x));
        let bits = bits(&out[0]);
        assert!(out[1][0] as usize <= bits.len() && bits.len() - (out[1][0] as usize) < c.word as usize);
        let code = Code { block: c.block, width: c.width, format: c.format };
        let d = code.decode(&bits, c.word);
        assert_eq!(d.malformed, None);
        let mask = (1u64 << c.width) - 1;
        assert_eq!(d.elements, x.iter().map(|v| *v as u64 & mask).collect::<Vec<_>>());
    }
}
