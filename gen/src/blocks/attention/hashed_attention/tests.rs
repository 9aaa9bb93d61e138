use super::{Config, Offset};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn hashed_attention__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { tokens: 0, ..d() })[..], [ConfigError::OutOfRange { .. }]));
    assert!(matches!(reject(Config { lanes: 3, ..d() })[..], [ConfigError::NotServed { field: "lanes", .. }]));
    assert!(!reject(Config { codes: 64, lanes: 64, width: 64, ..d() }).is_empty());
}

/// The second formula, as the released code has it: the context first, in reals. `q . k` is a product of codes, and 17 an offset of 16 of them.
#[test]
fn hashed_attention__is_the_released_forms_context() {
    let mut rng = Prng::new(3);
    let mut compared = 0;
    for _ in 0..200 {
        let c = Config { out_bits: 16, ..Config::random(&mut rng) };
        let c = Checked::new(c).unwrap();
        let x = Config::random_frame(&c, &mut rng);
        let y = &Config::golden(&c, &x)[0];
        let (n, codes, width) = (c.tokens as usize, c.codes as usize, c.width as usize);
        let code = |x: i64| if x == -2 { 0.0 } else { x as f64 };
        let mut context = vec![vec![0.0; width]; codes];
        let (mut keys, mut values) = (vec![0.0; codes], vec![0.0; width]);
        for t in 0..n {
            for (b, row) in context.iter_mut().enumerate() {
                keys[b] += code(x[0][t * codes + b]);
                row.iter_mut().enumerate().for_each(|(e, v)| {
                    *v += code(x[0][t * codes + b]) * x[1][t * width + e] as f64;
                });
            }
            values.iter_mut().enumerate().for_each(|(e, v)| *v += x[1][t * width + e] as f64);
        }
        for t in 0..n {
            let q = |b: usize| code(x[2][t * codes + b]);
            let den: f64 = (0..codes).map(|b| q(b) * keys[b]).sum::<f64>() + (codes + 1) as f64 * n as f64;
            for e in 0..width {
                let own = if c.offset == Offset::Own { x[3][t * width + e] as f64 } else { values[e] };
                let num: f64 = (0..codes).map(|b| q(b) * context[b][e]).sum::<f64>() + (codes + 1) as f64 * own;
                let real = (num / den * 2f64.powi(c.fraction as i32)).clamp(-32768.0, 32767.0);
                let got = y[t * width + e] as f64;
                assert!((real - got).abs() <= 0.5 + 1e-9, "{c:?} {x:?}: {got} of {real}");
                compared += 1;
            }
        }
    }
    assert!(compared > 3000, "{compared}");
}

/// Halves go away from zero, and results that do not fit are cut.
#[test]
fn hashed_attention__rounds_and_saturates() {
    let c = Config { tokens: 2, codes: 1, width: 2, out_bits: 4, ..Config::default() };
    let c = Checked::new(c).unwrap();
    // Queries of zero: 2 v / 4.
    let y = Config::golden(&c, &[vec![0, 0], vec![0; 4], vec![0, -2], vec![1, -1, 3, 127]]).remove(0);
    assert_eq!(y, [1, -1, 2, 7]);
    let y = Config::golden(&c, &[vec![0, 0], vec![0; 4], vec![0, 0], vec![-128, -17, -16, -5]]).remove(0);
    assert_eq!(y, [-8, -8, -8, -3]);
}
