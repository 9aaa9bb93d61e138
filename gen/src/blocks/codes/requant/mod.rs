//! `requant`: integer accumulators to small codes, exactly as a framework does it.
//!
//! `y = clamp(scale(acc) + zero_point + offset, min, max)` for each element, `offset` of its channel (or none); `scale` is one of the frameworks'
//! roundings ([`Scale`]; operators.md and framework-rules.md give the sources), with one scale or one for
//! each channel. The hardware multiplies by an integer and shifts, in the form of [`form`], and is checked against
//! the framework's own arithmetic at every threshold of every channel before anything is built: all forms
//! are monotone, so agreement at the thresholds is agreement on the whole range `acc_min..=acc_max`.
//!
//! With `digit` bits of the multiplier in a cycle, products are made of shifted sums, without a multiplier: a beat takes
//! `k = ceil(bits of the multiplier / digit)` cycles; `digit=0` multiplies at once, `k = 1`.
//!
//! Contract for a frame of `n` beats: latency `n k + 3`, II `n k` (four registered steps: operands, product,
//! rounding, clamp).

mod cost;
pub mod form;
mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use form::Form;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_range, Prng, Range, Requant, Scale};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements of a frame: channels of one pixel, or of one vector.
        channels: u32 = 8, in 1..=1048576;
        /// Elements a beat.
        lanes: u32 = 1, in 1..=1024;
        /// Bits of an accumulator (two's complement).
        acc_bits: u32 = 20, in 2..=48;
        /// Lowest accumulator that occurs. The form is proven on this range.
        acc_min: i64 = -524288, in -140737488355328..=140737488355327;
        /// Highest accumulator that occurs.
        acc_max: i64 = 524287, in -140737488355328..=140737488355327;
        /// Bits of an output code.
        out_bits: u32 = 8, in 1..=17;
        /// Output codes are two's complement.
        out_signed: bool = true;
        /// One scale, or one for each channel.
        scales: Vec<Scale> = vec![Scale::Float32HalfEven(0.000_244_140_63)];
        /// Added after the rounding.
        zero_point: i64 = 0, in -65536..=65535;
        /// Added to the zero point, one for each channel. Empty: zeros.
        offsets: Vec<i64> = Vec::new(), in -65536..=65535;
        /// Lowest output code (the type's, or a fused activation's).
        min: i64 = -128, in -65536..=65535;
        /// Highest output code.
        max: i64 = 127, in -65536..=65535;
        /// Bits of the multiplier in a cycle; 0: all of them, by a multiplier.
        digit: u32 = 0, in 0..=8;
    }
}

impl Config {
    /// The accumulators that occur.
    pub fn range(&self) -> Range {
        Range::new(self.acc_min.into(), self.acc_max.into())
    }

    /// The golden requantizer of a channel.
    pub fn requant(&self, channel: usize) -> Requant {
        let scale = self.scales[channel % self.scales.len()];
        Requant { scale, zero_point: self.zero_point_of(channel), min: self.min, max: self.max }
    }

    /// What is added after a channel's rounding.
    pub fn zero_point_of(&self, channel: usize) -> i64 {
        self.zero_point + self.offsets.get(channel % self.channels as usize).copied().unwrap_or(0)
    }

    /// What is added after the rounding, over all channels.
    pub fn zero_points(&self) -> Range {
        let (lo, hi) = (self.offsets.iter().min(), self.offsets.iter().max());
        let of = |offset: Option<&i64>| i128::from(self.zero_point) + i128::from(offset.copied().unwrap_or(0));
        Range::new(of(lo), of(hi))
    }

    /// Cycles of a beat, for a multiplier of so many bits.
    pub fn cycles(&self, multiplier_bits: u32) -> u32 {
        if self.digit == 0 {
            return 1;
        }
        multiplier_bits.div_ceil(self.digit)
    }

