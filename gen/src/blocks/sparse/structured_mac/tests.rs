use super::{order, Config};
use crate::blocks::arrays::mac_array;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn structured_mac__each_rule_has_its_error() {
    let d = Config::default;
    let names = |c: Config, name: &str| {
        let errors = Checked::new(c).unwrap_err().0;
        let named = |e: &ConfigError| matches!(e, ConfigError::NotServed { field, .. } if *field == name);
        assert!(errors.iter().any(named), "{errors:?}");
    };
    names(Config { of: 6, k: 60, ..d() }, "of");
    names(Config { keep: 4, ..d() }, "keep");
    names(Config { k: 60, ..d() }, "k");
    names(Config { n: 18, ..d() }, "n");
}

/// A matrix of which so many of each group along k are not zero.
fn weights(c: &Config, rng: &mut Prng) -> Vec<i64> {
    let mut b = vec![0; (c.k * c.n) as usize];
    for g in 0..c.k / c.of {
        for j in 0..c.n {
            for _ in 0..c.keep {
                let p = rng.below(c.of.into()) as u32;
                b[((g * c.of + p) * c.n + j) as usize] = rng.range(-128, 127);
            }
        }
    }
    b
}

/// The dense array's sums, in `keep / of` of its cycles on as many multipliers.
#[test]
fn structured_mac__sums_are_those_of_the_dense_array() {
    let mut rng = Prng::new(11);
    for (keep, of, depth) in [(2, 4, 2), (1, 4, 1), (4, 8, 2), (1, 2, 4)] {
        let c = Checked::new(Config { keep, of, depth, ..Config::default() }).unwrap();
        let a: Vec<i64> = (0..c.m * c.k).map(|_| rng.range(-128, 127)).collect();
        let b = weights(&c, &mut rng);
        let frame = vec![order::pack_a(&c, &a), order::pack_b(&c, &b).unwrap()];
        let shape =
            mac_array::Config { m: c.m, k: c.k, n: c.n, cols: c.cols, rows: 1, pipeline: 1, ..Default::default() };
        let dense = mac_array::Config { dataflow: mac_array::Dataflow::Tree, depth: depth * keep, ..shape };
        let dense = Checked::new(dense).unwrap();
        let dense_frame = vec![mac_array::order::pack_a(&dense, &a), mac_array::order::pack_b(&dense, &b)];
        let want = mac_array::Config::golden(&dense, &dense_frame);
        assert_eq!(Config::golden(&c, &frame)[0], mac_array::order::unpack_c(&dense, &want[0]));
        let (own, full) = (Config::contract(&c, &frame).ii, mac_array::Config::contract(&dense, &dense_frame).ii);
        assert_eq!(own * u64::from(of), full * u64::from(keep));
    }
}

#[test]
fn structured_mac__takes_no_group_with_more() {
    let c = Checked::new(Config { k: 8, depth: 1, n: 1, cols: 1, ..Config::default() }).unwrap();
    assert!(order::pack_b(&c, &[1, 0, 0, 2, 0, 3, 4, 0]).is_some());
    assert_eq!(order::pack_b(&c, &[1, 0, 0, 2, 5, 3, 4, 0]), None);
}
