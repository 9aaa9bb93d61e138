use super::{Checked, Config};
use crate::blocks::BlockConfig;
use crate::num::gemmlowp::quantize_multiplier;
use crate::num::{Prng, RealRounding, Scale};

/// Every rounding; scales that are powers of two, of short mantissa (frequent ties) or arbitrary; one or
/// one for each channel.
pub fn config(rng: &mut Prng) -> Config {
    loop {
        let c = candidate(rng);
        // Not every real function has a line through its thresholds; the other roundings always have their form.
        let real = matches!(c.scales[0], Scale::Affine { .. } | Scale::Float32Sum { .. } | Scale::HalfEven { .. });
        if !real || Config::derive(&c).is_ok() {
            return c;
        }
    }
}

fn candidate(rng: &mut Prng) -> Config {
    let (out_bits, out_signed) = (*rng.pick(&[8, 8, 8, 8, 8, 8, 4, 1, 7, 9, 12, 16]), rng.chance(0.5));
    let channels = 1 + rng.below(9) as u32;
    let kind = rng.below(8);
    let acc_bits: u32 = *rng.pick(match kind {
        // 32 bits is what the kernels compute in.
        0 | 1 | 3 => &[8, 12, 16, 20, 24, 28, 32],
        // A zero point inside of the rounding belongs to products of codes.
        4 => &[8, 12, 17],
        5 => &[8, 12, 16, 20, 24, 28],
        _ => &[8, 12, 16, 20, 24, 28, 32, 40, 48],
    });
    // The accumulator's range goes to a few times the output's.
    let typical = 2f64.powi(out_bits as i32 - acc_bits as i32);
    let flavour = rng.below(3);
    let real = |rng: &mut Prng| {
        let mantissa = match flavour {
            0 => 1.0,
            1 => (9 + rng.below(7)) as f64 / 8.0,
            _ => 1.0 + rng.below(1 << 23) as f64 / f64::from(1u32 << 23),
        };
        mantissa * typical * 2f64.powi(rng.range(-1, 2) as i32)
    };
    let (lo, hi) =
        if out_signed { (-(1i64 << (out_bits - 1)), (1 << (out_bits - 1)) - 1) } else { (0, (1 << out_bits) - 1) };
    let zero_point = if rng.chance(0.3) { 0 } else { rng.range(lo, hi) };
    let scale = |rng: &mut Prng| {
        let x = real(rng).min(0.99);
        match kind {
            0 => quantize_multiplier(x).map(|(multiplier, shift)| Scale::TfliteDouble { multiplier, shift }),
            1 => Some(Scale::RealHalfAway(x)),
            2 => Some(Scale::Float32HalfEven(x as f32)),
            3 => Some(Scale::MeanHalfAway((1.0 / x).round().min(f64::from(1 << 24)) as u32)),
            4 => Some(Scale::Float32ZeroInside { scale: x as f32, zero: zero_point }),
            5 => {
                let offset = rng.range(-1000, 1000) as f64 / 7.0;
                Some(match *rng.pick(&RealRounding::ALL[..7]) {
                    // Of those to even half are of float32.
                    RealRounding::HalfEven if flavour == 2 => {
                        let to = 0.03 + offset.abs() as f32 * 2e-4;
                        Scale::Float32Sum { scale: x as f32 * to, offset: offset as f32 * to, to }
                    }
                    RealRounding::HalfEven if flavour == 1 || acc_bits <= 16 => {
                        Scale::HalfEven { multiplier: (x * 2f64.powi(40)).ceil() as i64, shift: 40 }
                    }
                    rounding => Scale::Affine { gain: x, offset, rounding },
                })
            }
            6 => Some(Scale::HalfUp { multiplier: (x * 2f64.powi(30)) as i64, shift: 30 }),
            _ => Some(Scale::Floor { multiplier: (x * 2f64.powi(24)) as i64, shift: 24 }),
        }
        .unwrap_or(Scale::RealHalfAway(0.5))
    };
    // What is fitted to its thresholds has one scale, on the range of products.
    let n = if rng.chance(0.5) || kind == 4 { 1 } else { channels };
    let min = if rng.chance(0.3) { zero_point } else { lo };
    let own = kind != 4 && rng.chance(0.25);
    let offsets = (0..if own { channels } else { 0 }).map(|_| rng.range(-hi / 2 - 1, hi / 2 + 1)).collect();
    Config {
        channels,
        lanes: *rng.pick(&[1, 1, 2, 3]),
        acc_bits,
        acc_min: -(1 << (acc_bits - 1)),
        acc_max: (1 << (acc_bits - 1)) - 1,
        out_bits,
        out_signed,
        scales: (0..n).map(|_| scale(rng)).collect(),
        zero_point,
        offsets,
        min,
        max: hi,
        digit: *rng.pick(&[0, 0, 0, 1, 2, 3, 4, 8]),
    }
}

/// Mostly accumulators next to a threshold of their own channel, where every wrong rounding shows; a
/// tie, if the channel has one, is among them.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let element = |i: u32| match rng.below(8) {
        0 => c.acc_min,
        1 => c.acc_max,
        2 => rng.range(c.acc_min, c.acc_max),
        _ => {
            let code = rng.range(c.min, c.max);
            let near = c.requant(i as usize).threshold(code, c.range()).unwrap_or(0);
            (near + rng.range(-2, 1)).clamp(c.acc_min, c.acc_max)
        }
    };
    vec![(0..c.channels).map(element).collect()]
}

/// Saturation at both ends, and exact ties.
pub fn bins(c: &Checked<Config>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    let tie = |(i, acc): (usize, &i64)| match c.requant(i % c.channels as usize).scale {
        Scale::RealHalfAway(m) => (*acc as f64 * m).fract().abs() == 0.5,
        Scale::MeanHalfAway(n) => acc.rem_euclid(n.into()) * 2 == i64::from(n),
        Scale::Float32HalfEven(m) => (*acc as f32 * m).fract().abs() == 0.5,
        Scale::Float32ZeroInside { scale, zero } => (*acc as f32 * scale + zero as f32).fract().abs() == 0.5,
        Scale::HalfEven { multiplier, shift } => {
            (*acc as f64 * multiplier as f64 * 2f64.powi(-(shift as i32))).fract().abs() == 0.5
        }
        _ => false,
    };
    vec![
        ("saturates low", outputs[0].contains(&c.min)),
        ("saturates high", outputs[0].contains(&c.max)),
        ("exact tie", inputs[0].iter().enumerate().any(tie)),
    ]
}