    fn check(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        if self.acc_min > self.acc_max {
            let (low_value, high_value) = (self.acc_min, self.acc_max);
            errors.push(ConfigError::EmptyRange { block, low: "acc_min", low_value, high: "acc_max", high_value });
        }
        if self.min > self.max {
            errors.push(ConfigError::EmptyRange {
                block,
                low: "min",
                low_value: self.min,
                high: "max",
                high_value: self.max,
            });
        }
        for (field, value, bits, signed) in [
            ("acc_min", self.acc_min, self.acc_bits, true),
            ("acc_max", self.acc_max, self.acc_bits, true),
            ("min", self.min, self.out_bits, self.out_signed),
            ("max", self.max, self.out_bits, self.out_signed),
        ] {
            if bits_for_range(Range::new(value.into(), value.into()), signed) > bits || (!signed && value < 0) {
                errors.push(ConfigError::DoesNotFit { block, field, value, bits });
            }
        }
        let n = self.scales.len();
        if n != 1 && n != self.channels as usize {
            let (expected, help) = (format!("1 or {}", self.channels), "give one scale, or one for each channel");
            errors.push(ConfigError::Count { block, field: "scales", found: n, expected, help });
        }
        let found = self.offsets.len();
        if found != 0 && found != self.channels as usize {
            let (expected, help) = (format!("0 or {}", self.channels), "give none, or one for each channel");
            errors.push(ConfigError::Count { block, field: "offsets", found, expected, help });
        } else if found > 0 && matches!(self.scales[..], [Scale::Float32ZeroInside { .. }, ..]) {
            let (value, with) =
                (format!("{found} values"), "a zero point inside of the rounding; help: give none".into());
            errors.push(ConfigError::NotServed { block, field: "offsets", value, with });
        }
        for s in &self.scales {
            let scale = crate::blocks::Setting::show(s);
            if !s.is_legal() {
                errors.push(ConfigError::Scale {
                    block,
                    scale,
                    help: "scales are positive and finite; multipliers and shifts have legal ranges",
                });
            } else if s.name() != self.scales[0].name() {
                errors.push(ConfigError::Scale { block, scale, help: "all channels use one kind of rounding" });
            }
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "requant",
        summary: "turns accumulators into small codes, as a framework rounds",
        equation: "y = clamp(scale(acc) + zero_point + offset, min, max)",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[
            ("small", "channels=4 scales=tflite-double:1518500250:-10,tflite-double:1932735283:-11,tflite-double:1203456789:-9,tflite-double:1843200000:-10 zero_point=-3"),
            ("wide", "lanes=8"),
            ("serial", "digit=2 scales=tflite-double:1518500250:-10"),
        ];
    type Derived = Form;

    fn derive(&self) -> Result<Form, Vec<ConfigError>> {
        let errors = self.check();
        if !errors.is_empty() {
            return Err(errors);
        }
        Form::find(self).map_err(|e| vec![e])
    }
    /// Lanes and digits have the same form.
    fn rederive(&self, earlier: &Checked<Self>) -> Option<Form> {
        let (lanes, digit) = (self.lanes, self.digit);
        let same = *self == Config { lanes, digit, ..(**earlier).clone() } && self.check().is_empty();
        same.then(|| earlier.derived().clone())
    }
    fn key(&self) -> String {
        let sign = if self.out_signed { "s" } else { "u" };
        format!(
            "a{}_{sign}{}_c{}x{}_h{}",
            self.acc_bits,
            self.out_bits,
            self.channels,
            self.lanes,
            crate::blocks::digest(self)
        )
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let n = u64::from(c.channels.div_ceil(c.lanes)) * u64::from(c.cycles(c.derived().multiplier_bits()));
        Contract { latency: n + 3, ii: n }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.channels as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        cost::of(c)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        let digit = (c.digit > 0).then_some(c.digit);
        Summary { digit, ..Summary::new(c.channels.to_string(), c.lanes) }
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        stimulus::bins(c, inputs, outputs)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let products = match (c.digit, c.cycles(c.derived().multiplier_bits())) {
            (0, _) => "at once, by multipliers".into(),
            (digit, 1) => format!("at once, as sums of {digit} shifted operands"),
            (digit, cycles) => format!("{digit} bits of the multiplier in a cycle, {cycles} cycles a beat"),
        };
        vec![
            ("rounding", c.scales[0].name().into()),
            ("form", c.derived().describe()),
            ("products", products),
            ("last", "passed on; channels are counted, a frame has as many elements".into()),
        ]
    }
}
