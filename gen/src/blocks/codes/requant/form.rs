//! The integer form of a scale: what the hardware computes.
//!
//! | rounding | form |
//! |---|---|
//! | `half-up`, `floor` | `floor((acc m + b) / 2^s)` |
//! | `real-half-away`, `mean-half-away` | `sign(acc) floor((abs(acc) m + 2^(s-1)) / 2^s)`, the fewest bits of `m` that meet every threshold |
//! | `float32-half-even` | `n = abs(acc) m`; the nearest integer to `n / 2^s`, where everything within half a float32 ulp of a tie counts as the tie and goes to even |
//! | `float32-zero-inside` | `floor((acc m + b) / 2^s)` with the fewest bits of `m`, if any meets every threshold; else as `float32-half-even`, ties to odd where the zero point is odd, and one more or less at the few accumulators where float32's second rounding shows |
//! | `affine`, `float32-sum` | `floor((acc m + b) / 2^s)`, `m` and `b` of each channel, the fewest bits of `m` that meet every threshold, if any do |
//! | `half-even` | the same, if it meets every threshold; else `floor((n + 2^(s-1) - 1 + n[s]) / 2^s)`, `n = acc m`: bit `s` of `n` is that of an odd quotient |
//! | `float32-mean` | none: `threshold` counts |
//! | `tflite-double` | `h = floor((acc m + 2^(s-1)) / 2^s)`, then `h / 2^right` rounded half away |
//!
//! One shift `s` serves all channels: a channel with a smaller one has its multiplier scaled up.

use super::Config;
use crate::blocks::{BlockConfig, ConfigError, Setting};
use crate::num::{bits_for_range, nearest_in_24_bits, round_shift, Range, Requant, Rounding, Scale};

/// The kind of form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `floor((acc m + bias) / 2^s)`.
    Affine,
    /// Half away from zero on the magnitude.
    SignMagnitude,
    /// Half to even with the float32 tie window; the magnitude is first rounded to 24 significant bits.
    TieWindow {
        /// Ties go to odd.
        odd: bool,
        /// The zero point, where it is added before the rounding: the sum's ulp counts as well.
        zero: Option<i64>,
    },
    /// Half to even, exact.
    HalfEven,
    /// Two roundings; the second shift belongs to the channel.
    Double,
}

/// A form with its constants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The kind.
    pub kind: Kind,
    /// The common shift.
    pub shift: u32,
    /// One multiplier, or one for each channel.
    pub multipliers: Vec<i64>,
    /// `Kind::Affine`: added before the shift, one or one for each channel.
    pub biases: Vec<i64>,
    /// `Kind::Double`: the second shift, one or one for each channel.
    pub rights: Vec<u32>,
    /// Accumulators whose result is one more or less.
    pub fixes: Vec<(i64, i64)>,
}

/// Most accumulators that are compared with.
const MAX_FIXES: usize = 64;

/// Widest multiplier that is looked for through thresholds.
const FITTED_BITS: u32 = 44;

/// Widest multiplier that is built.
const MAX_MULTIPLIER_BITS: u32 = 62;

impl Form {
    /// The form of a configuration's scales, checked at every threshold of every channel.
    ///
    /// # Errors
    /// E308: no fixed point gives the codes that the scales say.
    pub fn find(config: &Config) -> Result<Form, ConfigError> {
        let form = match config.scales[0] {
            Scale::HalfUp { .. } | Scale::Floor { .. } => Form::affine(config),
            Scale::Float32HalfEven(_) => Form::tie_window(config),
            Scale::Float32ZeroInside { .. } => Form::fitted(config).or_else(|| Form::tie_window(config)?.fixed(config)),
            Scale::Affine { .. } | Scale::Float32Sum { .. } => Form::fitted(config),
            Scale::HalfEven { .. } => Form::fitted(config).or_else(|| Form::half_even(config)),
            Scale::Float32Mean { .. } => None,
            Scale::TfliteDouble { .. } => Form::double(config),
            // The fewest multiplier bits that are exact on this range.
            Scale::RealHalfAway(_) | Scale::MeanHalfAway(_) => {
                (8..=56).filter_map(|bits| Form::sign_magnitude(config, bits)).find(|f| f.agrees(config))
            }
        };
        let form = form.map(Form::without_trailing_zeros);
        let block = Config::ABOUT.name;
        let scale = || config.scales.iter().map(Setting::show).next().unwrap_or_default();
        let form = form.ok_or_else(|| ConfigError::Scale {
            block,
            scale: scale(),
            help: "no integer form of at most 62 bits exists; `threshold` takes every function",
        })?;
        let bits = form.multiplier_bits();
        if bits > MAX_MULTIPLIER_BITS {
            let help = "the channels' scales differ too much: use one requant for each group";
            return Err(ConfigError::TooWide { block, what: "the multiplier", bits, limit: MAX_MULTIPLIER_BITS, help });
        }
        if !form.agrees(config) {
            let over = form.kind == Kind::Double && (0..config.scales.len()).any(|channel| overflows(config, channel));
            let help = match over {
                true => "accumulators overflow the framework's 32 bits",
                false => {
                    "no integer form gives all of its codes on these accumulators; `threshold` takes every function"
                }
            };
            return Err(ConfigError::Scale { block, scale: scale(), help });
        }
        Ok(form)
    }

