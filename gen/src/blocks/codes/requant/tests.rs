use super::form::{most_multiplier_bits, tie_window, Kind};
use super::Config;
use crate::blocks::{BlockConfig, Checked, ConfigError};
use crate::num::gemmlowp::{quantize_multiplier, srdhm};
use crate::num::{Prng, RealRounding, Scale};

fn reject(config: Config) -> Vec<ConfigError> {
    Checked::new(config).unwrap_err().0
}

#[test]
fn requant__each_rule_has_its_error() {
    let d = Config::default;
    assert!(matches!(
        reject(Config { acc_min: 5, acc_max: 4, ..d() })[..],
        [ConfigError::EmptyRange { low: "acc_min", .. }]
    ));
    assert!(matches!(reject(Config { min: 5, max: 4, ..d() })[..], [ConfigError::EmptyRange { low: "min", .. }]));
    assert!(matches!(reject(Config { max: 128, ..d() })[..], [ConfigError::DoesNotFit { field: "max", .. }]));
    assert!(matches!(reject(Config { out_signed: false, ..d() })[..], [ConfigError::DoesNotFit { field: "min", .. }]));
    assert!(matches!(
        reject(Config { acc_bits: 12, ..d() })[..],
        [ConfigError::DoesNotFit { .. }, ConfigError::DoesNotFit { .. }]
    ));
    let two = vec![Scale::RealHalfAway(0.1); 2];
    assert!(matches!(reject(Config { scales: two, ..d() })[..], [ConfigError::Count { found: 2, .. }]));
    for bad in [Scale::RealHalfAway(-1.0), Scale::Float32HalfEven(f32::NAN), Scale::HalfUp { multiplier: -1, shift: 3 }]
    {
        assert!(matches!(reject(Config { scales: vec![bad], ..d() })[..], [ConfigError::Scale { .. }]));
    }
    let mixed = vec![Scale::RealHalfAway(0.1), Scale::Float32HalfEven(0.1)];
    assert!(matches!(reject(Config { channels: 2, scales: mixed, ..d() })[..], [ConfigError::Scale { .. }]));
    assert!(matches!(
        reject(Config { offsets: vec![1; 3], ..d() })[..],
        [ConfigError::Count { field: "offsets", found: 3, .. }]
    ));
    let inside = vec![Scale::Float32ZeroInside { scale: 0.001, zero: 0 }];
    assert!(matches!(
        reject(Config { offsets: vec![1; 8], scales: inside, ..d() })[..],
        [ConfigError::NotServed { field: "offsets", .. }]
    ));
    // A left shift that leaves 32 bits has another meaning in the framework.
    let over = Scale::TfliteDouble { multiplier: 1 << 30, shift: 20 };
    assert!(matches!(reject(Config { scales: vec![over], ..d() })[..], [ConfigError::Scale { .. }]));
}

#[test]
fn requant__tie_window_equals_float32_on_every_accumulator() {
    let mut rng = Prng::new(8);
    for round in 0..60 {
        let mantissa = if round % 2 == 0 { (1 << 23) + rng.below(1 << 23) } else { (9 + rng.below(7)) << 20 };
        let scale = mantissa as f32 * 2f32.powi(-(30 + rng.below(8) as i32));
        let config = Config { scales: vec![Scale::Float32HalfEven(scale)], ..Config::default() };
        let c = Checked::new(config).unwrap();
        assert_eq!(c.derived().kind, Kind::TieWindow { odd: false, zero: None });
        for acc in (-524_288..524_288).step_by(3) {
            let y = c.derived().apply(0, acc);
            // Far outside of every code the window form need not follow float32.
            if y.abs() < 1 << 20 {
                assert_eq!(y, (acc as f32 * scale).round_ties_even() as i64, "{acc} * {scale:e}");
            }
        }
    }
    assert_eq!((tie_window(3 << 7, 8, false, 0), tie_window(5 << 7, 8, false, 0)), (2, 2), "1.5 and 2.5");
    assert_eq!((tie_window(3 << 7, 8, true, 0), tie_window(5 << 7, 8, true, 0)), (1, 3), "1.5 and 2.5 to odd");
}

