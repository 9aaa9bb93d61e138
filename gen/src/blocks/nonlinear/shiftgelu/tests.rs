use super::Config;
use crate::blocks::shiftmax::{Half, Numerator};
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn shiftgelu__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { columns: 4097, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { columns: 3, lanes: 4, ..d() })[..], [ConfigError::NoEffect { .. }]));
    assert!(matches!(reject(Config { inverse_scale: 300, ..d() })[..], [ConfigError::TooWide { .. }]));
}

/// The second formula: `x sigmoid(1.702 x)` of reals, at every code with every maximum that leaves both exponentials theirs.
#[test]
fn shiftgelu__is_near_the_gelu_of_reals() {
    let c = Checked::new(Config { inverse_scale: 19, ..Config::default() }).unwrap();
    let mut compared = 0;
    for max in -45..=127i64 {
        let x: Vec<i64> = (-128..=max).collect();
        for x in x.chunks(63) {
            let mut row = x.to_vec();
            row.push(max);
            let y = Config::golden(&c, &[row.clone()]).remove(0);
            for (x, y) in row.iter().zip(y).filter(|(x, _)| max - **x < 100) {
                let exact = *x as f64 * 128.0 / (1.0 + (-*x as f64 / 19.0).exp());
                // The quotient is a floor, and small where the sum is large.
                let sum = ((x - max) as f64 / 19.0).exp() + (-max as f64 / 19.0).exp();
                let quotient = 2f64.powi(31 - 23) / 19.0 / sum;
                let off = (0.08 + 1.0 / quotient) * exact.abs() + 2.0 * x.abs() as f64;
                assert!((y as f64 - exact).abs() <= off, "{x} below {max}: {y} of {exact}");
                compared += 1;
            }
        }
    }
    assert!(compared > 15_000, "{compared} codes");
}

/// I-ViT's definition on exact integers, in three forms.
#[test]
#[allow(clippy::disallowed_methods)]
fn shiftgelu__golden_follows_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ivit_shiftgelu.json");
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut compared = 0;
    for v in json["vectors"].as_array().unwrap() {
        let list = |k: &str| -> Vec<i64> { v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect() };
        for (key, numerator, half) in [
            ("out", Numerator::Less, Half::Keep),
            ("out_half_floored", Numerator::Less, Half::Floor),
            ("out_const_2p31", Numerator::Whole, Half::Keep),
        ] {
            let inverse_scale = v["x0"].as_i64().unwrap().unsigned_abs() as u32;
            let octaves = v["n"].as_i64().unwrap() as u32;
            let c = Config { columns: 4096, inverse_scale, octaves, numerator, half, ..Config::default() };
            let c = Checked::new(c).unwrap();
            assert_eq!(Config::golden(&c, &[list("x")]), [list(key)], "{} {key}", v["id"]);
            compared += list(key).len();
        }
    }
    assert!(compared > 2_700, "{compared} elements");
}
