use super::golden::sees;
use super::{Config, Mask};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn one_pass_attention__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    for (c, name) in [
        (Config { q_zero: 128, ..d() }, "q_zero"),
        (Config { k_zero: 128, ..d() }, "k_zero"),
        (Config { v_zero: 128, ..d() }, "v_zero"),
        (Config { out_zero: 128, ..d() }, "out_zero"),
    ] {
        assert!(matches!(reject(c)[..], [ConfigError::DoesNotFit { field, .. }] if field == name));
    }
    for (c, name) in [
        (Config { width: 6, out_lanes: 4, ..d() }, "out_lanes"),
        (Config { queries: 33, mask: Mask::Causal, ..d() }, "mask"),
        (Config { window: 3, ..d() }, "window"),
        (Config { sinks: 3, mask: Mask::Causal, ..d() }, "window"),
        (Config { scale: 1e-9, ..d() }, "scale"),
        (Config { out_scale: 1e-6, ..d() }, "out_scale"),
    ] {
        assert!(matches!(reject(c)[..], [ConfigError::NotServed { field, .. }] if field == name), "{name}");
    }
}

/// By hand: the last two of four places, a window of two, one sink.
#[test]
fn one_pass_attention__masks_are_shaped_as_said() {
    let seen = |mask, window, sinks| -> Vec<Vec<i64>> {
        let c = Config { queries: 2, keys: 4, mask, window, sinks, ..Config::default() };
        (0..2).map(|i| (0..4).filter(|j| sees(&c, 1, i, *j)).collect()).collect()
    };
    assert_eq!(seen(Mask::None, 1, 0), [[0, 1, 2, 3], [0, 1, 2, 3]]);
    assert_eq!(seen(Mask::Causal, 1, 0), [vec![0, 1, 2], vec![0, 1, 2, 3]]);
    assert_eq!(seen(Mask::Window, 2, 0), [[1, 2], [2, 3]]);
    assert_eq!(seen(Mask::Window, 1, 1), [[0, 2], [0, 3]]);
    assert_eq!(seen(Mask::Filled, 1, 0), [[0, 1], [0, 1]]);
}

/// The second formula, of reals: no result is farther than a code, and the two-pass form on the same exponentials, which knows the maximum
/// before it begins, differs seldom.
#[test]
fn one_pass_attention__is_near_reals_and_the_two_pass_form() {
    let mut rng = Prng::new(17);
    let (mut results, mut far, mut other) = (0, 0, 0);
    for _ in 0..60 {
        let (queries, keys, depth, width) = (3, 48, 8, 6);
        let scale = 2f64.powi(-(rng.below(5) as i32) - 8);
        let c = Config { queries, keys, depth, width, scale, out_bits: 8, ..Config::default() };
        let c = Checked::new(c).unwrap();
        let mut draw = |n: u32| (0..n).map(|_| rng.range(-90, 90)).collect::<Vec<i64>>();
        let x = [draw(queries * depth), draw(queries * keys * depth), draw(queries * keys * width)];
        let y = Config::golden(&c, &x).remove(0);
        for i in 0..queries as usize {
            let row = |j: usize| i * keys as usize + j;
            let score = |j: usize| -> i64 {
                let (q, k) = (&x[0][i * 8..][..8], &x[1][row(j) * 8..][..8]);
                q.iter().zip(k).map(|(q, k)| q * k).sum()
            };
            let scores: Vec<i64> = (0..keys as usize).map(score).collect();
            let t: Vec<i64> = scores.iter().map(|s| (s * c.derived().multiplier as i64) >> c.derived().shift).collect();
            let most = t.iter().map(|t| t.div_euclid(256) + 1).max().unwrap();
            for n in 0..width as usize {
                let v = |j: usize| x[2][row(j) * 6 + n] as f64;
                let weigh = |p: &dyn Fn(usize) -> f64| {
                    let all: f64 = (0..keys as usize).map(p).sum();
                    (0..keys as usize).map(|j| p(j) * v(j)).sum::<f64>() / all
                };
                let exact = weigh(&|j| (scores[j] as f64 * scale).exp());
                let two = weigh(&|j| 2f64.powf(16.0 + t[j] as f64 / 256.0 - most as f64).floor());
                let got = y[i * 6 + n] as f64;
                assert!((got - exact).abs() <= 1.0, "{got} of {exact}");
                results += 1;
                far += u32::from((got - exact).abs() > 0.52);
                other += u32::from(got != (two + 0.5).floor());
            }
        }
    }
    assert_eq!(results, 1080);
    assert!(far <= 10, "{far} results are not the nearest code");
    assert!(other <= 15, "{other} of {results} differ from two passes");
}
