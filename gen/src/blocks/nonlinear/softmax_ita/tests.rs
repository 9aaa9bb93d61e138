use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn softmax_ita__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { columns: 2049, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { lanes: 65, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { columns: 3, lanes: 4 })[..], [ConfigError::NoEffect { .. }]));
}

/// The second formula: real powers of two. Each denominator loses less than one a block, and the results are floors.
#[test]
fn softmax_ita__is_near_powers_of_two() {
    let mut rng = Prng::new(5);
    for _ in 0..400 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let x = Config::random_frame(&c, &mut rng);
        let y = &Config::golden(&c, &x)[0];
        let row = (c.rows().beats() * c.lanes) as usize;
        for (x, y) in x[0].chunks(row).zip(y.chunks(row)) {
            let max = *x.iter().max().unwrap() as f64;
            let powers: Vec<f64> = x.iter().map(|x| 2f64.powf(*x as f64 - max)).collect();
            let sum: f64 = powers.iter().sum();
            // What floors take off the denominator: up to a step of 1/256 for each column and block.
            let least = sum - (x.len() + x.len() / c.lanes as usize) as f64 / 256.0;
            for (y, p) in y.iter().zip(powers) {
                let (lo, hi) = ((255.0 / sum).floor() * p - 1.0, 255.0 / least.max(1.0) * p);
                assert!((lo..=hi).contains(&(*y as f64)), "{c:?} {x:?}: {y} of {lo} to {hi}");
            }
        }
    }
}

/// ITA's released numpy code, executed: blocks of sixteen columns.
#[test]
#[allow(clippy::disallowed_methods)]
fn softmax_ita__golden_follows_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ita_softmax.json");
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut compared = 0;
    for v in json["vectors"].as_array().unwrap() {
        let list = |k: &str| -> Vec<i64> { v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect() };
        let c = Checked::new(Config { columns: 2048, lanes: 16 }).unwrap();
        assert_eq!(Config::golden(&c, &[list("x")]), [list("y")], "{}", v["id"]);
        compared += list("y").len();
    }
    assert!(compared > 543, "{compared} elements");
}
