//! `lif`: leaky integrate-and-fire neurons: a potential that leaks and adds up what comes in, and fires above a threshold.
//!
//! A frame is a step of time of `channels` neurons. With `fired = U' > threshold` of the step before (strict), `U'` and `s'` the state before, zero after
//! reset, and `leak(v, b) = floor(b v / 2^fraction)`:
//!
//! ```text
//! leaky:  d = I                        cuba:  d = s = leak(s', alpha) + I
//! subtract:  U = leak(U', beta) + d - (fired ? threshold : 0)
//! zero:      U = (fired ? 0 : leak(U', beta)) + d      leaky
//!            U = fired ? 0 : leak(U', beta) + d        cuba
//! y = U > threshold
//! ```
//!
//! `U` and `s` saturate at `state_bits`. Source: snnTorch's Leaky and Synaptic with a delayed reset (after neuromorphic-polito/L2MU-Braille, commit 72344f6), as integers
//! with floors where it has floats; `vectors/lif_proposed_fixed_point.json`.
//!
//! Contract for a frame of `n` beats: II `max(n, 7)`, latency `n + 5`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Sequence, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::choice! {
    /// What adds up.
    pub enum Neuron {
        /// The potential alone.
        Leaky = "leaky",
        /// A synaptic current, too, which leaks by itself (current-based, snnTorch's Synaptic).
        CuBa = "cuba",
    }
}

crate::choice! {
    /// What a neuron does in the step after it fired.
    pub enum Reset {
        /// Its potential falls by the threshold.
        Subtract = "subtract",
        /// It begins at zero.
        Zero = "zero",
    }
}

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Neurons: elements of a frame.
        channels: u32 = 16, in 1..=65536;
        /// Elements of a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of what comes in, two's complement.
        bits: u32 = 8, in 2..=20;
        /// Bits of the state, two's complement.
        state_bits: u32 = 16, in 3..=24;
        /// Bits behind the point of `beta` and `alpha`.
        fraction: u32 = 8, in 1..=12;
        /// How much of the potential stays, in units of `2^-fraction`.
        beta: u32 = 230, in 0..=4096;
        /// How much of the synaptic current stays, in the same units.
        alpha: u32 = 0, in 0..=4096;
        /// Above this a neuron fires.
        threshold: u32 = 256, in 0..=8388607;
        /// What adds up.
        neuron: Neuron = Neuron::Leaky;
        /// What a neuron does after it fired.
        reset: Reset = Reset::Subtract;
    }
}

/// Registers between an element and its event; the state is written back in the cycle behind the last one.
const CYCLES: u32 = 6;

impl Config {
    fn beats(&self) -> u32 {
        self.channels.div_ceil(self.lanes)
    }
    /// Bits of a neuron's state.
    fn kept_bits(&self) -> u32 {
        match self.neuron {
            Neuron::Leaky => self.state_bits,
            Neuron::CuBa => 2 * self.state_bits,
        }
    }
    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let mut not = |field, value: u32, with: String| {
            errors.push(ConfigError::NotServed { block, field, value: value.to_string(), with });
        };
        let one = 1 << self.fraction;
        for (field, value) in [("beta", self.beta), ("alpha", self.alpha)] {
            if value > one {
                let with = format!("fraction={}; help: {one} is all that there is", self.fraction);
                not(field, value, with);
            }
        }
        if self.neuron == Neuron::Leaky && self.alpha > 0 {
            not("alpha", self.alpha, "neuron=leaky, which has no synaptic current; help: leave it out".into());
        }
        if self.bits > self.state_bits {
            not("bits", self.bits, format!("state_bits={}; help: widen the state", self.state_bits));
        }
        if i64::from(self.threshold) >= (1 << (self.state_bits - 1)) - 1 {
            let with = format!("state_bits={}; help: no potential is above it, widen the state", self.state_bits);
            not("threshold", self.threshold, with);
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "lif",
        summary: "leaky integrate-and-fire neurons: adds up what comes in, leaks, and fires above a threshold",
        equation:
            "U[i] = beta U'[i] + I[i] - (U'[i] > threshold) threshold; y[i] = U[i] > threshold, U' of the frame before",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("cuba", "neuron=cuba alpha=200 channels=128 lanes=4"), ("zero", "reset=zero channels=2")];
    // Frames whose beats wait for their own, and longer ones.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("a few beats", "channels=5 lanes=2 bits=4 state_bits=6 fraction=3 beta=6 threshold=9"),
        ("many beats", "channels=9 bits=3 state_bits=5 fraction=2 beta=3 alpha=2 threshold=5 neuron=cuba reset=zero"),
    ];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let errors = self.rules();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        format!("{}x{}_{}_h{}", self.channels, self.lanes, self.neuron.text(), crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::next(c, inputs, &mut vec![golden::State::default(); c.channels as usize])
    }
    fn sequence(c: &Checked<Self>) -> Sequence<'_> {
        let mut state = vec![golden::State::default(); c.channels as usize];
        Box::new(move |inputs| golden::next(c, inputs, &mut state))
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let n = u64::from(c.beats());
        Contract { latency: n + u64::from(CYCLES) - 1, ii: n.max(u64::from(CYCLES) + 1) }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.channels as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let lanes = u64::from(c.lanes);
        let parts = [Some(c.beta), (c.neuron == Neuron::CuBa).then_some(c.alpha)];
        // Nothing, or a shift.
        let products = parts.into_iter().flatten().filter(|p| *p > 0 && !p.is_power_of_two()).count() as u64;
        Cost::logic(60 + lanes * 5 * u64::from(c.kept_bits()))
            .ram(c.beats().into(), lanes * u64::from(c.kept_bits()))
            .multipliers(lanes * products, c.state_bits, c.fraction + 2)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} {} neurons", c.channels, c.neuron.text()), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn bins(_: &Checked<Self>, _: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        vec![("a neuron fires", outputs[0].contains(&1)), ("a neuron does not", outputs[0].contains(&0))]
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let what = if c.neuron == Neuron::CuBa { "potential and current" } else { "potential" };
        vec![("state", format!("{what} of {} bits, zero after reset; both ends saturate", c.state_bits))]
    }
}
