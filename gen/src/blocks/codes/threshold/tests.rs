use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

fn reject(config: Config) -> Vec<ConfigError> {
    Checked::new(config).unwrap_err().0
}

#[test]
fn threshold__each_rule_has_its_error() {
    let d = Config::default;
    let count = |e: &[ConfigError], f: &str| matches!(e, [ConfigError::Count { field, .. }] if *field == f);
    assert!(count(&reject(Config { thresholds: vec![], ..d() }), "thresholds"));
    assert!(count(&reject(Config { thresholds: vec![1, 2], ..d() }), "thresholds"));
    assert!(count(&reject(Config { thresholds: vec![1; 6], ..d() }), "thresholds"));
    assert!(count(&reject(Config { which: vec![0, 0], ..d() }), "which"));
    assert!(count(&reject(Config { which: vec![0, 1, 0, 0], ..d() }), "thresholds"));
    assert!(matches!(
        reject(Config { thresholds: vec![3, 2, 4], ..d() })[..],
        [ConfigError::NotServed { field: "thresholds", .. }]
    ));
    let never = Config { thresholds: vec![-2048, 0, 2048], ..d() };
    assert!(Checked::new(never).is_ok(), "always and never reached");
    let over = Config { thresholds: vec![0, 1, 2049], ..d() };
    assert!(matches!(reject(over)[..], [ConfigError::DoesNotFit { field: "thresholds", .. }]));
    assert!(matches!(reject(Config { lowest: 1, ..d() })[..], [ConfigError::DoesNotFit { field: "steps", .. }]));
    assert!(matches!(reject(Config { lowest: -1, ..d() })[..], [ConfigError::DoesNotFit { field: "lowest", .. }]));
}

/// The second formula: the place in the sorted set, by the library's search.
#[test]
fn threshold__golden_is_a_place_in_a_sorted_list() {
    let mut rng = Prng::new(21);
    for _ in 0..300 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let frame = Config::random_frame(&c, &mut rng);
        let place = |(i, acc): (usize, &i64)| c.lowest + c.set(i).partition_point(|t| t <= acc) as i64;
        let want: Vec<i64> = frame[0].iter().enumerate().map(place).collect();
        assert_eq!(Config::golden(&c, &frame)[0], want, "{c:?}");
    }
}
