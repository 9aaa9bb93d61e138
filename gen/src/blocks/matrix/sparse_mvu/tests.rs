use super::schedule::deal;
use super::{Config, Folding, Schedule};
use crate::blocks::{mvu, BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn sparse_mvu__each_rule_has_its_error() {
    let reject = |config: Config| Checked::new(config).unwrap_err().0;
    let d = Config::default;
    assert!(matches!(
        reject(Config { weights: vec![1], simd: 1, ..d() })[0],
        ConfigError::Count { field: "weights", found: 1, .. }
    ));
    assert!(matches!(
        reject(Config { bias: vec![1], ..d() })[..],
        [ConfigError::Count { field: "bias", found: 1, .. }]
    ));
    assert!(matches!(
        reject(Config { weights: vec![128; 256], ..d() })[..],
        [ConfigError::DoesNotFit { field: "weights", .. }]
    ));
    assert!(matches!(reject(Config { x_zero: 200, ..d() })[..], [ConfigError::DoesNotFit { field: "x_zero", .. }]));
    let zeros = Config { weights: vec![3; 256], w_zero: 3, ..d() };
    assert!(matches!(reject(zeros)[..], [ConfigError::NotServed { field: "weights", .. }]));
    assert!(matches!(reject(Config { pe: 9, ..d() })[..], [ConfigError::NoEffect { field: "pe", useful: 8, .. }]));
    assert!(matches!(reject(Config { lanes: 33, ..d() })[..], [ConfigError::NoEffect { field: "lanes", .. }]));
    let one = Config { weights: (0..256).map(|k| i64::from(k % 32 == 0)).collect(), simd: 2, ..d() };
    assert!(matches!(reject(one)[..], [ConfigError::NoEffect { field: "simd", useful: 1, .. }]));
    let lanes = Config { pe: 4, out_lanes: 3, ..d() };
    assert!(matches!(reject(lanes)[..], [ConfigError::NotServed { field: "out_lanes", .. }]));
    assert!(matches!(reject(Config { inputs: 65536, outputs: 65536, ..d() })[..], [ConfigError::TooWide { .. }]));
}

/// The second formula: the dense unit's.
#[test]
fn sparse_mvu__sums_are_those_of_the_dense_unit() {
    let mut rng = Prng::new(5);
    for _ in 0..200 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let frame = Config::random_frame(&c, &mut rng);
        let dense = mvu::Config {
            inputs: c.inputs,
            outputs: c.outputs,
            pe: 1,
            simd: 1,
            pipeline: 0,
            x_bits: c.x_bits,
            x_signed: c.x_signed,
            x_zero: c.x_zero,
            w_bits: c.w_bits,
            w_signed: c.w_signed,
            w_zero: c.w_zero,
            weights: c.derived().given.clone(),
            bias: c.derived().given_bias.clone(),
            ..Default::default()
        };
        let golden = Config::golden(&c, &frame);
        assert_eq!(golden, mvu::Config::golden(&Checked::new(dense).unwrap(), &frame));
        assert!(golden[0].iter().all(|y| c.derived().result.contains((*y).into())));
    }
}

/// Every row once, on its lane, ascending; no PE has more to do than the rule allows.
#[test]
fn sparse_mvu__rows_are_dealt_evenly() {
    let mut rng = Prng::new(6);
    for _ in 0..500 {
        let entries: Vec<u64> = (0..1 + rng.below(40)).map(|_| rng.below(60)).collect();
        let lanes = *rng.pick(&[1u32, 2, 3]);
        let (pe, simd) = (lanes * (1 + rng.below(5) as u32), 1 + rng.below(3) as u32);
        let durations: Vec<u64> = entries.iter().map(|n| n.div_ceil(simd.into())).collect();
        let rows = deal(&durations, pe, lanes);
        let mut all: Vec<u32> = rows.iter().flatten().copied().collect();
        all.sort_unstable();
        let some: Vec<u32> = (0..entries.len() as u32).filter(|n| entries[*n as usize] > 0).collect();
        assert_eq!(all, some);
        for (p, rows) in (0u32..).zip(&rows) {
            assert!(rows.is_sorted() && rows.iter().all(|n| n % lanes == p % lanes));
        }
        let of_lane = |lane: u32| durations.iter().skip(lane as usize).step_by(lanes as usize);
        let bound = (0..lanes).map(|lane| {
            let own = u64::from(pe / lanes);
            // Graham: what is dealt last is begun no later than the mean, and is no longer than any before.
            of_lane(lane).sum::<u64>() / own + of_lane(lane).max().copied().unwrap_or(0)
        });
        let steps = Schedule::new(&entries, 9, Folding { pe, simd, lanes: 1, out_lanes: lanes }).steps;
        assert!(steps <= bound.max().unwrap().max(1), "{entries:?}");
        assert!(steps * u64::from(pe * simd) >= entries.iter().sum());
    }
}

/// Half and four fifths of a matrix zeros, spread evenly: cycles on as many multipliers as the dense unit has.
#[test]
fn sparse_mvu__zeros_take_no_cycles() {
    let mut rng = Prng::new(7);
    for (density, times) in [(0.5, 1.8), (0.2, 4.0)] {
        let weights: Vec<i64> =
            (0..288 * 32).map(|_| if rng.chance(density) { rng.range(1, 127) } else { 0 }).collect();
        let c = Checked::new(Config { inputs: 288, outputs: 32, pe: 8, weights, ..Config::default() }).unwrap();
        let dense = 288.0 * 32.0 / 8.0;
        let ratio = dense / c.derived().schedule.steps as f64;
        assert!(ratio >= times, "{density}: {ratio}");
    }
}
