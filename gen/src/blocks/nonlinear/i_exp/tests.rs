use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn i_exp__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { q_b: 15, ..d() })[..], [ConfigError::NotServed { field: "q_b", .. }]));
    assert!(matches!(reject(Config { q_c: 1 << 32, ..d() })[..], [ConfigError::TooWide { bits: 63, .. }]));
    assert!(matches!(reject(Config { octaves: 31, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

/// The released module on exact integers.
#[test]
#[allow(clippy::disallowed_methods)]
fn i_exp__golden_follows_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ibert.json");
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut compared = 0;
    for v in json["iexp"].as_array().unwrap() {
        let int = |k: &str| v[k].as_u64().unwrap();
        let x: Vec<i64> = v["x"].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect();
        let want: Vec<i64> =
            v["exp"].as_array().unwrap().iter().map(|e| e.as_str().unwrap().parse().unwrap()).collect();
        let (q_b, q_c, q_ln2) = (int("q_b") as u32, int("q_c"), int("q_ln2") as u32);
        let c = Checked::new(Config { q_b, q_c, q_ln2, octaves: int("n") as u32, ..Config::default() }).unwrap();
        assert_eq!(Config::golden(&c, &[x]), [want], "{}", v["id"]);
        compared += 1;
    }
    assert_eq!(compared, 12);
}

/// The second formula: `exp(x S)` of reals, as near as the polynomial is.
#[test]
fn i_exp__is_near_the_exponential_of_reals() {
    let scale = 1e-4;
    let floor = |v: f64| (v / scale).floor();
    let (q_b, q_c, q_ln2) = (floor(0.96963238 / 0.35815147) as u32, floor(1.0 / 0.35815147 / scale) as u64, 6931);
    let c = Checked::new(Config { bits: 20, q_b, q_c, q_ln2, ..Config::default() }).unwrap();
    let x: Vec<i64> = (-60_000..=0).collect();
    let y = Config::golden(&c, std::slice::from_ref(&x)).remove(0);
    let worth = 0.35815147 * scale * scale / 2f64.powi(30);
    for (x, y) in x.iter().zip(y) {
        let (got, exact) = (y as f64 * worth, (*x as f64 * scale).exp());
        assert!((got - exact).abs() < 0.004 * exact, "{x}: {got} of {exact}");
    }
}
