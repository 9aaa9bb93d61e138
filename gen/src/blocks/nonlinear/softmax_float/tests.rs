use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn softmax_float__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { columns: 4097, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { lanes: 65, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { columns: 3, lanes: 4, ..d() })[..], [ConfigError::NoEffect { .. }]));
    assert!(matches!(reject(Config { scale: 0.0, ..d() })[..], [ConfigError::Scale { .. }]));
    assert!(matches!(reject(Config { out_scale: 0.0, ..d() })[..], [ConfigError::Scale { .. }]));
    assert!(matches!(reject(Config { out_zero: 128, ..d() })[..], [ConfigError::DoesNotFit { .. }]));
}

/// The second formula: real exponentials and one rounding. One code at most, and fewer than one in two hundred.
#[test]
fn softmax_float__is_near_the_softmax_of_reals() {
    let mut rng = Prng::new(5);
    for columns in [4, 40, 400, 4000] {
        let (mut other, mut all) = (0, 0);
        while all < 100_000 {
            let out_scale = *rng.pick(&[1.0 / 256.0, 1.0 / 255.0, 1.0 / 300.0]);
            let scale = *rng.pick(&[0.02, 0.1, 0.2]);
            let c = Checked::new(Config { columns, scale, out_scale, out_bits: 10, ..Config::default() }).unwrap();
            let x = Config::random_frame(&c, &mut rng);
            let y = &Config::golden(&c, &x)[0];
            for (x, y) in x[0].chunks(columns as usize).zip(y.chunks(columns as usize)) {
                let max = *x.iter().max().unwrap() as f64;
                let powers: Vec<f64> = x.iter().map(|x| ((*x as f64 - max) * c.scale).exp()).collect();
                let sum: f64 = powers.iter().sum();
                for (y, p) in y.iter().zip(powers) {
                    let exact = ((p / sum / c.out_scale).round() as i64 - 128).clamp(-512, 511);
                    assert!((y - exact).abs() <= 1, "{c:?} {x:?}: {y} of {exact}");
                    (other, all) = (other + usize::from(*y != exact), all + 1);
                }
            }
        }
        assert!(other * 200 < all, "{other} of {all}");
    }
}

/// Numbers that are no codes change nothing for the others, and have the code of zero; a row of nothing else too.
#[test]
fn softmax_float__absent_numbers_are_no_part_of_a_row() {
    for (signed, none) in [(true, [200, -129, -256]), (false, [256, 511, 300])] {
        let c = Checked::new(Config { absent: true, signed, ..Config::default() }).unwrap();
        let y = |x: &[i64]| Config::golden(&c, &[x.to_vec()]).remove(0);
        let without = y(&[3, 20, 127]);
        let with = y(&[none[0], 3, none[1], 20, 127, none[2]]);
        assert_eq!(with, [-128, without[0], -128, without[1], without[2], -128]);
        assert_eq!(y(&none), [-128; 3]);
        assert!(without[2] > 100);
    }
}

/// A real setting is a finite number in its range, and its text form reads back exactly.
#[test]
fn softmax_float__settings_that_are_no_numbers_are_refused() {
    use crate::blocks::Setting;
    for text in ["nan", "inf", "-inf", "a tenth", ""] {
        assert_eq!(f64::parse(text), None, "{text}");
    }
    for v in [0.1, 1.0, 0.00390625, 1e-30] {
        assert_eq!(f64::parse(&v.show()), Some(v));
    }
    assert!(1.0.within(&(0..=1)) && !1.5.within(&(0..=1)) && !(-0.5).within(&(0..=1)));
}
