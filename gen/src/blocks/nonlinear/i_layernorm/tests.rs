use super::{Config, Mean, Root};
use crate::blocks::shiftmax::Numerator;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn i_layernorm__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { columns: 4097, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { columns: 3, lanes: 4, ..d() })[..], [ConfigError::NoEffect { .. }]));
    assert!(matches!(reject(Config { bits: 8, shift: 8, ..d() })[..], [ConfigError::NoEffect { .. }]));
    assert!(matches!(reject(Config { bias: vec![1, 2], ..d() })[..], [ConfigError::Count { .. }]));
    let floor = |c: Config| Config { root: Root::Floor, ..c };
    assert!(matches!(reject(floor(Config { iterations: 3, ..d() }))[..], [ConfigError::NotServed { .. }]));
    assert!(matches!(reject(floor(Config { start: 3, ..d() }))[..], [ConfigError::NotServed { .. }]));
}

/// The second formula: real numbers. The mean is off by a half, the root by one, the factor by one.
#[test]
fn i_layernorm__is_near_the_norm_of_reals() {
    let mut rng = Prng::new(5);
    let mut compared = 0;
    for _ in 0..500 {
        let c = Config { absent: false, bits: 16, bias: Vec::new(), ..Config::random(&mut rng) };
        let c = Config { root: Root::NewtonHalf, start: 16, iterations: 10, shift: 0, ..c };
        let c = Checked::new(c).unwrap();
        let x = Config::random_frame(&c, &mut rng);
        let z = &Config::golden(&c, &x)[0];
        for (x, z) in x[0].chunks(c.most() as usize).zip(z.chunks(c.most() as usize)) {
            let mean = if c.mean == Mean::None { 0.0 } else { x.iter().sum::<i64>() as f64 / x.len() as f64 };
            let root = x.iter().map(|x| (*x as f64 - mean).powi(2)).sum::<f64>().sqrt();
            if root < 100.0 {
                continue;
            }
            for (x, z) in x.iter().zip(z) {
                let exact = (*x as f64 - mean) / root * 2f64.powi(30);
                let off = 2f64.powi(30) / root * (1.0 + exact.abs() / 2f64.powi(29))
                    + exact.abs() * root / 2f64.powi(31)
                    + 1.0;
                assert!((*z as f64 - exact).abs() <= off, "{c:?} {x}: {z} of {exact}");
                compared += 1;
            }
        }
    }
    assert!(compared > 4_500, "{compared} elements");
}

/// Absent elements change nothing for the others; rows of nothing else, and without spread, have a root of one.
#[test]
fn i_layernorm__absent_elements_are_no_part_of_a_row() {
    let c = Checked::new(Config { absent: true, bits: 8, root: Root::Floor, ..Config::default() }).unwrap();
    let z = |x: &[i64]| Config::golden(&c, &[x.to_vec()]).remove(0);
    let without = z(&[3, -20, 127]);
    assert_eq!(z(&[200, 3, -129, -20, 127, -256]), [0, without[0], 0, without[1], without[2], 0]);
    assert_eq!(z(&[128, 255]), [0, 0]);
    assert_eq!(z(&[5, 5, 5]), [0, 0, 0]);
}

/// The floor of the root is the largest number whose square is no larger: what the steps of I-BERT end at.
#[test]
fn i_layernorm__newton_half_and_floor_meet() {
    for v in [0i64, 1, 2, 3, 4, 8, 15, 16, 24, 80, 99, 100, 9999, 10000, 123_456_789] {
        let c = |root| Checked::new(Config { columns: 1, root, ..Config::default() }).unwrap();
        let newton = super::golden::root(&c(Root::NewtonHalf), v);
        let floor = super::golden::root(&c(Root::Floor), v);
        assert!(newton == floor || newton == floor + 1, "{v}: {newton} and {floor}");
        assert!(floor == 1 || floor * floor <= v && (floor + 1) * (floor + 1) > v, "{v}: {floor}");
    }
}

/// I-ViT's definition on exact integers, in two forms.
#[test]
#[allow(clippy::disallowed_methods)]
fn i_layernorm__golden_follows_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ivit_layernorm.json");
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut compared = 0;
    for v in json["vectors"].as_array().unwrap() {
        let list = |k: &str| -> Vec<i64> { v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect() };
        for (key, numerator) in [("out", Numerator::Less), ("out_const_2p31", Numerator::Whole)] {
            let (columns, bias) = (list("x").len() as u32, list("bias_int"));
            let c = Config { columns, bias, numerator, mean: Mean::Nearest, ..Config::default() };
            let c = Checked::new(c).unwrap();
            assert_eq!(Config::golden(&c, &[list("x")]), [list(key)], "{} {key}", v["id"]);
            compared += list(key).len();
        }
    }
    assert!(compared > 5_000, "{compared} elements");
}