    /// Halves the multipliers as long as all are even: a scale that is a power of two needs no multiplier.
    fn without_trailing_zeros(mut self) -> Form {
        let even = self.multipliers.iter().map(|m| m.trailing_zeros()).min().unwrap_or(0);
        let by = if self.kind == Kind::Double { 0 } else { even.min(self.shift.saturating_sub(1)) };
        self.multipliers.iter_mut().for_each(|m| *m >>= by);
        self.shift -= by;
        self.biases.iter_mut().for_each(|b| *b >>= by);
        self
    }

    fn affine(config: &Config) -> Option<Form> {
        let parts: Vec<(i64, u32)> = config
            .scales
            .iter()
            .map(|s| match *s {
                Scale::HalfUp { multiplier, shift } | Scale::Floor { multiplier, shift } => (multiplier, shift),
                _ => (0, 0),
            })
            .collect();
        let (shift, multipliers) = common_shift(&parts)?;
        // With a common shift the half of a smaller one is scaled up with its multiplier.
        let half_up = matches!(config.scales[0], Scale::HalfUp { .. });
        let bias = if half_up && shift > 0 { 1 << (shift - 1) } else { 0 };
        Some(Form { shift, multipliers, biases: vec![bias], ..Form::new(Kind::Affine) })
    }

