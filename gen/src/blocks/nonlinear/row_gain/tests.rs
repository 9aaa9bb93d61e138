use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn row_gain__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    assert!(matches!(reject(Config { fraction: 25, ..Config::default() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(
        reject(Config { columns: 2, lanes: 3, ..Config::default() })[..],
        [ConfigError::NotServed { .. }]
    ));
}

/// The second formula: real numbers. The root is rounded down, and the quotient is.
#[test]
fn row_gain__is_near_the_real_quotient() {
    let mut rng = Prng::new(4);
    let c = Checked::new(Config::default()).unwrap();
    for _ in 0..2000 {
        let reach = 1 << (4 + rng.below(12));
        let x: Vec<i64> = (0..64).map(|_| rng.range(-reach, reach - 1)).collect();
        let root = x.iter().map(|x| (x * x) as f64).sum::<f64>().sqrt();
        let real = x.iter().map(|x| x.abs()).max().unwrap() as f64 / root;
        let y = Config::golden(&c, std::slice::from_ref(&x))[0][0] as f64 / 32768.0;
        assert!((-1.0 / 32768.0..=real / root.max(1.0) * 1.1).contains(&(y - real)), "{y} for {real}");
    }
    assert_eq!(Config::golden(&c, &[vec![0; 64]]), [[0]]);
    let mut one = vec![0; 64];
    one[7] = -300;
    assert_eq!(Config::golden(&c, &[one]), [[32768]]);
}
