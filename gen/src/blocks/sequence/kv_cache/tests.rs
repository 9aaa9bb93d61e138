use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn kv_cache__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { heads: 3, ..d() })[..], [ConfigError::NotServed { field: "heads", .. }, ..]));
    assert!(matches!(reject(Config { heads: 2, ..d() })[..], [ConfigError::NotServed { field: "group", .. }]));
    assert!(matches!(reject(Config { lanes: 3, ..d() })[..], [ConfigError::NotServed { field: "lanes", .. }]));
    assert!(matches!(reject(Config { sinks: 64, ..d() })[..], [ConfigError::NotServed { field: "sinks", .. }]));
    assert!(matches!(
        reject(Config { bits: 3, cache_bits: 4, ..d() })[..],
        [ConfigError::NoEffect { field: "cache_bits", .. }]
    ));
}

/// The second formula: a code is the nearest of `2^cache_bits` numbers between the ends of its group, spread evenly, in reals.
#[test]
fn kv_cache__is_near_real_codes_of_groups() {
    let mut rng = Prng::new(4);
    let mut compared = 0;
    for _ in 0..400 {
        let c = Config { tokens: 1, sinks: 0, heads: 1, ..Config::random(&mut rng) };
        let c = Checked::new(c).unwrap();
        let x = Config::random_frame(&c, &mut rng);
        let y = Config::golden(&c, &x).remove(0);
        for (x, y) in x[0].chunks(c.group as usize).zip(y.chunks(c.group as usize)) {
            let (lo, hi) = (*x.iter().min().unwrap() as f64, *x.iter().max().unwrap() as f64);
            let step = (hi - lo) / (2f64.powi(c.cache_bits as i32) - 1.0);
            for (x, y) in x.iter().zip(y) {
                let x = *x as f64;
                let exact = if step == 0.0 { lo } else { lo + ((x - lo) / step).round() * step };
                // A step is rounded down by less than a sixteenth, and so is each of so many.
                let less = 2f64.powi(c.cache_bits as i32) / 16.0;
                assert!((*y as f64 - exact).abs() <= step + less + 0.5, "{x} {lo} {hi}: {y} of {exact}");
                assert!((*y as f64 - x).abs() <= step / 2.0 + less + 0.5, "{x} {lo} {hi}: {y}");
                compared += 1;
            }
        }
    }
    assert!(compared > 2000, "{compared}");
}

/// Slots fill in order, later tokens take the oldest one's place behind the sinks, and heads leave one after the other.
#[test]
fn kv_cache__keeps_sinks_and_a_window() {
    let c = Config { tokens: 3, width: 2, heads: 2, group: 1, sinks: 1, ..Config::default() };
    let c = Checked::new(c).unwrap();
    let mut cache = Config::sequence(&c);
    let mut next = |t: i64| cache(&[vec![t, -t]]).remove(0);
    assert_eq!(next(1), [1, 0, 0, -1, 0, 0]);
    assert_eq!(next(2), [1, 2, 0, -1, -2, 0]);
    assert_eq!(next(3), [1, 2, 3, -1, -2, -3]);
    assert_eq!(next(4), [1, 4, 3, -1, -4, -3]);
    assert_eq!(next(5), [1, 4, 5, -1, -4, -5]);
    assert_eq!(next(6), [1, 6, 5, -1, -6, -5]);
}
