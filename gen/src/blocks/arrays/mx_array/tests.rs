use super::{mac_array::Dataflow, Accumulator, Config, Format, Mac, ScaleFormat};
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::Prng;

fn reject(config: Config) -> Vec<ConfigError> {
    Checked::new(config).unwrap_err().0
}

#[test]
fn mx_array__each_rule_has_its_error() {
    let d = Config::default;
    let not = |e: &[ConfigError], f: &str| matches!(e, [ConfigError::NotServed { field, .. }] if *field == f);
    assert!(not(&reject(Config { dataflow: Dataflow::WeightStationary, ..d() }), "dataflow"));
    assert!(not(&reject(Config { mac: Mac::SparseDigit, format: Format::Int, ..d() }), "mac"));
    assert!(not(&reject(Config { scale_bits: 4, ..d() }), "scale_bits"));
    assert!(Checked::new(Config { scale_bits: 4, scale: ScaleFormat::Exponent, ..d() }).is_ok());
    // Rules of the array inside.
    assert!(not(&reject(Config { format: Format::E2m1, b_bits: 4, ..d() }), "a_bits"));
    assert!(not(&reject(Config { depth: 2, ..d() }), "depth"));
    let idle = |e: &[ConfigError], f: &str| matches!(e, [ConfigError::NoEffect { field, .. }] if *field == f);
    assert!(idle(&reject(Config { rows: 5, ..d() }), "rows"));
    assert!(idle(&reject(Config { cols: 5, ..d() }), "cols"));
    assert!(idle(&reject(Config { pipeline: 2, ..d() }), "pipeline"));
    assert!(matches!(reject(Config { blocks: 0, ..d() })[..], [ConfigError::OutOfRange { .. }]));
}

/// The second formula: in float64, which is exact where scales are near each other; sums of blocks by the machine's own
/// conversion to float32.
#[test]
fn mx_array__golden_is_floating_point_arithmetic() {
    let mut rng = Prng::new(11);
    let mut compared = 0;
    for _ in 0..900 {
        let mut config = Config::random(&mut rng);
        config.mac = Mac::Plain;
        if config.format == Format::E5m2 {
            continue;
        }
        let Ok(c) = Checked::new(config) else { continue };
        let s = c.derived();
        let sizes = s.frame_elements(&c);
        let f = c.format.minifloat();
        let fraction = |bits: u32| if c.scale == ScaleFormat::E8m0 { bits as i32 - 2 } else { 0 };
        let draw = |rng: &mut Prng, bits: u32| match f {
            // Small numbers, so that no sum leaves 53 bits.
            Some(f) => rng.range(0, 8) + if rng.chance(0.5) { 1 << (f.bits() - 1) } else { 0 },
            None => rng.range(-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
        };
        let value = |code: i64, bits: u32| match f {
            Some(f) => f.units(code as u32).unwrap() as f64 * 2f64.powi(f.unit()),
            None => code as f64 * 2f64.powi(-fraction(bits)),
        };
        let middle = if c.scale == ScaleFormat::E8m0 { 127 } else { 0 };
        let (lo, hi) = if c.scale == ScaleFormat::E8m0 || c.scale_bits > 2 { (-2, 2) } else { (-1, 0) };
        let a: Vec<i64> = (0..sizes[0]).map(|_| draw(&mut rng, c.a_bits)).collect();
        let b: Vec<i64> = (0..sizes[1]).map(|_| draw(&mut rng, c.b_bits)).collect();
        let sa: Vec<i64> = (0..sizes[2]).map(|_| middle + rng.range(lo, hi)).collect();
        let sb: Vec<i64> = (0..sizes[3]).map(|_| middle + rng.range(lo, hi)).collect();
        let out = Config::golden(&c, &[a.clone(), b.clone(), sa.clone(), sb.clone()]).remove(0);
        let (rows, cols, depth, blocks) = (c.rows as usize, c.cols as usize, c.depth as usize, c.blocks as usize);
        for (at, code) in out.iter().enumerate() {
            let (tile, r, j) = (at / (rows * cols), at / cols % rows, at % cols);
            let mut sum = 0f64;
            for n in tile * blocks..(tile + 1) * blocks {
                let mut dot = 0f64;
                for k in 0..c.block as usize {
                    let beat = n * s.steps as usize + k / depth;
                    let (x, y) = (a[(beat * rows + r) * depth + k % depth], b[(beat * cols + j) * depth + k % depth]);
                    dot += value(x, c.a_bits) * value(y, c.b_bits);
                }
                let scale = (sa[n * rows + r] + sb[n * cols + j] - 2 * middle) as i32;
                sum += dot * 2f64.powi(scale);
                if c.accumulator == Accumulator::Float32 {
                    sum = f64::from(sum as f32);
                }
            }
            assert_eq!(f32::from_bits(*code as u32), sum as f32, "{c:?}");
            compared += 1;
        }
    }
    assert!(compared > 5_000);
}

/// Scales that leave float32 on both sides, and what is no number.
#[test]
fn mx_array__corners() {
    let one = Config { rows: 1, cols: 1, m: 1, n: 1, block: 1, blocks: 2, ..Config::default() };
    let of = |accumulator, a: [i64; 2], sa: [i64; 2]| {
        let c = Checked::new(Config { accumulator, ..one.clone() }).unwrap();
        // b is 1 with scale 1; a in E4M3.
        Config::golden(&c, &[a.into(), vec![0x38, 0x38], sa.into(), vec![127, 127]])[0][0] as u32
    };
    for accumulator in [Accumulator::Exact, Accumulator::Float32] {
        assert_eq!(of(accumulator, [0x38, 0x38], [127, 127]), 2f32.to_bits());
        assert_eq!(of(accumulator, [0x38, -0x48], [127, 127]), 0, "1 - 1 is +0");
        assert_eq!(of(accumulator, [0x38, 0], [255, 127]), 0x7fc0_0000, "a scale that is NaN");
        assert_eq!(of(accumulator, [0x7f, 0], [127, 127]), 0x7fc0_0000, "an element that is NaN");
        assert_eq!(of(accumulator, [0x38, 0], [0, 0]), 1 << 22, "2^-127 is subnormal");
        assert_eq!(of(accumulator, [0x40, 0], [254, 0]), 0x7f80_0000, "2^128");
    }
    let huge = [254, 254];
    assert_eq!(of(Accumulator::Exact, [0x40, -0x40], huge), 0, "2^128 - 2^128");
    assert_eq!(of(Accumulator::Float32, [0x40, -0x40], huge), 0x7f80_0000, "infinite after the first block");
    // About -2^8 2^-127 2^-127: far below the smallest subnormal.
    let c = Checked::new(Config { blocks: 1, ..one }).unwrap();
    let tiny = Config::golden(&c, &[vec![-2], vec![0x38], vec![0], vec![0]])[0][0] as u32;
    assert_eq!(tiny, 1 << 31, "rounds to zero, and keeps its sign");
}
