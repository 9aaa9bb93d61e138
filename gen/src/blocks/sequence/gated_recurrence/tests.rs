use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn gated_recurrence__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    assert!(matches!(reject(Config { lanes: 65, ..Config::default() })[..], [ConfigError::OutOfRange { .. }]));
    let wide = Config { bits: 12, up: 13, ..Config::default() };
    assert!(matches!(reject(wide)[..], [ConfigError::TooWide { what: "the state", bits: 25, .. }]));
}

/// The second formula: real numbers. Each frame rounds once, and a gate takes its part of what earlier ones rounded.
#[test]
fn gated_recurrence__is_near_reals_over_many_frames() {
    let c = Checked::new(Config { channels: 40, ..Config::default() }).unwrap();
    let mut rng = Prng::new(3);
    let mut golden = Config::sequence(&c);
    let mut real = vec![0f64; 40];
    for _ in 0..200 {
        let f: Vec<i64> = (0..40).map(|_| rng.range(0, 255)).collect();
        let v: Vec<i64> = (0..40).map(|_| rng.range(-128, 127)).collect();
        let h = golden(&[f.clone(), v.clone()]).remove(0);
        for i in 0..40 {
            let part = f[i] as f64 / 256.0;
            real[i] = part * real[i] + (1.0 - part) * v[i] as f64;
            assert!((h[i] as f64 / 256.0 - real[i]).abs() < 0.02, "{} for {}", h[i] as f64 / 256.0, real[i]);
        }
    }
}

/// What comes first is the same after every reset, and nothing is kept where the gate is shut.
#[test]
fn gated_recurrence__begins_at_zero() {
    let c = Checked::new(Config { channels: 2, ..Config::default() }).unwrap();
    let inputs = [vec![128, 0], vec![100, -100]];
    assert_eq!(Config::golden(&c, &inputs), [vec![12_800, -25_600]]);
    let mut golden = Config::sequence(&c);
    assert_eq!(golden(&inputs), [vec![12_800, -25_600]]);
    assert_eq!(golden(&inputs), [vec![19_200, -25_600]]);
}
