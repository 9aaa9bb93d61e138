use super::{order, Config};
use crate::blocks::arrays::mac_array;
use crate::blocks::sparse::code::Format;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

#[test]
fn sparse_mac__each_rule_has_its_error() {
    let d = Config::default;
    let names = |c: Config, name: &str| {
        let errors = Checked::new(c).unwrap_err().0;
        let named = |e: &ConfigError| matches!(e, ConfigError::NotServed { field, .. } if *field == name);
        assert!(errors.iter().any(named), "{errors:?}");
    };
    names(Config { word: 96, ..d() }, "word");
    names(Config { word: 32, ..d() }, "word");
    names(Config { word: 32, group: 4, format: Format::Coordinates, ..d() }, "word");
    names(Config { block: 48, ..d() }, "block");
    names(Config { group: 3, ..d() }, "group");
    names(Config { group: 4, a_bits: 9, ..d() }, "group");
    names(Config { k: 96, ..d() }, "k");
    names(Config { n: 36, ..d() }, "n");
}

/// Elements of which so many in a hundred are not zero, evenly.
fn matrix(rng: &mut Prng, n: u32, percent: u64, least: i64, most: i64) -> Vec<i64> {
    let element = |rng: &mut Prng| match rng.range(least, most) {
        0 => most,
        v => v,
    };
    (0..n).map(|_| if rng.below(100) < percent { element(rng) } else { 0 }).collect()
}

/// A frame: the code of `a`, and `b` in tiles.
fn frame(c: &Checked<Config>, a: &[i64], b: &[i64]) -> Vec<Vec<i64>> {
    vec![order::pack_a(c, a), order::pack_b(c, b)]
}

/// The array of as many multipliers that takes each element.
fn dense(c: &Config) -> Checked<mac_array::Config> {
    let dataflow = mac_array::Dataflow::Tree;
    let (rows, depth, pipeline) = (1, c.group, 0);
    let (a_bits, a_signed, b_bits, b_signed) = (c.a_bits, c.a_signed, c.b_bits, c.b_signed);
    let shape = mac_array::Config { m: c.m, k: c.k, n: c.n, cols: c.cols, ..Default::default() };
    Checked::new(mac_array::Config { dataflow, rows, depth, pipeline, a_bits, a_signed, b_bits, b_signed, ..shape })
        .unwrap()
}

fn dense_frame(c: &Checked<mac_array::Config>, a: &[i64], b: &[i64]) -> Vec<Vec<i64>> {
    vec![mac_array::order::pack_a(c, a), mac_array::order::pack_b(c, b)]
}

/// The dense array's sums, for each form, sign and density.
#[test]
fn sparse_mac__sums_are_those_of_the_dense_array() {
    let mut rng = Prng::new(7);
    for (format, group) in [(Format::Hybrid, 1), (Format::Bitmap, 4), (Format::Coordinates, 2)] {
        for percent in [0, 20, 50, 100] {
            let signed = rng.chance(0.5);
            let c = Config { m: 3, k: 128, n: 8, group, block: 32, format, a_signed: signed, ..Config::default() };
            let c = Checked::new(c).unwrap();
            let (low, high) = if signed { (-128, 127) } else { (0, 255) };
            let a = matrix(&mut rng, c.m * c.k, percent, low, high);
            let b = matrix(&mut rng, c.k * c.n, 100, -128, 127);
            let sums = Config::golden(&c, &frame(&c, &a, &b));
            let dense = dense(&c);
            let want = mac_array::Config::golden(&dense, &dense_frame(&dense, &a, &b));
            assert_eq!(sums[0], mac_array::order::unpack_c(&dense, &want[0]));
            assert_eq!(sums[1], [i64::from(c.m * c.k / c.group), 0]);
        }
    }
}

/// What skipping is for: the same product on as many multipliers, zeros spread evenly.
#[test]
fn sparse_mac__is_as_much_faster_as_there_are_zeros() {
    let mut rng = Prng::new(8);
    for c in [
        Config::default(),
        Config { cols: 16, format: Format::Bitmap, block: 128, word: 128, ..Config::default() },
        Config { format: Format::Coordinates, block: 128, ..Config::default() },
        // One tile, so that nothing hides the blocks' headers.
        Config { n: 8, m: 64, k: 256, block: 256, word: 256, ..Config::default() },
    ] {
        let c = Checked::new(c).unwrap();
        let dense = dense(&c);
        let b = matrix(&mut rng, c.k * c.n, 100, -128, 127);
        let ii = |percent, rng: &mut Prng| {
            let a = matrix(rng, c.m * c.k, percent, -128, 127);
            let own = Config::contract(&c, &frame(&c, &a, &b)).ii;
            mac_array::Config::contract(&dense, &dense_frame(&dense, &a, &b)).ii as f64 / own as f64
        };
        let [full, half, fifth] = [100, 50, 20].map(|percent| ii(percent, &mut rng));
        assert!(full >= 1.0 / 1.05, "{full}");
        assert!(half >= 1.8, "{half}");
        assert!(fifth >= 4.0, "{fifth}");
    }
}
