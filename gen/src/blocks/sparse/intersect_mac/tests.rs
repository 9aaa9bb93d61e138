use super::{order, Config};
use crate::blocks::arrays::mac_array;
use crate::blocks::sparse::code::Format;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn intersect_mac__each_rule_has_its_error() {
    let d = Config::default;
    let names = |c: Config, name: &str| {
        let errors = Checked::new(c).unwrap_err().0;
        let named = |e: &ConfigError| matches!(e, ConfigError::NotServed { field, .. } if *field == name);
        assert!(errors.iter().any(named), "{errors:?}");
    };
    names(Config { word: 96, ..d() }, "word");
    names(Config { word: 32, ..d() }, "word");
    names(Config { block: 48, ..d() }, "block");
    names(Config { k: 96, ..d() }, "k");
    names(Config { n: 18, ..d() }, "n");
}

/// Elements of which so many in a hundred are not zero, evenly.
fn matrix(rng: &mut Prng, n: u32, percent: u64) -> Vec<i64> {
    let element = |rng: &mut Prng| match rng.range(-128, 127) {
        0 => 127,
        v => v,
    };
    (0..n).map(|_| if rng.below(100) < percent { element(rng) } else { 0 }).collect()
}

fn frame(c: &Checked<Config>, a: &[i64], b: &[i64]) -> Vec<Vec<i64>> {
    vec![order::pack_a(c, a), order::pack_b(c, b)]
}

/// The array of as many multipliers that takes each element.
fn dense(c: &Config) -> Checked<mac_array::Config> {
    let dataflow = mac_array::Dataflow::Tree;
    let shape = mac_array::Config { dataflow, m: c.m, k: c.k, n: c.n, cols: c.cols, ..Default::default() };
    Checked::new(mac_array::Config { rows: 1, depth: 1, pipeline: 0, ..shape }).unwrap()
}

fn dense_frame(c: &Checked<mac_array::Config>, a: &[i64], b: &[i64]) -> Vec<Vec<i64>> {
    vec![mac_array::order::pack_a(c, a), mac_array::order::pack_b(c, b)]
}

#[test]
fn intersect_mac__sums_are_those_of_the_dense_array() {
    let mut rng = Prng::new(9);
    for format in [Format::Hybrid, Format::Bitmap, Format::Coordinates] {
        for (x, y) in [(0, 50), (20, 20), (50, 100), (100, 100)] {
            let c = Checked::new(Config { m: 5, n: 8, format, ..Config::default() }).unwrap();
            let (a, b) = (matrix(&mut rng, c.m * c.k, x), matrix(&mut rng, c.k * c.n, y));
            let sums = Config::golden(&c, &frame(&c, &a, &b));
            let dense = dense(&c);
            let want = mac_array::Config::golden(&dense, &dense_frame(&dense, &a, &b));
            assert_eq!(sums[0], mac_array::order::unpack_c(&dense, &want[0]));
            assert_eq!(sums[1..], [[i64::from(c.m * c.k), 0], [i64::from(c.n * c.k), 0]]);
        }
    }
}

/// A cycle a pair: with both densities as much, faster by their product, as far as PEs wait for each other little.
#[test]
fn intersect_mac__is_as_much_faster_as_there_are_zeros() {
    let mut rng = Prng::new(10);
    let c = Checked::new(Config { m: 32, n: 32, ..Config::default() }).unwrap();
    let dense = dense(&c);
    let mut speed = |x, y| {
        let (a, b) = (matrix(&mut rng, c.m * c.k, x), matrix(&mut rng, c.k * c.n, y));
        let own = Config::contract(&c, &frame(&c, &a, &b)).ii;
        mac_array::Config::contract(&dense, &dense_frame(&dense, &a, &b)).ii as f64 / own as f64
    };
    let [full, half, fifth] = [(100, 100), (100, 50), (100, 20)].map(|(x, y)| speed(x, y));
    assert!(full >= 1.0 / 1.05 && half >= 1.8 && fifth >= 4.0, "{full} {half} {fifth}");
    let [half, fifth] = [(50, 50), (20, 20)].map(|(x, y)| speed(x, y));
    assert!(half >= 3.6 && fifth >= 12.0, "{half} {fifth}");
}