/// Every product of two codes; ties to even codes are ties to odd quotients where the zero point is odd.
#[test]
fn requant__zero_inside_equals_float32_on_every_product() {
    let mut rng = Prng::new(9);
    let mut kinds = [0; 3];
    for round in 0..130 {
        let mantissa = if round % 2 == 0 { (1 << 23) + rng.below(1 << 23) } else { (8 + rng.below(8)) << 20 };
        // Everyday scales too: 0.1 * 0.1 / 0.2, whose ties float32 makes.
        let decimal = || 0.1f32 * 0.1 / [0.2, 0.1, 0.5, 0.05, 0.25][round % 5];
        let scale = if round < 40 { decimal() } else { mantissa as f32 * 2f32.powi(-(31 + rng.below(5) as i32)) };
        let zero = rng.range(-255, 255);
        let (acc_min, acc_max) = (-255 * 255, 255 * 255);
        let scales = vec![Scale::Float32ZeroInside { scale, zero }];
        let c = Checked::new(Config { scales, acc_min, acc_max, zero_point: zero, ..Config::default() }).unwrap();
        kinds[match c.derived().kind {
            Kind::Affine => 0,
            Kind::TieWindow { odd, .. } => 1 + usize::from(odd),
            kind => panic!("{kind:?}"),
        }] += 1;
        for acc in acc_min..=acc_max {
            let want = (acc as f32 * scale + zero as f32).round_ties_even() as i64;
            assert_eq!(
                (c.derived().apply(0, acc) + zero).clamp(-128, 127),
                want.clamp(-128, 127),
                "{acc} {scale:e} {zero}"
            );
        }
    }
    assert!(kinds.iter().all(|n| *n > 5), "affine, ties to even, ties to odd: {kinds:?}");
}

/// Each channel with its gain and its offset: every accumulator against the real function. A line is found for nearly all.
#[test]
fn requant__affine_meets_real_functions() {
    let mut rng = Prng::new(10);
    let mut found = 0;
    for round in 0..100 {
        let rounding = RealRounding::ALL[round % 7];
        let scales: Vec<Scale> = (0..3)
            .map(|_| Scale::Affine {
                gain: (1 + rng.below(1 << 30)) as f64 / (1u64 << 32) as f64,
                offset: rng.range(-90_000, 90_000) as f64 / 1001.0,
                rounding,
            })
            .collect();
        let config = Config { channels: 3, scales: scales.clone(), acc_min: -2000, acc_max: 2000, ..Config::default() };
        let Ok(c) = Checked::new(config) else { continue };
        // To zero, and from it, are two lines.
        assert!(!matches!(rounding, RealRounding::ToZero | RealRounding::FromZero), "{scales:?}");
        found += 1;
        for (channel, scale) in scales.iter().enumerate() {
            let Scale::Affine { gain, offset, .. } = *scale else { unreachable!() };
            for acc in -2000..=2000i64 {
                let want = rounding.apply(acc as f64 * gain + offset) as i64;
                assert_eq!(c.derived().apply(channel, acc).clamp(-128, 127), want.clamp(-128, 127), "{scale:?} {acc}");
            }
        }
    }
    assert!(found > 68, "{found} of 72");
}

/// Three roundings of float32: every accumulator against them, one by one. A line is found for nearly all.
#[test]
fn requant__sums_of_float32_meet_all_their_roundings() {
    let mut rng = Prng::new(16);
    let (mut found, mut otherwise) = (0, 0);
    for _ in 0..60 {
        let part = |rng: &mut Prng| (1 + rng.below(1 << 23)) as f32;
        let to = part(&mut rng) / 2e8;
        let scale = to * part(&mut rng) / (1u32 << 26) as f32;
        let offset = to * rng.range(-90_000, 90_000) as f32 / 1001.0;
        let scales = vec![Scale::Float32Sum { scale, offset, to }];
        let config = Config { channels: 1, scales, acc_min: -20_000, acc_max: 20_000, ..Config::default() };
        let Ok(c) = Checked::new(config) else { continue };
        found += 1;
        for acc in -20_000..=20_000i64 {
            let (product, exact) = (acc as f32 * scale, f64::from(scale) * acc as f64 + f64::from(offset));
            let sum = product + offset;
            let want = (sum / to).round_ties_even() as i64;
            assert_eq!(
                c.derived().apply(0, acc).clamp(-128, 127),
                want.clamp(-128, 127),
                "{scale} {offset} {to} {acc}"
            );
            otherwise += u32::from((exact / f64::from(to)).round_ties_even() as i64 != want);
        }
    }
    assert!(found > 55, "{found} of 60");
    assert!(otherwise > 0, "float32 never rounds otherwise than binary64");
}

/// What the planner counts cycles with before any form is found.
#[test]
fn requant__multipliers_are_no_wider_than_said() {
    let mut rng = Prng::new(12);
    let mut tight = 0;
    for _ in 0..600 {
        let c = Checked::new(super::stimulus::config(&mut rng)).unwrap();
        let (bits, most) = (c.derived().multiplier_bits(), most_multiplier_bits(&c.scales));
        assert!(bits <= most, "{bits} of {most}: {:?}", c.scales);
        tight += usize::from(bits == most);
    }
    assert!(tight > 100, "{tight} of 600");
}

