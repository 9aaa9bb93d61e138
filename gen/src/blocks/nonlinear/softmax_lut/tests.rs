use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn softmax_lut__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { classes: 512, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { multiplier: 1, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { shift: 32, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

/// The second formula: the real softmax. The kernel's own error stays below a code.
#[test]
fn softmax_lut__is_near_the_real_one() {
    let mut rng = Prng::new(3);
    for _ in 0..400 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let b = c.multiplier as f64 * 2f64.powi(c.shift as i32 - 31 - 26);
        let x = Config::random_frame(&c, &mut rng);
        let exp: Vec<f64> = x[0].iter().map(|x| ((x - 127) as f64 * b).exp()).collect();
        let sum: f64 = exp.iter().sum();
        for (y, e) in Config::golden(&c, &x)[0].iter().zip(exp) {
            let real = (256.0 * e / sum).round().min(255.0) - 128.0;
            assert!(sum == 0.0 || (*y as f64 - real).abs() <= 1.0, "{:?}: {y} for {real}", x[0]);
        }
    }
}
