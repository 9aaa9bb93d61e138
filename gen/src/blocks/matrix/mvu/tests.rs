use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

fn reject(config: Config) -> Vec<ConfigError> {
    Checked::new(config).unwrap_err().0
}

#[test]
fn mvu__each_rule_has_its_error() {
    let d = Config::default;
    assert!(matches!(
        reject(Config { weights: vec![1], ..d() })[..],
        [ConfigError::Count { field: "weights", found: 1, .. }]
    ));
    assert!(matches!(
        reject(Config { bias: vec![1], ..d() })[..],
        [ConfigError::Count { field: "bias", found: 1, .. }]
    ));
    assert!(matches!(
        reject(Config { weights: vec![128; 128], ..d() })[..],
        [ConfigError::DoesNotFit { field: "weights", .. }]
    ));
    assert!(matches!(reject(Config { x_zero: 200, ..d() })[..], [ConfigError::DoesNotFit { field: "x_zero", .. }]));
    assert!(matches!(reject(Config { w_zero: -129, ..d() })[..], [ConfigError::DoesNotFit { field: "w_zero", .. }]));
    assert!(matches!(reject(Config { pe: 9, ..d() })[..], [ConfigError::NoEffect { field: "pe", useful: 8, .. }]));
    assert!(matches!(
        reject(Config { simd: 17, ..d() })[..],
        [ConfigError::NoEffect { field: "simd", useful: 16, .. }]
    ));
    assert!(matches!(
        reject(Config { simd: 1, ..d() })[..],
        [ConfigError::NoEffect { field: "pipeline", useful: 1, .. }]
    ));
    assert!(matches!(
        reject(Config { groups: 2, pe: 3, simd: 5, ..d() })[..],
        [ConfigError::NotServed { field: "pe", .. }, ConfigError::NotServed { field: "simd", .. }]
    ));
    // 16 words: 10 and 6 do not share their low address bits.
    for split in [1, 10, 15, 16, 99] {
        assert!(
            matches!(reject(Config { split, ..d() })[..], [ConfigError::NotServed { field: "split", .. }]),
            "{split}"
        );
    }
    assert!([2, 4, 6, 14]
        .iter()
        .all(|split| Checked::new(Config { split: *split, ..d() }).is_ok() == [14].contains(split)));
    assert!(matches!(reject(Config { inputs: 65536, outputs: 65536, ..d() })[..], [ConfigError::TooWide { .. }]));
    assert!(matches!(reject(Config { x_bits: 17, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

/// The second formula: zero points folded away, as the hardware does it.
#[test]
fn mvu__golden_equals_the_folded_form() {
    let mut rng = Prng::new(2);
    for _ in 0..200 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let frame = Config::random_frame(&c, &mut rng);
        let l = c.derived();
        let folded: Vec<i64> = (0..(c.groups * c.outputs) as usize)
            .map(|n| {
                let row = &l.weights[n * c.inputs as usize..][..c.inputs as usize];
                let x = &frame[0][n / c.outputs as usize * c.inputs as usize..];
                l.bias[n] + row.iter().zip(x).map(|(w, x)| w * x).sum::<i64>()
            })
            .collect();
        let golden = Config::golden(&c, &frame);
        assert_eq!(golden[0], folded);
        assert!(golden[0].iter().all(|y| l.result.contains((*y).into()) && l.acc.contains((*y).into())));
    }
}

/// The proven range is reached, so one bit less would be wrong.
#[test]
fn mvu__accumulator_width_is_tight() {
    let c = Checked::new(Config {
        inputs: 4,
        outputs: 1,
        pe: 1,
        simd: 1,
        pipeline: 1,
        weights: vec![-128; 4],
        ..Config::default()
    })
    .unwrap();
    assert_eq!(Config::golden(&c, &[vec![-128; 4]]), [[65536]]);
    assert_eq!((c.derived().acc.hi, c.derived().acc_bits), (65536, 18));
}
