use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn absmax_quantize__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    assert!(matches!(reject(Config { out_bits: 9, ..Config::default() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { columns: 2, lanes: 3, ..Config::default() })[..], [ConfigError::NoEffect { .. }]));
}

/// The second formula: the rounded quotient. Only where that is near a tie is a code another one.
#[test]
fn absmax_quantize__is_the_rounded_quotient() {
    let mut rng = Prng::new(9);
    let (mut other, mut all) = (0, 0);
    for round in 0..500 {
        let (bits, out_bits) = ([16, 12, 8][round % 3], [8, 5][round / 3 % 2]);
        let c = Checked::new(Config { bits, out_bits, ..Config::default() }).unwrap();
        let reach = 1 << rng.below(u64::from(bits) - 1);
        let x: Vec<i64> = (0..64).map(|_| rng.range(-reach, reach - 1)).collect();
        let most = x.iter().map(|x| x.abs()).max().unwrap().max(1);
        let largest = (1i64 << (out_bits - 1)) - 1;
        for (x, y) in x.iter().zip(&Config::golden(&c, std::slice::from_ref(&x))[0]) {
            let real = (x * largest) as f64 / most as f64;
            assert!((*y as f64 - real).abs() <= 0.5 + 1.0 / f64::from(1 << out_bits), "{x} of {most}: {y}");
            (other, all) = (other + usize::from((real + 0.5).floor() as i64 != *y), all + 1);
        }
    }
    assert!(other * 50 < all, "{other} of {all}");
}

/// BitLinear's known codes, where the norm in front changes nothing: of elements as integers.
#[test]
fn absmax_quantize__has_ends_and_zeros() {
    let c = Checked::new(Config { columns: 4, ..Config::default() }).unwrap();
    let of = |x: [i64; 4]| Config::golden(&c, &[x.to_vec()]).remove(0);
    assert_eq!(of([0; 4]), [0; 4]);
    assert_eq!(of([-32768, 32767, 0, 16384]), [-127, 127, 0, 64]);
    assert_eq!(of([1, -1, 0, 0]), [127, -127, 0, 0]);
    assert_eq!(of([3, -2, 1, 0]), [127, -85, 42, 0]);
}
