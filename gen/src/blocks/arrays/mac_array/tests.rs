use super::{order, Accumulator, Cell, Config, Dataflow, Format, Mac};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

fn reject(config: Config) -> Vec<ConfigError> {
    Checked::new(config).unwrap_err().0
}

#[test]
fn mac_array__each_rule_has_its_error() {
    let d = Config::default;
    let not = |e: &[ConfigError], f: &str| matches!(e, [ConfigError::NotServed { field, .. }] if *field == f);
    assert!(not(&reject(Config { depth: 2, ..d() }), "depth"));
    assert!(not(&reject(Config { dataflow: Dataflow::Cube, ..d() }), "depth"));
    assert!(not(&reject(Config { mac: Mac::SameWeight, ..d() }), "depth"));
    assert!(not(&reject(Config { mac: Mac::Ternary, ..d() }), "b_bits"));
    assert!(not(&reject(Config { mac: Mac::Packed, b_bits: 4, a_bits: 4, cols: 3, ..d() }), "cols"));
    assert!(not(&reject(Config { mac: Mac::Packed, ..d() }), "b_bits"));
    assert!(not(&reject(Config { mac: Mac::Lookup, ..d() }), "dataflow"));
    assert!(not(&reject(Config { mac: Mac::Lookup, dataflow: Dataflow::Tree, depth: 6, ..d() }), "depth"));
    assert!(not(&reject(Config { mac: Mac::SparseDigit, ..d() }), "dataflow"));
    let tall = Config { mac: Mac::SharedDigit, dataflow: Dataflow::Tree, rows: 6, depth: 8, ..d() };
    assert!(not(&reject(tall), "rows"));
    assert!(not(&reject(Config { accumulator: Accumulator::Float32, ..d() }), "accumulator"));
    assert!(not(&reject(Config { mac: Mac::LMul, ..d() }), "format"));
    let e3m2 = || Config { format: Format::E3m2, a_bits: 6, b_bits: 6, ..d() };
    assert!(Checked::new(e3m2()).is_ok());
    assert!(not(&reject(Config { a_bits: 8, ..e3m2() }), "a_bits"));
    assert!(not(&reject(Config { b_bits: 8, ..e3m2() }), "b_bits"));
    assert!(not(&reject(Config { a_signed: false, ..e3m2() }), "a_signed"));
    assert!(not(&reject(Config { b_zero: 1, ..e3m2() }), "b_zero"));
    assert!(not(&reject(Config { mac: Mac::LMul, ..e3m2() }), "mac"));
    assert!(not(&reject(Config { mac: Mac::CarrySave, ..e3m2() }), "mac"));
    let float32 = Config { accumulator: Accumulator::Float32, dataflow: Dataflow::WeightStationary, ..e3m2() };
    assert!(not(&reject(float32), "accumulator"));
    let idle = |e: &[ConfigError], f: &str| matches!(e, [ConfigError::NoEffect { field, .. }] if *field == f);
    assert!(idle(&reject(Config { rows: 9, ..d() }), "rows"));
    assert!(idle(&reject(Config { cols: 9, ..d() }), "cols"));
    assert!(idle(&reject(Config { dataflow: Dataflow::Tree, depth: 9, ..d() }), "depth"));
    assert!(idle(&reject(Config { dataflow: Dataflow::WeightStationary, rows: 9, ..d() }), "rows"));
    assert!(idle(&reject(Config { pipeline: 2, ..d() }), "pipeline"));
    assert!(idle(&reject(Config { mac: Mac::CarrySave, pipeline: 2, ..d() }), "pipeline"));
    assert!(matches!(reject(Config { a_zero: 128, ..d() })[..], [ConfigError::DoesNotFit { field: "a_zero", .. }]));
    assert!(matches!(reject(Config { b_zero: -129, ..d() })[..], [ConfigError::DoesNotFit { field: "b_zero", .. }]));
    let big = Config { rows: 256, cols: 256, depth: 2, dataflow: Dataflow::Tree, m: 256, n: 256, k: 256, ..d() };
    assert!(matches!(reject(big)[..], [ConfigError::TooWide { .. }]));
    assert!(matches!(reject(Config { a_bits: 17, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

/// The second formula: the product of the matrices that the streams carry.
#[test]
fn mac_array__golden_is_the_matrix_product() {
    let mut rng = Prng::new(3);
    for _ in 0..400 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        if c.format != Format::Int {
            continue;
        }
        let lo_b = if c.mac == Mac::Ternary { -1 } else { i64::MIN };
        let draw =
            |rng: &mut Prng, n: u32, bits, signed| crate::blocks::stimulus::elements(rng, n.into(), bits, signed);
        let a = draw(&mut rng, c.m * c.k, c.a_bits, c.a_signed);
        let b: Vec<i64> = draw(&mut rng, c.k * c.n, c.b_bits, c.b_signed).iter().map(|w| (*w).max(lo_b)).collect();
        let out = Config::golden(&c, &[order::pack_a(&c, &a), order::pack_b(&c, &b)]);
        let mut product = vec![0; (c.m * c.n) as usize];
        for (at, p) in product.iter_mut().enumerate() {
            let (i, j) = (at as u32 / c.n, at as u32 % c.n);
            // Zero points multiplied out, as the frameworks' kernels do.
            let column = (0..c.k).map(|x| (a[(i * c.k + x) as usize], b[(x * c.n + j) as usize]));
            let (ab, sa, sb) = column.fold((0, 0, 0), |s, (x, y)| (s.0 + x * y, s.1 + x, s.2 + y));
            *p = ab - c.b_zero * sa - c.a_zero * sb + i64::from(c.k) * c.a_zero * c.b_zero;
        }
        assert_eq!(order::unpack_c(&c, &out[0]), product, "{c:?}");
    }
}

/// The second formula for floating point: float64 holds these sums exactly, so that the machine's own conversion to
/// float32 is the one rounding.
#[test]
fn mac_array__float_golden_is_float64_arithmetic() {
    let mut rng = Prng::new(4);
    let mut seen = 0;
    for _ in 0..4000 {
        let c = Checked::new(Config::random(&mut rng)).unwrap();
        let Some(f) = c.format.minifloat().filter(|f| f.most() < 1 << 20) else { continue };
        if c.mac == Mac::LMul || c.m * c.n > 40 {
            continue;
        }
        let value = |code: i64| {
            let code = code as u32 & ((1 << f.bits()) - 1);
            f.units(code).map_or(f64::NAN, |u| u as f64 * 2f64.powi(f.unit()))
        };
        let frame = Config::random_frame(&c, &mut rng);
        let (m, k, n) = (c.m as usize, c.k as usize, c.n as usize);
        let a: Vec<i64> = frame[0].iter().cycle().take(m * k).copied().collect();
        let b: Vec<i64> = frame[1].iter().cycle().take(k * n).copied().collect();
        let out = Config::golden(&c, &[order::pack_a(&c, &a), order::pack_b(&c, &b)]);
        let step = c.derived().cell.depth as usize;
        for (at, got) in order::unpack_c(&c, &out[0]).into_iter().enumerate() {
            let (i, j) = (at / n, at % n);
            let mut sum = 0f64;
            for x in 0..k {
                sum += value(a[i * k + x]) * value(b[x * n + j]);
                if c.accumulator == Accumulator::Float32 && (x + 1 == k || (x + 1) % step == 0) {
                    sum = f64::from(sum as f32);
                }
            }
            let expected = if sum.is_nan() { 0x7fc0_0000 } else { (sum as f32 + 0.0).to_bits() };
            assert_eq!(got as u32, expected, "{c:?}");
            seen += 1;
        }
    }
    assert!(seen > 1000, "only {seen}");
}

/// EN-T digits: an int8 has 2.918 that are not zero, on average over all values (the encoding's authors say the same).
#[test]
fn mac_array__cycles_fall_with_the_digits_that_are_zero() {
    let config = Config {
        dataflow: Dataflow::Tree,
        mac: Mac::SharedDigit,
        rows: 1,
        cols: 1,
        depth: 1,
        m: 1,
        k: 256,
        n: 1,
        ..Config::default()
    };
    let c = Checked::new(config).unwrap();
    let cycles = |a: Vec<i64>| Config::contract(&c, &[a, Vec::new()]).ii;
    // Four weights for each value, one cycle for a zero digit too: a group of one has nothing to skip.
    assert_eq!(cycles((-128..128).collect()), 1024);
    let wide = Checked::new(Config { depth: 256, rows: 1, ..(*c).clone() }).unwrap();
    let cycles = |a: Vec<i64>| Config::contract(&wide, &[a, Vec::new()]).ii;
    assert_eq!(cycles((-128..128).collect()), 747);
    assert_eq!(cycles(vec![0; 256]), 4);
    assert_eq!(cycles(vec![1; 256]), 259);
}

/// The proven range is reached, so one bit less would be wrong.
#[test]
fn mac_array__accumulator_width_is_tight() {
    let c = Checked::new(Config { m: 4, k: 4, n: 4, ..Config::default() }).unwrap();
    let out = Config::golden(&c, &[vec![-128; 16], vec![-128; 16]]);
    assert!(out[0].iter().all(|v| *v == 65536));
    assert_eq!((c.derived().acc.hi, c.derived().acc_bits), (65536, 18));
}

#[test]
fn mac_array__every_element_is_drawn() {
    let mut rng = Prng::new(9);
    let drawn: Vec<Config> = (0..400).map(|_| Config::random(&mut rng)).collect();
    for mac in Mac::ALL {
        assert!(drawn.iter().filter(|c| c.mac == *mac).count() > 10, "{mac:?}");
    }
    for pipeline in 0..=3 {
        assert!(drawn.iter().any(|c| c.pipeline == pipeline));
    }
    assert_eq!(Cell::most_pipeline(Mac::Plain, 2), 2);
}
