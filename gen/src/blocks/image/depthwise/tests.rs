use super::Config;
use crate::blocks::{mvu, BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn depthwise__each_rule_has_its_error() {
    let reject = |c: Config| Checked::new(c).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(reject(Config { lanes: 5, ..d() })[..], [ConfigError::NoEffect { field: "lanes", .. }]));
    assert!(matches!(reject(Config { weights: vec![1], ..d() })[..], [ConfigError::Count { field: "weights", .. }]));
    assert!(matches!(reject(Config { bias: vec![1], ..d() })[..], [ConfigError::Count { field: "bias", .. }]));
    let wide = Config { weights: vec![128; 36], ..d() };
    assert!(matches!(reject(wide)[..], [ConfigError::DoesNotFit { field: "weights", .. }]));
    assert!(matches!(reject(Config { x_zero: 128, ..d() })[..], [ConfigError::DoesNotFit { field: "x_zero", .. }]));
    assert!(matches!(reject(Config { taps: 0, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

/// The second formula: a dense layer whose matrix is zero outside of each channel's own kernel.
#[test]
fn depthwise__is_a_sparse_dense_layer() {
    let mut rng = Prng::new(9);
    for _ in 0..100 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let (taps, channels, lanes) = (c.taps as usize, c.channels as usize, c.lanes as usize);
        let x = Config::random_frame(&c, &mut rng).remove(0);
        let place = |channel: usize, t: usize| (channel / lanes * taps + t) * lanes + channel % lanes;
        let mut weights = vec![0; channels * x.len()];
        for channel in 0..channels {
            for t in 0..taps {
                weights[channel * x.len() + place(channel, t)] = c.derived().weights[channel * taps + t];
            }
        }
        let dense = mvu::Config {
            inputs: x.len() as u32,
            outputs: c.channels,
            pe: 1,
            simd: 1,
            pipeline: 0,
            x_bits: c.x_bits,
            x_signed: c.x_signed,
            x_zero: c.x_zero,
            w_bits: 16,
            weights,
            bias: c.derived().given_bias.clone(),
            ..mvu::Config::default()
        };
        let dense = Checked::new(dense).unwrap();
        assert_eq!(Config::golden(&c, std::slice::from_ref(&x)), mvu::Config::golden(&dense, &[x]));
    }
}
