use super::{Config, Neuron, Reset};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn lif__each_rule_has_its_error() {
    let d = Config::default;
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let not = |c: Config, name: &str| {
        let errors = reject(c);
        assert!(matches!(errors[..], [ConfigError::NotServed { field, .. }] if field == name), "{errors:?}");
    };
    not(Config { beta: 257, ..d() }, "beta");
    not(Config { alpha: 257, neuron: Neuron::CuBa, ..d() }, "alpha");
    not(Config { alpha: 1, ..d() }, "alpha");
    not(Config { bits: 17, ..d() }, "bits");
    not(Config { threshold: 32767, ..d() }, "threshold");
}

/// Steps of one neuron: potential's events.
fn events(c: Config, inputs: &[i64]) -> Vec<i64> {
    let c = Checked::new(Config { channels: 1, ..c }).unwrap();
    let mut golden = Config::sequence(&c);
    inputs.iter().map(|i| golden(&[vec![*i]])[0][0]).collect()
}

/// Known answers of the equations as integers: 12 neurons over 40 steps.
#[test]
#[allow(clippy::disallowed_methods)]
fn lif__golden_follows_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/lif_proposed_fixed_point.json");
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut fired = 0;
    for v in json["vectors"].as_array().unwrap() {
        let number = |k: &str| v[k].as_u64().unwrap_or(0) as u32;
        let list = |k: &str| -> Vec<i64> { v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect() };
        let neuron = if v["cuba"].as_bool().unwrap() { Neuron::CuBa } else { Neuron::Leaky };
        let reset = if v["reset"] == "zero" { Reset::Zero } else { Reset::Subtract };
        let (beta, alpha, threshold) = (number("beta_q8"), number("alpha_q8"), number("threshold"));
        let c = Config { bits: 12, beta, alpha, threshold, neuron, reset, ..Config::default() };
        let found = events(c.clone(), &list("I"));
        assert_eq!(found, list("spikes"), "{}", v["id"]);
        fired += found.iter().sum::<i64>();
        let c = Checked::new(c).unwrap();
        let mut state = vec![super::golden::State::default(); c.channels as usize];
        for (i, u) in list("I").iter().zip(list("U")) {
            super::golden::next(&c, &[vec![*i; c.channels as usize]], &mut state);
            assert_eq!(state[3].potential(), u, "{}", v["id"]);
        }
    }
    assert!(fired > 100, "{fired} events");
}

/// The second formula: real numbers, which the floors fall short of by less than one each step.
#[test]
fn lif__potential_is_near_reals() {
    let c = Checked::new(Config { channels: 20, threshold: 32766, beta: 250, ..Config::default() }).unwrap();
    let mut rng = Prng::new(3);
    let (mut state, mut real) = (vec![super::golden::State::default(); 20], vec![0f64; 20]);
    for _ in 0..100 {
        let x: Vec<i64> = (0..20).map(|_| rng.range(-100, 127)).collect();
        super::golden::next(&c, std::slice::from_ref(&x), &mut state);
        for (u, (r, x)) in state.iter().zip(real.iter_mut().zip(&x)) {
            *r = *r * 250.0 / 256.0 + *x as f64;
            let short = *r - u.potential() as f64;
            assert!((0.0..256.0 / 6.0).contains(&short), "{short}");
        }
    }
}

/// A neuron that fires falls by the threshold, or to zero, a step later; at the end of its range it stays there.
#[test]
fn lif__resets_a_step_late_and_saturates() {
    let c = |reset| Config { beta: 256, threshold: 100, bits: 8, state_bits: 9, reset, ..Config::default() };
    // 120, 240 - 100, 255 (saturated) - 100 and so on: fires as long as it is above.
    assert_eq!(events(c(Reset::Subtract), &[120, 0, 0, 120, 120, -128, -128]), [1, 0, 0, 1, 1, 0, 0]);
    assert_eq!(events(c(Reset::Zero), &[120, 0, 100, 1, 120]), [1, 0, 0, 1, 1]);
    assert_eq!(events(Config { threshold: 254, ..c(Reset::Subtract) }, &[127, 127, 127, 0]), [0, 0, 1, 0]);
}
