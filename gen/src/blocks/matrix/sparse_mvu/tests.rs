use super::{Config, Folding, Pattern, Schedule};
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
    assert!(matches!(
        reject(Config { simd: 33, ..d() })[..],
        [ConfigError::NoEffect { field: "simd", useful: 32, .. }]
    ));
    let lanes = Config { simd: 2, lanes: 3, ..d() };
    assert!(matches!(reject(lanes)[..], [ConfigError::NotServed { field: "lanes", .. }]));
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

/// Any matrix of zeros and others.
fn pattern(rng: &mut Prng, inputs: u32, outputs: u64, density: f64) -> Pattern {
    let mut row = |density: f64| (0..inputs).filter(|_| rng.chance(density)).collect();
    Pattern { inputs, rows: (0..outputs).map(|n| row(if n % 7 == 3 { 0.0 } else { density })).collect() }
}

/// Every entry once, by the multiplier of its row and column; rows on their lanes, no two columns of a beat in a bank; ascending, and none that is empty.
#[test]
fn sparse_mvu__every_entry_has_its_multiplier() {
    let mut rng = Prng::new(6);
    for _ in 0..500 {
        let (lanes, out_lanes) = (*rng.pick(&[1u32, 2, 3]), *rng.pick(&[1u32, 2]));
        let (simd, pe) = (lanes + rng.below(8) as u32, out_lanes * (1 + rng.below(4) as u32));
        let (inputs, outputs, density) = (1 + rng.below(40) as u32, 1 + rng.below(20), *rng.pick(&[0.05, 0.3, 0.9]));
        let p = pattern(&mut rng, inputs, outputs, density);
        let s = Schedule::new(&p, Folding { pe, simd, lanes, out_lanes });
        let on_lane =
            |list: &[u32], i: usize, lanes: u32| list.is_sorted() && list.iter().all(|n| n % lanes == i as u32 % lanes);
        assert!(s.pes.iter().enumerate().all(|(i, rows)| on_lane(rows, i, out_lanes)));
        let apart = |columns: &Vec<u32>| columns.windows(2).all(|k| k[0] / lanes < k[1] / lanes);
        assert!(s.banks.iter().all(apart));
        let mut found = 0;
        for w in &s.workers {
            let mine = |n: &u32| p.rows[*n as usize].iter().filter(|k| s.banks[w.bank].contains(k)).count() as u64;
            assert_eq!(w.rows, s.pes[w.pe].iter().copied().filter(|n| mine(n) > 0).collect::<Vec<_>>());
            assert_eq!(w.steps, w.rows.iter().map(mine).sum::<u64>());
            found += w.steps;
        }
        assert_eq!(found, p.entries());
        assert!(s.banks.iter().flatten().all(|k| p.rows.iter().any(|row| row.contains(k))));
        assert!(s.steps * u64::from(pe * simd) >= p.entries());
    }
}

/// Half and four fifths of a matrix zeros, spread evenly: cycles beside the dense unit's on as many multipliers, however they are folded.
#[test]
fn sparse_mvu__zeros_take_no_cycles() {
    let mut rng = Prng::new(7);
    for (density, times) in [(0.5, 1.8), (0.2, 4.0)] {
        let mut row = || (0..288).filter(|_| rng.chance(density)).collect();
        let p = Pattern { inputs: 288, rows: (0..32).map(|_| row()).collect() };
        for (pe, simd, lanes) in [(8, 1, 1), (1, 8, 1), (1, 8, 2), (2, 4, 2), (4, 2, 1), (1, 12, 5)] {
            let s = Schedule::new(&p, Folding { pe, simd, lanes, out_lanes: 1 });
            let ratio = f64::from(288 * 32) / f64::from(pe * simd) / s.steps as f64;
            assert!(ratio >= times, "{density} {pe} {simd} {lanes}: {ratio}");
        }
    }
}

/// What takes too long is not made.
#[test]
fn sparse_mvu__schedule_is_within_the_cycles_or_none() {
    let mut rng = Prng::new(8);
    let p = pattern(&mut rng, 64, 16, 0.4);
    let f = Folding { pe: 2, simd: 2, lanes: 2, out_lanes: 1 };
    let ii = Schedule::new(&p, f).ii();
    assert!(Schedule::within(&p, f, ii).is_some() && Schedule::within(&p, f, ii - 1).is_none());
}