    /// Without constants.
    fn new(kind: Kind) -> Form {
        let (multipliers, biases, rights, fixes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Form { kind, shift: 0, multipliers, biases, rights, fixes }
    }

    fn sign_magnitude(config: &Config, bits: u32) -> Option<Form> {
        let largest = config.scales.iter().filter_map(real).fold(0.0, f64::max);
        // The largest multiplier takes `bits` bits.
        let (_, exponent) = crate::num::gemmlowp::frexp(largest);
        let shift = u32::try_from(bits as i32 - exponent).ok().filter(|s| (1..=80).contains(s))?;
        let scaled = |m: f64| m * 2f64.powi(shift as i32);
        let multiplier = |s: &Scale| match s {
            // Rounded up, so that ties do not fall below one half.
            Scale::MeanHalfAway(n) => Some((1u128 << shift).div_ceil(u128::from(*n)) as i64),
            _ => real(s).map(|m| scaled(m).round() as i64),
        };
        let multipliers = config.scales.iter().filter_map(multiplier).collect();
        Some(Form { shift, multipliers, ..Form::new(Kind::SignMagnitude) })
    }

    /// `floor((acc m + b) / 2^s)` through every threshold of each channel: the fewest bits of `m` with which it goes.
    fn fitted(config: &Config) -> Option<Form> {
        let wants: Vec<Requant> = (0..config.scales.len()).map(|channel| config.requant(channel)).collect();
        let goals: Vec<Vec<i64>> = wants.iter().map(|w| w.thresholds(config.range())).collect();
        let gains: Option<Vec<f64>> = config.scales.iter().map(gain).collect();
        let gains = gains?;
        let (_, exponent) = crate::num::gemmlowp::frexp(gains.iter().copied().fold(0.0, f64::max));
        let through = |bits: u32| {
            let shift = u32::try_from(bits as i32 - exponent).ok().filter(|s| (1..=60).contains(s))?;
            let lines =
                gains.iter().zip(&wants).zip(&goals).map(|((gain, want), goals)| line(*gain, shift, want, goals));
            let (multipliers, biases) = lines.collect::<Option<Vec<_>>>()?.into_iter().unzip();
            Some(Form { shift, multipliers, biases, ..Form::new(Kind::Affine) })
        };
        (4..=FITTED_BITS).filter_map(through).find(|f| f.agrees(config))
    }

    /// Compares with the accumulators at which this form and the framework differ: those between their thresholds.
    fn fixed(mut self, config: &Config) -> Option<Form> {
        let (want, range) = (config.requant(0), config.range());
        let own = |acc: i64| self.apply(0, acc).saturating_add(want.zero_point);
        let mut fixes = Vec::new();
        for t in want.thresholds(range) {
            // Downwards and upwards, as long as they differ.
            let down = (range.lo as i64..t).rev().take(MAX_FIXES + 1);
            let up = t..=(range.hi as i64).min(t + MAX_FIXES as i64);
            let differs = |acc: &i64| own(*acc).clamp(want.min, want.max) != want.apply(*acc);
            fixes.extend(
                down.take_while(differs).chain(up.take_while(differs)).map(|acc| (acc, want.apply(acc) - own(acc))),
            );
        }
        fixes.sort();
        fixes.dedup();
        let few = fixes.len() <= MAX_FIXES && fixes.iter().all(|f| f.1.abs() == 1);
        self.fixes = fixes;
        few.then_some(self)
    }

    fn tie_window(config: &Config) -> Option<Form> {
        let parts: Option<Vec<(i64, u32)>> = config
            .scales
            .iter()
            .map(|s| match *s {
                // scale = m * 2^-sh with a 24-bit m.
                Scale::Float32HalfEven(x) | Scale::Float32ZeroInside { scale: x, .. } => {
                    let (mantissa, exponent) = crate::num::gemmlowp::frexp(f64::from(x));
                    let m = (mantissa * f64::from(1u32 << 24)) as i64;
                    let sh = u32::try_from(24 - exponent).ok()?;
                    Some((m, sh))
                }
                _ => None,
            })
            .collect();
        let (shift, multipliers) = common_shift(&parts?)?;
        let zero = match config.scales[0] {
            Scale::Float32ZeroInside { zero, .. } => Some(zero),
            _ => None,
        };
        let odd = zero.is_some_and(|z| z % 2 != 0);
        (1..=90).contains(&shift).then_some(Form { shift, multipliers, ..Form::new(Kind::TieWindow { odd, zero }) })
    }

    fn half_even(config: &Config) -> Option<Form> {
        let part = |s: &Scale| match *s {
            Scale::HalfEven { multiplier, shift } => {
                let even = multiplier.trailing_zeros().min(shift);
                (multiplier >> even, shift - even)
            }
            _ => (0, 0),
        };
        let (shift, multipliers) = common_shift(&config.scales.iter().map(part).collect::<Vec<_>>())?;
        (shift > 0).then_some(Form { shift, multipliers, ..Form::new(Kind::HalfEven) })
    }

    fn double(config: &Config) -> Option<Form> {
        let mut multipliers = Vec::new();
        let mut rights = Vec::new();
        for s in &config.scales {
            let Scale::TfliteDouble { multiplier, shift } = *s else { return None };
            multipliers.push(i64::from(multiplier) << shift.max(0));
            rights.push((-shift).max(0) as u32);
        }
        if rights.iter().all(|r| *r == rights[0]) {
            rights.truncate(1);
        }
        Some(Form { shift: 31, multipliers, rights, ..Form::new(Kind::Double) })
    }

    /// The scaled accumulator, before the zero point, in plain integers.
    pub fn apply(&self, channel: usize, acc: i64) -> i64 {
        let m = i128::from(self.multipliers[channel % self.multipliers.len()]);
        let (x, s) = (i128::from(acc), self.shift);
        let y = match self.kind {
            Kind::Affine => (x * m + i128::from(self.biases[channel % self.biases.len()])) >> s,
            Kind::HalfEven => round_shift(x * m, s, Rounding::HalfEven),
            Kind::SignMagnitude => round_shift(x * m, s, Rounding::HalfAway),
            Kind::TieWindow { odd, zero } => {
                let n = nearest_in_24_bits(x).unsigned_abs() * m.unsigned_abs();
                let whole = if x < 0 { -((n >> s) as i128) } else { (n >> s) as i128 };
                let sum = zero.map_or(0, |z| (whole + i128::from(z)).unsigned_abs());
                let q = tie_window(n, s, odd, sum);
                if x < 0 {
                    -(q as i128)
                } else {
                    q as i128
                }
            }
            Kind::Double => {
                let high = (x * m + (1 << (s - 1))) >> s;
                let right = self.rights[channel % self.rights.len()];
                round_shift(high, right, Rounding::HalfAway)
            }
        };
        let fix = self.fixes.iter().find(|f| f.0 == acc).map_or(0, |f| i128::from(f.1));
        (y + fix).clamp(i64::MIN.into(), i64::MAX.into()) as i64
    }

    /// True if form and framework give the same code everywhere: at both ends and on both sides of every
    /// threshold of either, on every channel.
    fn agrees(&self, config: &Config) -> bool {
        let range = config.range();
        (0..self.multipliers.len().max(self.rights.len()).max(self.biases.len()).max(config.offsets.len())).all(
            |channel| {
                let want: Requant = config.requant(channel);
                // Neighbours often are the same: they are looked at once.
                if channel > 0 && config.requant(channel - 1) == want {
                    return true;
                }
                let code =
                    |acc: i64| self.apply(channel, acc).saturating_add(want.zero_point).clamp(want.min, want.max);
                let ends = [config.acc_min, config.acc_max];
                let sides = want.thresholds(range).into_iter().flat_map(|t| [t - 1, t]);
                if let (Kind::Double, true) = (self.kind, overflows(config, channel)) {
                    return false;
                }
                ends.into_iter().chain(sides).all(|acc| code(acc) == want.apply(acc))
            },
        )
    }

    /// Bits of the widest multiplier.
    pub fn multiplier_bits(&self) -> u32 {
        self.multipliers.iter().map(|m| 64 - m.leading_zeros()).max().unwrap_or(1).max(1)
    }

    /// Bits of the widest bias, with its sign.
    pub fn bias_bits(&self) -> u32 {
        let ends = |v: Option<&i64>| i128::from(v.copied().unwrap_or(0));
        bits_for_range(Range::new(ends(self.biases.iter().min()), ends(self.biases.iter().max())), true)
    }

    /// One line for the header.
    pub fn describe(&self) -> String {
        let (m, s) = (self.multiplier_bits(), self.shift);
        match self.kind {
            Kind::Affine => match self.biases[..] {
                [bias] => format!("floor((acc * m + {bias}) / 2^{s}), m of {m} bits"),
                _ => format!("floor((acc * m + b) / 2^{s}), m of {m} bits, b of {} bits", self.bias_bits()),
            },
            Kind::HalfEven => format!("acc * m / 2^{s} half to even, m of {m} bits"),
            Kind::SignMagnitude => format!("sign(acc) * floor((abs(acc) * m + 2^{}) / 2^{s}), m of {m} bits", s - 1),
            Kind::TieWindow { odd, .. } => {
                let to = if odd { "odd" } else { "even" };
                let fixes = match self.fixes.len() {
                    0 => String::new(),
                    n => format!("; {n} accumulators one more or less"),
                };
                format!("abs(acc) * m / 2^{s} to nearest, ties within half a float32 ulp to {to}, m of {m} bits{fixes}")
            }
            Kind::Double => format!("(acc * m / 2^31 half up) / 2^right half away, m of {m} bits"),
        }
    }
}

/// At most so many bits has the multiplier of these scales, whatever accumulators occur.
pub fn most_multiplier_bits(scales: &[Scale]) -> u32 {
    let bits = |m: i64| 64 - m.leading_zeros();
    // Channels with a smaller shift have their multipliers scaled up.
    let spread = |shift: &dyn Fn(&Scale) -> i32| {
        let (least, most) = scales.iter().map(shift).fold((i32::MAX, i32::MIN), |(a, b), s| (a.min(s), b.max(s)));
        most.saturating_sub(least).max(0) as u32
    };
    let most = match scales.first() {
        Some(Scale::TfliteDouble { .. }) => {
            31 + spread(&|s| if let Scale::TfliteDouble { shift, .. } = s { (*shift).max(0) } else { 0 })
        }
        Some(Scale::Float32HalfEven(_)) => {
            24 + spread(&|s| {
                if let Scale::Float32HalfEven(x) = s {
                    crate::num::gemmlowp::frexp(f64::from(*x)).1
                } else {
                    0
                }
            })
        }
        Some(Scale::HalfUp { .. } | Scale::Floor { .. } | Scale::HalfEven { .. }) => {
            let part = |s: &Scale| match *s {
                Scale::HalfUp { multiplier, shift }
                | Scale::HalfEven { multiplier, shift }
                | Scale::Floor { multiplier, shift } => (multiplier, shift),
                _ => (0, 0),
            };
            let widest = scales.iter().map(|s| bits(part(s).0)).max().unwrap_or(0);
            let exact = widest + spread(&|s| part(s).1 as i32);
            if matches!(scales[0], Scale::HalfEven { .. }) {
                exact.max(FITTED_BITS)
            } else {
                exact
            }
        }
        // Searched from few bits to many.
        Some(Scale::RealHalfAway(_) | Scale::MeanHalfAway(_)) => 56,
        _ => FITTED_BITS,
    };
    most.clamp(1, MAX_MULTIPLIER_BITS)
}

fn gain(s: &Scale) -> Option<f64> {
    match *s {
        Scale::Float32ZeroInside { scale, .. } => Some(scale.into()),
        Scale::Affine { gain, .. } => Some(gain),
        Scale::HalfEven { multiplier, shift } => Some(multiplier as f64 * 2f64.powi(-(shift as i32))),
        Scale::Float32Sum { scale, to, .. } => Some(f64::from(scale) / f64::from(to)),
        _ => None,
    }
}

/// A multiplier for a gain, and the middle of the biases that meet all thresholds.
fn line(gain: f64, shift: u32, want: &Requant, goals: &[i64]) -> Option<(i64, i64)> {
    let m = (gain * 2f64.powi(shift as i32)).round() as i64;
    let (mut least, mut most) = (i128::MIN, i128::MAX);
    for t in goals {
        // At t the code is reached, below it is not.
        let code = i128::from(want.apply(*t) - want.zero_point) << shift;
        let below = (i128::from(want.apply(t - 1) - want.zero_point) + 1) << shift;
        least = least.max(code - i128::from(*t) * i128::from(m));
        most = most.min(below - 1 - i128::from(t - 1) * i128::from(m));
    }
    if goals.is_empty() {
        // One code for all accumulators.
        return i64::try_from(i128::from(want.apply(0) - want.zero_point) << shift).ok().map(|bias| (0, bias));
    }
    let bias = least + (most - least) / 2;
    i64::try_from(bias).ok().filter(|_| least <= most).map(|bias| (m, bias))
}

fn real(s: &Scale) -> Option<f64> {
    match s {
        Scale::RealHalfAway(m) => Some(*m),
        Scale::MeanHalfAway(n) => Some(1.0 / f64::from(*n)),
        _ => None,
    }
}

/// `acc << left` must stay within 32 bits, as the framework computes it.
fn overflows(config: &Config, channel: usize) -> bool {
    let Scale::TfliteDouble { shift, .. } = config.requant(channel).scale else { return false };
    let shifted = |acc: i64| i128::from(acc) << shift.max(0);
    shifted(config.acc_min) < i32::MIN.into() || shifted(config.acc_max) > i32::MAX.into()
}

/// Multipliers for the largest of the shifts. `None` if one outgrows 62 bits.
fn common_shift(parts: &[(i64, u32)]) -> Option<(u32, Vec<i64>)> {
    let shift = parts.iter().map(|p| p.1).max()?;
    let scaled =
        parts.iter().map(|(m, s)| i64::try_from(i128::from(*m).checked_shl(shift - s)?).ok()).collect::<Option<_>>()?;
    Some((shift, scaled))
}

/// `n / 2^s` to the nearest integer as float32 arithmetic sees it: within half an ulp of the product, or of the sum to which it is
/// added, everything is a tie, and ties go to even (or to odd). Source: framework-rules.md 3.
pub fn tie_window(n: u128, s: u32, odd: bool, sum: u128) -> u128 {
    let (q, rem, half) = (n >> s, n & ((1 << s) - 1), 1u128 << (s - 1));
    let octave = 127u32.saturating_sub(n.leading_zeros());
    let ulp = |octave: u32| if octave >= 24 { 1u128 << (octave - 24) } else { 0 };
    let of_sum = if sum > 0 { ulp((127 - sum.leading_zeros() + s).min(24 + 100)) } else { 0 };
    let window = ulp(octave).max(of_sum);
    if rem.abs_diff(half) <= window {
        q + ((q & 1) ^ u128::from(odd))
    } else {
        q + u128::from(rem > half)
    }
}
