use super::{Config, Kind};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn eltwise__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { a_zero: 128, ..d() })[..], [ConfigError::DoesNotFit { field: "a_zero", .. }]));
    assert!(matches!(reject(Config { b_zero: -129, ..d() })[..], [ConfigError::DoesNotFit { field: "b_zero", .. }]));
    let wide = Config { kind: Kind::Mul, a_bits: 32, b_bits: 32, ..d() };
    assert!(matches!(reject(wide)[..], [ConfigError::TooWide { .. }]));
    assert!(matches!(
        reject(Config { constants: vec![1, 128], ..d() })[..],
        [ConfigError::DoesNotFit { field: "constants", value: 128, .. }]
    ));
    assert!(matches!(
        reject(Config { constants: vec![1; 3], ..d() })[..],
        [ConfigError::Count { field: "constants", found: 3, .. }]
    ));
    assert!(matches!(reject(Config { lanes: 0, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

/// The second formula: zero points multiplied out, comparisons as sums and distances; and every result lies in the range that sets its width.
#[test]
fn eltwise__golden_with_zero_points_multiplied_out() {
    let mut rng = Prng::new(6);
    for _ in 0..300 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let x = Config::random_frame(&c, &mut rng);
        let y = Config::golden(&c, &x).remove(0);
        let second = |i: usize| if c.constants.is_empty() { x[1][i] } else { c.constants[i % c.constants.len()] };
        for (i, (a, y)) in x[0].iter().zip(y).enumerate() {
            let b = second(i);
            let want = match c.kind {
                Kind::Add => a + b - (c.a_zero + c.b_zero),
                Kind::Max | Kind::Min => {
                    let (sum, apart) = (a + b - c.a_zero - c.b_zero, (a - b - c.a_zero + c.b_zero).abs());
                    if c.kind == Kind::Max {
                        (sum + apart) / 2
                    } else {
                        (sum - apart) / 2
                    }
                }
                Kind::Mul => a * b - a * c.b_zero - b * c.a_zero + c.a_zero * c.b_zero,
            };
            assert_eq!(y, want);
            assert!(c.derived().y.contains(y.into()));
        }
    }
}

/// Codes of one type stay codes of it, whatever constants stand beside them.
#[test]
fn eltwise__larger_and_smaller_codes_keep_their_type() {
    for (kind, signed, constants) in [
        (Kind::Max, false, vec![]),
        (Kind::Min, false, vec![3, 200]),
        (Kind::Max, true, vec![5, 7]),
        (Kind::Min, true, vec![]),
    ] {
        let d = Config::default();
        let c = Checked::new(Config { kind, a_signed: signed, b_signed: signed, constants, ..d }).unwrap();
        assert_eq!((c.derived().bits, c.derived().signed), (8, signed), "{c:?}");
    }
}
