//! `depthwise`: a depthwise convolution's sums: each channel's patch times that channel's kernel, held in ROM.
//!
//! `acc[c] = sum_t w[c][t] (x[c][t] - x_zero) + bias[c]`, exact, for `c < channels`, `t < taps`.
//!
//! A frame is one patch in the order of `sliding_window`'s `order=channels`: for each beat of `lanes` channels all taps. Sums leave as
//! beats of `lanes` channels. The zero point moves into the bias; where `lanes` does not divide `channels` the tail lanes are
//! padding. An element is that of `mac_array`'s tree with one product.
//!
//! Contract, with `n = ceil(channels / lanes) taps`: II `n`, latency `n + 2` and the registers inside an element.

mod golden;
mod layout;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

pub use layout::Layout;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary, Work};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{range_of, Prng};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Channels of a pixel.
        channels: u32 = 4, in 1..=8192;
        /// Channels computed in parallel.
        lanes: u32 = 2, in 1..=1024;
        /// Taps of a patch.
        taps: u32 = 9, in 1..=4096;
        /// Bits of an activation.
        x_bits: u32 = 8, in 1..=16;
        /// Activations are two's complement.
        x_signed: bool = true;
        /// Zero point of the activations.
        x_zero: i64 = 0, in -32768..=65535;
        /// Bits of a weight (two's complement).
        w_bits: u32 = 8, in 1..=16;
        /// Registers inside an element: 0 none, 1 after the product.
        pipeline: u32 = 1, in 0..=1;
        /// The kernels, channel by channel (`channels * taps` values). Empty: pseudo-random.
        weights: Vec<i64> = Vec::new(), in -32768..=32767;
        /// One value a channel. Empty: zeros.
        bias: Vec<i64> = Vec::new(), in -2147483648..=2147483647;
    }
}

impl Config {
    fn rules(&self, weights: &[i64], bias: &[i64]) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let expected = self.channels as usize * self.taps as usize;
        if weights.len() != expected {
            let (found, help) = (weights.len(), "give channels * taps values, channel by channel");
            errors.push(ConfigError::Count { block, field: "weights", found, expected: expected.to_string(), help });
        }
        if bias.len() != self.channels as usize {
            let (found, help) = (bias.len(), "give one value for each channel");
            errors.push(ConfigError::Count { block, field: "bias", found, expected: self.channels.to_string(), help });
        }
        let fits = |v: i64, bits, signed| range_of(bits, signed).is_some_and(|r| r.contains(v.into()));
        if let Some(value) = weights.iter().copied().find(|w| !fits(*w, self.w_bits, true)) {
            errors.push(ConfigError::DoesNotFit { block, field: "weights", value, bits: self.w_bits });
        }
        if !fits(self.x_zero, self.x_bits, self.x_signed) {
            errors.push(ConfigError::DoesNotFit { block, field: "x_zero", value: self.x_zero, bits: self.x_bits });
        }
        if self.lanes > self.channels {
            let (value, useful) = (self.lanes.into(), self.channels.into());
            errors.push(ConfigError::NoEffect { block, field: "lanes", value, useful });
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "depthwise",
        summary: "multiplies each channel's patch by its own kernel",
        equation: "acc[c] = sum over t of w[c][t] * (x[c][t] - x_zero) + bias[c]",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[("small", ""), ("layer", "channels=64 lanes=8")];
    type Derived = Layout;

    fn derive(&self) -> Result<Layout, Vec<ConfigError>> {
        let size = self.channels as usize * self.taps as usize;
        let weights = if self.weights.is_empty() {
            let r = range_of(self.w_bits, true).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
            let mut rng = Prng::named(0, "depthwise");
            (0..size).map(|_| rng.range(r.0, r.1)).collect()
        } else {
            self.weights.clone()
        };
        let bias = if self.bias.is_empty() { vec![0; self.channels as usize] } else { self.bias.clone() };
        let errors = self.rules(&weights, &bias);
        if errors.is_empty() {
            Ok(Layout::new(self, weights, bias))
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let sign = if self.x_signed { "s" } else { "u" };
        let (c, t, l, x, w) = (self.channels, self.taps, self.lanes, self.x_bits, self.w_bits);
        format!("{c}x{t}_l{l}_{sign}{x}s{w}_h{}", crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let n = u64::from(c.derived().groups) * u64::from(c.taps);
        Contract { latency: n + 2 + u64::from(c.derived().cell.stages()), ii: n }
    }
    fn work(c: &Checked<Self>) -> Option<Work> {
        Some(Work { products: u64::from(c.channels) * u64::from(c.taps), elements: c.lanes.into() })
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.derived().groups as usize * c.taps as usize * c.lanes as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let l = c.derived();
        let (lanes, groups) = (u64::from(c.lanes), u64::from(l.groups));
        // One bias for all channels is no memory.
        let biases = if l.bias.iter().all(|b| *b == l.bias[0]) { 0 } else { l.bias_bits.into() };
        Cost::logic(60 + 50 * lanes)
            .roms(1, groups * u64::from(c.taps), lanes * u64::from(l.cell.b_bits()))
            .roms(1, groups, lanes * biases)
            .multipliers(lanes, c.x_bits, l.cell.b_bits())
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} x {}", c.channels, c.taps), c.lanes).simd(1)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let l = c.derived();
        vec![
            ("folding", format!("{} multipliers, {} groups of {} taps", c.lanes, l.groups, c.taps)),
            ("last", "ignored at the input: a frame is a patch by count".into()),
            ("accumulator", format!("{} bits, proven for {}..={}", l.acc_bits, l.acc.lo, l.acc.hi)),
        ]
    }
}
