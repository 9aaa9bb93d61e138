use super::{Config, Half, Numerator};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn shiftmax__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { columns: 4097, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { lanes: 65, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { columns: 3, lanes: 4, ..d() })[..], [ConfigError::NoEffect { .. }]));
    assert!(matches!(reject(Config { inverse_scale: 65535, octaves: 16, ..d() })[..], [ConfigError::TooWide { .. }]));
}

/// The second formula: real exponentials. A power of two is taken for a line between its corners, 6 % too much at most, and 1.4375 for log2 e; floors
/// take away two units at most, and what the smallest exponentials lose.
#[test]
fn shiftmax__is_near_the_softmax_of_reals() {
    let mut rng = Prng::new(5);
    for _ in 0..400 {
        let c = Config { bits: 8, octaves: 15, inverse_scale: 16 << rng.below(3), ..Config::random(&mut rng) };
        let c = Checked::new(Config { absent: false, ..c }).unwrap();
        let x = Config::random_frame(&c, &mut rng);
        let y = &Config::golden(&c, &x)[0];
        let row = (c.columns.div_ceil(c.lanes) * c.lanes) as usize;
        for (x, y) in x[0].chunks(row).zip(y.chunks(row)) {
            let max = *x.iter().max().unwrap() as f64;
            let powers: Vec<f64> = x.iter().map(|x| ((*x as f64 - max) / f64::from(c.inverse_scale)).exp()).collect();
            let (sum, one) = (powers.iter().sum::<f64>(), 2f64.powi(c.out_bits as i32 - 1));
            for (y, p) in y.iter().zip(&powers) {
                let exact = p / sum * one;
                // The quotient has few bits where the sum is large.
                let floor = exact * sum * f64::from(c.inverse_scale << 15) / 2f64.powi(31) + 2.0;
                assert!((*y as f64 - exact).abs() <= 0.12 * exact + floor, "{c:?} {x:?}: {y} of {exact}");
            }
        }
    }
}

/// Numbers that are no codes change nothing for the others, and have zeros; a row of nothing else too.
#[test]
fn shiftmax__absent_numbers_are_no_part_of_a_row() {
    let c = Checked::new(Config { absent: true, ..Config::default() }).unwrap();
    let y = |x: &[i64]| Config::golden(&c, &[x.to_vec()]).remove(0);
    let without = y(&[3, -20, 127]);
    assert_eq!(y(&[200, 3, -129, -20, 127, -256]), [0, without[0], 0, without[1], without[2], 0]);
    assert_eq!(y(&[128, 255]), [0, 0]);
    assert!(without[2] > 100);
}

/// I-ViT's definition on exact integers, in three forms.
#[test]
#[allow(clippy::disallowed_methods)]
fn shiftmax__golden_follows_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ivit_shiftmax.json");
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut compared = 0;
    for v in json["vectors"].as_array().unwrap() {
        let list = |k: &str| -> Vec<i64> { v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect() };
        let number = |k: &str| v[k].as_i64().unwrap() as u32;
        for (key, numerator, half) in [
            ("out", Numerator::Less, Half::Keep),
            ("out_half_floored", Numerator::Less, Half::Floor),
            ("out_const_2p31", Numerator::Whole, Half::Keep),
        ] {
            let (octaves, out_bits, inverse_scale) =
                (number("n"), number("out_bits"), v["x0"].as_i64().unwrap().unsigned_abs() as u32);
            let c = Config { columns: 4096, octaves, out_bits, inverse_scale, numerator, half, ..Config::default() };
            let c = Checked::new(c).unwrap();
            assert_eq!(Config::golden(&c, &[list("x")]), [list(key)], "{} {key}", v["id"]);
            compared += list(key).len();
        }
    }
    assert!(compared > 4_800, "{compared} elements");
}
