use super::{Config, Kind, Order};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn pool__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { lanes: 5, ..d() })[..], [ConfigError::NoEffect { field: "lanes", .. }]));
    let max = Config { kind: Kind::Max, start: 1, ..d() };
    assert!(matches!(reject(max)[..], [ConfigError::NotServed { field: "start", .. }]));
    let float = Config { kind: Kind::Float32, start: 1, ..d() };
    assert!(matches!(reject(float)[..], [ConfigError::NotServed { field: "start", .. }]));
    let wide = Config { kind: Kind::Sum, bits: 48, taps: 1 << 16, ..d() };
    assert!(matches!(reject(wide)[..], [ConfigError::TooWide { what: "the sum", .. }]));
    assert!(matches!(reject(Config { taps: 1, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

/// The second formula: sorted, the last one is the largest; and both orders hold the same channels.
#[test]
fn pool__golden_by_sorting_and_by_the_other_order() {
    let mut rng = Prng::new(4);
    for _ in 0..200 {
        let c = Checked::new(Config { order: Order::Channels, ..Config::random(&mut rng) }).unwrap();
        let other = Checked::new(Config { order: Order::Taps, ..(*c).clone() }).unwrap();
        let x = Config::random_frame(&c, &mut rng).remove(0);
        let (taps, lanes, groups) = (c.taps as usize, c.lanes as usize, c.derived().groups as usize);
        let at = |g: usize, t: usize, l: usize| x[(g * taps + t) * lanes + l];
        let turned: Vec<i64> =
            (0..taps * groups * lanes).map(|i| at(i / lanes % groups, i / lanes / groups, i % lanes)).collect();
        let y = Config::golden(&c, std::slice::from_ref(&x)).remove(0);
        assert_eq!(Config::golden(&other, &[turned])[0], y);
        for (channel, y) in y.iter().enumerate() {
            let mut column: Vec<i64> = (0..taps).map(|t| at(channel / lanes, t, channel % lanes)).collect();
            column.sort();
            assert!(c.derived().result.contains((*y).into()));
            let want = match c.kind {
                Kind::Max => column[taps - 1],
                Kind::Sum => c.start + column.iter().sum::<i64>(),
                // The order decides: float32 arithmetic itself, on numbers that it holds.
                Kind::Float32 if c.bits > 24 => continue,
                Kind::Float32 => {
                    (0..taps).map(|t| at(channel / lanes, t, channel % lanes) as f32).fold(0.0, |sum, x| sum + x) as i64
                }
            };
            assert_eq!(*y, want);
        }
    }
}
