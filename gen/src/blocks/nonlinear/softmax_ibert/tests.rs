use super::Config;
use crate::blocks::{i_exp, BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn softmax_ibert__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { columns: 4097, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { columns: 3, lanes: 4, ..d() })[..], [ConfigError::NoEffect { .. }]));
    assert!(matches!(reject(Config { q_b: 11, ..d() })[..], [ConfigError::NotServed { field: "q_b", .. }]));
    for shift in [56, 90] {
        assert!(matches!(reject(Config { shift, ..d() })[..], [ConfigError::NotServed { field: "multiplier", .. }]));
    }
    assert!(Checked::new(Config { shift: 54, ..d() }).is_ok(), "exponentials above 32767 are cut to it");
}

/// A configuration of the released rules: the scale's constants, and the multiplier that makes the exponential of zero 32767.
fn of_scale(scale: f64, bits: u32, columns: u32) -> Checked<Config> {
    let (a, b, ln_2) = (0.358_151_47, 0.969_632_38 / 0.358_151_47, 6931.0 / 1e4);
    let (q_b, q_c) = ((b / scale).floor(), (1.0 / a / (scale * scale)).floor());
    let real = 32767.0 / (q_c * 2f64.powi(30));
    let shift = 30 - real.log2().floor() as i32;
    Checked::new(Config {
        columns,
        bits,
        q_b: q_b as u32,
        q_c: q_c as u64,
        q_ln2: -(-ln_2 / scale).floor() as u32,
        multiplier: (real * 2f64.powi(shift)).round() as u32,
        shift: shift as u32,
        ..Config::default()
    })
    .unwrap()
}

/// The second formula: real exponentials. The released polynomial is within 0.4 % of them where constants are not coarse, and two floors
/// follow.
#[test]
fn softmax_ibert__is_near_the_softmax_of_reals() {
    let mut rng = Prng::new(5);
    let mut compared = 0;
    for scale in [0.004, 0.01, 0.02] {
        for columns in [4, 40, 400, 5, 50, 500] {
            let c = of_scale(scale, 12, columns);
            let c = Checked::new(Config { out_bits: 16, ..c.config.clone() }).unwrap();
            let x = Config::random_frame(&c, &mut rng);
            let y = &Config::golden(&c, &x)[0];
            for (x, y) in x[0].chunks(columns as usize).zip(y.chunks(columns as usize)) {
                let max = *x.iter().max().unwrap() as f64;
                let powers: Vec<f64> = x.iter().map(|x| ((*x as f64 - max) * scale).exp()).collect();
                let sum: f64 = powers.iter().sum();
                // An octave of whole codes is too long by so much.
                let longer = f64::from(c.q_ln2) * scale / std::f64::consts::LN_2 - 1.0;
                for (y, p) in y.iter().zip(powers) {
                    let exact = p / sum * 65536.0;
                    let relative = 0.02 - 1.5 * longer * p.log2();
                    assert!((*y as f64 - exact).abs() <= relative * exact + 4.0, "{c:?} {x:?}: {y} of {exact}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 1000);
}

/// Exponentials are those of `i_exp`, which follows the known answers, rounded to 16 bits.
#[test]
fn softmax_ibert__exponentials_are_those_of_i_exp() {
    for scale in [0.5, 0.0625, 0.043_771_963_566_541_67, 0.001] {
        let c = of_scale(scale, 12, 4096);
        let Config { q_b, q_c, q_ln2, .. } = c.config;
        let exp = Checked::new(i_exp::Config { q_b, q_c, q_ln2, ..i_exp::Config::default() }).unwrap();
        let x: Vec<i64> = (-4095..=0).collect();
        let wide = i_exp::Config::golden(&exp, std::slice::from_ref(&x)).remove(0);
        for (x, e) in x.iter().zip(wide) {
            let (exact, got) = (e as f64 / (q_c as f64 * 2f64.powi(30)) * 32767.0, c.exponential(-x as u64) as f64);
            assert!((got - exact).abs() <= 0.5 + 1e-4, "{x}: {got} of {exact}");
        }
    }
}

/// Ties of the rounding to 16 bits go to the even number.
#[test]
fn softmax_ibert__ties_go_to_even() {
    // E = 1457 2^1: a half of that, times 45 and times 45 / 2.
    let c = Config { q_b: 61, q_c: 1457, q_ln2: 16, octaves: 1, multiplier: 45, shift: 2, ..Config::default() };
    assert_eq!((1457 * 2 * 45) % 4, 2);
    assert_eq!(c.exponential(0), 32767, "cut");
    let c = Config { q_c: 1003, multiplier: 65, ..c };
    assert_eq!((1003 * 2 * 65 / 4, 1003 * 2 * 65 % 4), (32597, 2));
    assert_eq!(c.exponential(0), 32598);
    let c = Checked::new(Config { q_c: 1001, bits: 12, ..c }).unwrap();
    assert_eq!((1001 * 2 * 65 / 4, 1001 * 2 * 65 % 4), (32532, 2));
    assert_eq!(c.exponential(0), 32532);
    // And in the golden model: 2^32 / 32532 = 132022, a product of 4294939704.
    assert_eq!(Config::golden(&c, &[vec![7]]), [[255]]);
}

/// Numbers that are no codes change nothing for the others, and have zeros; a row of nothing else too.
#[test]
fn softmax_ibert__absent_numbers_are_no_part_of_a_row() {
    let c = Checked::new(Config { absent: true, ..Config::default() }).unwrap();
    let y = |x: &[i64]| Config::golden(&c, &[x.to_vec()]).remove(0);
    let without = y(&[3, 20, 127]);
    assert_eq!(y(&[200, 3, -129, 20, 127, -256]), [0, without[0], 0, without[1], without[2], 0]);
    assert_eq!(y(&[128, 255]), [0, 0]);
    assert!(without[2] > 200);
}

/// Known answers of the released definition on exact integers: vectors/ibert_softmax.json, made by vectors/make_ibert_softmax.py.
#[test]
#[allow(clippy::disallowed_methods)]
fn softmax_ibert__golden_follows_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ibert_softmax.json");
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut compared = 0;
    for v in json["vectors"].as_array().unwrap() {
        let list = |k: &str| -> Vec<i64> { v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect() };
        let int = |k: &str| v[k].as_u64().unwrap();
        let c = Checked::new(Config {
            columns: 4096,
            bits: 10,
            q_b: int("q_b") as u32,
            q_c: int("q_c"),
            q_ln2: int("q_ln2") as u32,
            multiplier: int("multiplier") as u32,
            shift: int("shift") as u32,
            out_bits: int("out_bits") as u32,
            ..Config::default()
        })
        .unwrap();
        assert_eq!(Config::golden(&c, &[list("x")]), [list("y")], "{}", v["id"]);
        compared += list("x").len();
    }
    assert!(compared > 900, "{compared} elements");
}
