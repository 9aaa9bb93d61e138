use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn bit_serial__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    assert!(matches!(
        reject(Config { k: 3, ..Config::default() })[..],
        [ConfigError::NoEffect { field: "depth", useful: 3, .. }]
    ));
    assert!(matches!(reject(Config { a_bits: 0, ..Config::default() })[..], [ConfigError::OutOfRange { .. }]));
}

/// The second formula: eight planes are the ordinary product with int8 weights, fewer planes that with `w >> (8 - P)`.
#[test]
fn bit_serial__planes_are_nested_weights() {
    let mut rng = Prng::new(5);
    for _ in 0..200 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let (beats, cols, depth) = (c.derived().beats as usize, c.cols as usize, c.depth as usize);
        let a = crate::blocks::stimulus::elements(&mut rng, (beats * depth) as u64, c.a_bits, c.a_signed);
        let weights: Vec<i64> = (0..beats * cols * depth).map(|_| rng.range(-128, 127)).collect();
        let bits: Vec<i64> = (0..8).flat_map(|p| weights.iter().map(move |w| w >> (7 - p) & 1)).collect();
        let out = Config::golden(&c, &[a.clone(), vec![3, 1, 4], bits]);
        for (result, planes) in [3, 4, 8].into_iter().enumerate() {
            for j in 0..cols {
                let weight = |x: usize| weights[(x / depth * cols + j) * depth + x % depth] >> (8 - planes);
                let sum: i64 = (0..c.k as usize).map(|x| a[x] * weight(x)).sum();
                assert_eq!(out[0][result * cols + j], sum);
                assert!(c.derived().acc.contains(sum.into()));
            }
        }
    }
}

/// Each setting is legal, their product is not: refused before anything of that size is made.
#[test]
fn bit_serial__rejects_products_that_no_machine_holds() {
    for (config, what) in [
        (Config { k: 65536, cols: 225, depth: 255, ..Config::default() }, "8 * k * cols"),
        (Config { k: 256, cols: 256, depth: 257, ..Config::default() }, "depth"),
    ] {
        let e = Checked::new(config).unwrap_err().0;
        assert!(matches!(&e[..], [ConfigError::OutOfRange { field, .. }] if field == what), "{e:?}");
    }
}
