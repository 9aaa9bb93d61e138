use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};

#[test]
fn i_gelu__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let wide = Config { bits: 32, b: -(1 << 24), c: -(1 << 50), shift: 0, ..Config::default() };
    assert!(matches!(reject(wide)[..], [ConfigError::TooWide { .. }]));
    assert!(matches!(reject(Config { b: 0, ..Config::default() })[..], [ConfigError::OutOfRange { .. }]));
}

/// The released module on exact integers.
#[test]
#[allow(clippy::disallowed_methods)]
fn i_gelu__golden_follows_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ibert.json");
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let known = json["igelu"].as_array().unwrap();
    assert_eq!(known.len(), 12);
    for v in known {
        let list = |k: &str| -> Vec<i64> { v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect() };
        let int = |k: &str| v[k].as_i64().unwrap();
        let config = Config { bits: 24, b: int("b"), c: int("c"), one: int("shift_int"), ..Config::default() };
        let c = Checked::new(Config { shift: int("n") as u32, ..config }).unwrap();
        assert_eq!(Config::golden(&c, &[list("x")]), [list("out")], "{}", v["id"]);
    }
}

/// The second formula: the GELU of reals, as near as the polynomial is.
#[test]
fn i_gelu__is_near_the_gelu_of_reals() {
    let scale = 1e-4;
    let own: f64 = scale * 1e4 / 14142.0;
    let (b, c) = ((-1.769 / own).floor() as i64, (1.0 / (-0.2888 * own * own)).floor() as i64);
    let one = (1.0 / (-0.2888 * own * own * 16384.0)).floor() as i64;
    let c = Checked::new(Config { bits: 18, b, c, one, ..Config::default() }).unwrap();
    let x: Vec<i64> = (-50_000..50_000).step_by(7).collect();
    let y = Config::golden(&c, std::slice::from_ref(&x)).remove(0);
    let worth = scale * (own * own * -0.2888 * 16384.0) / 2.0;
    for (x, y) in x.iter().zip(y) {
        // The error function by the series that libraries have for tables: Abramowitz and Stegun 7.1.26.
        let v = *x as f64 * scale;
        let z = v.abs() / 2f64.sqrt();
        let t = 1.0 / (1.0 + 0.3275911 * z);
        let poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
        let exact = v * 0.5 * (1.0 + v.signum() * (1.0 - poly * (-z * z).exp()));
        assert!((y as f64 * worth - exact).abs() < 0.02, "{v}: {} of {exact}", y as f64 * worth);
    }
}