#[test]
fn requant__digits_cost_cycles() {
    let cycles = |digit: u32| {
        let scales = vec![Scale::TfliteDouble { multiplier: 1_518_500_250, shift: -10 }];
        let c = Checked::new(Config { digit, scales, ..Config::default() }).unwrap();
        Config::contract(&c, &[]).ii
    };
    assert_eq!([0, 1, 2, 3, 4, 8].map(cycles), [1, 31, 16, 11, 8, 4].map(|k| 8 * k));
}

#[test]
fn requant__half_away_uses_few_multiplier_bits() {
    let mut rng = Prng::new(5);
    for _ in 0..200 {
        let m = (1.0 + rng.below(1 << 40) as f64 / (1u64 << 40) as f64) * 2f64.powi(-12);
        let c = Checked::new(Config { scales: vec![Scale::RealHalfAway(m)], ..Config::default() }).unwrap();
        assert!(c.derived().multiplier_bits() <= 32, "{m}: {} bits", c.derived().multiplier_bits());
        for acc in (-524_288..524_288).step_by(7) {
            assert_eq!(c.derived().apply(0, acc).clamp(-128, 127), ((acc as f64 * m).round() as i64).clamp(-128, 127));
        }
    }
}

#[test]
#[allow(clippy::disallowed_methods)]
fn requant__golden_follows_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/tflite_requant.json");
    let text = std::fs::read_to_string(path).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut compared = 0;
    for v in json["vectors"].as_array().unwrap() {
        let (multiplier, shift) = quantize_multiplier(v["real_multiplier"].as_f64().unwrap()).unwrap();
        assert_eq!(
            (multiplier.into(), shift.into()),
            (v["multiplier"].as_i64().unwrap(), v["shift"].as_i64().unwrap())
        );
        let scale = Scale::TfliteDouble { multiplier, shift };
        for (acc, want) in v["acc"].as_array().unwrap().iter().zip(v["mbqm_double_round"].as_array().unwrap()) {
            assert_eq!(scale.apply(acc.as_i64().unwrap()), want.as_i64().unwrap(), "{v}");
            compared += 1;
        }
    }
    assert_eq!(compared, 288);
    for v in json["prims"].as_array().unwrap().iter().filter(|v| v.get("srdhm").is_some()) {
        let int = |k: &str| v[k].as_i64().unwrap() as i32;
        assert_eq!(srdhm(int("a"), int("b")), int("srdhm"));
    }
}

/// I-ViT's own numbers, and the block's form of them on the accumulators that they come from.
#[test]
#[allow(clippy::disallowed_methods)]
fn requant__dyadic_numbers_follow_the_known_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/ivit_requant.json");
    let text = std::fs::read_to_string(path).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut compared = 0;
    for v in json["vectors"].as_array().unwrap().iter().filter(|v| v.get("identity").is_none()) {
        let int = |k: &str| v[k].as_i64().unwrap();
        let scales = vec![Scale::HalfEven { multiplier: int("m"), shift: int("e") as u32 }];
        let out_bits = int("out_bits") as u32;
        let (min, max) = (-(1 << (out_bits - 1)), (1 << (out_bits - 1)) - 1);
        let list = |k: &str| v[k].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect::<Vec<i64>>();
        let most = list("acc").iter().map(|a| a.abs()).max().unwrap();
        let config = Config {
            channels: 1,
            scales,
            acc_bits: 40,
            acc_min: -most,
            acc_max: most,
            out_bits,
            min,
            max,
            ..Config::default()
        };
        let c = Checked::new(config).unwrap();
        for (acc, want) in list("acc").into_iter().zip(list("out")) {
            assert_eq!(c.requant(0).apply(acc), want, "{v}");
            assert_eq!(c.derived().apply(0, acc).clamp(min, max), want, "{v}");
            compared += 1;
        }
    }
    assert!(compared >= 100, "{compared}");
}

/// Powers of two have ties at every other code: a line misses them, the even ones are found.
#[test]
fn requant__dyadic_ties_go_to_even() {
    for (multiplier, shift) in [(1, 3), (1 << 30, 32), (3, 4)] {
        let scales = vec![Scale::HalfEven { multiplier, shift }];
        let config = Config {
            channels: 1,
            scales,
            acc_min: -3000,
            acc_max: 3000,
            out_bits: 16,
            min: -32768,
            max: 32767,
            ..Config::default()
        };
        let c = Checked::new(config).unwrap();
        assert_eq!(c.derived().kind, Kind::HalfEven);
        for acc in -3000..=3000i64 {
            let want = (acc as f64 * multiplier as f64 / 2f64.powi(shift as i32)).round_ties_even() as i64;
            assert_eq!(c.derived().apply(0, acc), want, "{acc} {multiplier} / 2^{shift}");
        }
    }
}
