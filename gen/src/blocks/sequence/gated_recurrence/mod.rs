//! `gated_recurrence`: a state that moves to what comes in, as far as a gate lets it: what an MLGRU does of each element.
//!
//! With `v = candidate 2^up` and `f` in units of `2^-gate_bits`: `h = f h' + (1 - f) v`, `h'` that of the frame before, zero after reset; in integers
//! `h = v + ((f (h' - v) + 2^(gate_bits - 1)) >> gate_bits)`, which lies between both: nothing saturates. `h` leaves, and is kept. Source: MatMul-free LM
//! (ridgerchu/matmulfreellm, commit a016f72: `h_t = f h_(t-1) + (1 - f) silu(i)`), whose float state this replaces.
//!
//! Streams: `a_axis` the gates, `b_axis` the candidates, in one order; a frame has `channels` of each. `last` is that of `a_axis`; elements are counted.
//!
//! Contract for a frame of `n` beats: II `max(n, 6)`, latency `n + 4`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Sequence, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements of a frame.
        channels: u32 = 16, in 1..=65536;
        /// Elements of a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of a gate, not negative.
        gate_bits: u32 = 8, in 1..=16;
        /// Bits of a candidate, two's complement.
        bits: u32 = 8, in 2..=16;
        /// Bits behind a candidate's point: the state has so many more.
        up: u32 = 8, in 0..=15;
    }
}

/// Registers between an operand and the result, which is written back in the cycle behind the last one.
const CYCLES: u32 = 5;

/// Widest state.
const MOST_STATE: u32 = 24;

impl Config {
    /// Bits of the state.
    pub fn state_bits(&self) -> u32 {
        self.bits + self.up
    }
    /// Cycles of a frame behind others.
    pub fn row_cycles(&self) -> u64 {
        u64::from(self.beats().max(CYCLES + 1))
    }
    fn beats(&self) -> u32 {
        self.channels.div_ceil(self.lanes)
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "gated_recurrence",
        summary: "keeps a state that moves to what comes in as far as a gate lets it",
        equation: "h[i] = f[i] h'[i] + (1 - f[i]) v[i], h' of the frame before",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("wide", "channels=1024 lanes=4"), ("few", "channels=2 gate_bits=4 up=4")];
    // Frames whose beats wait for their own, and longer ones.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("a few beats", "channels=5 lanes=2 gate_bits=3 bits=3 up=1"),
        ("many beats", "channels=9 gate_bits=4 bits=4 up=2"),
    ];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let bits = self.state_bits();
        if bits > MOST_STATE {
            let help = "take fewer bits behind the point";
            let (block, what, limit) = (Self::ABOUT.name, "the state", MOST_STATE);
            return Err(vec![ConfigError::TooWide { block, what, bits, limit, help }]);
        }
        Ok(())
    }
    fn key(&self) -> String {
        format!("{}x{}_g{}s{}u{}", self.channels, self.lanes, self.gate_bits, self.bits, self.up)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::next(c, inputs, &mut vec![0; c.channels as usize])
    }
    fn sequence(c: &Checked<Self>) -> Sequence<'_> {
        let mut state = vec![0; c.channels as usize];
        Box::new(move |inputs| golden::next(c, inputs, &mut state))
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let n = u64::from(c.beats());
        Contract { latency: n + u64::from(CYCLES) - 1, ii: c.row_cycles() }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.channels as usize; 2])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let (lanes, bits) = (u64::from(c.lanes), c.state_bits());
        Cost::logic(60 + lanes * (3 * u64::from(bits) + u64::from(c.gate_bits)))
            .ram(c.beats().into(), lanes * u64::from(bits))
            .multipliers(lanes, bits + 1, c.gate_bits + 1)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(c.channels.to_string(), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        let [shut, open] = [0, (1 << c.gate_bits) - 1].map(|f| inputs[0].contains(&f));
        let ends = [-(1i64 << (c.bits - 1)) << c.up, ((1i64 << (c.bits - 1)) - 1) << c.up];
        let kept = inputs[1].iter().zip(&outputs[0]).any(|(v, h)| v << c.up != *h);
        vec![
            ("a gate lets all in", shut),
            ("a gate keeps nearly all", open),
            ("the state at an end", outputs[0].iter().any(|h| ends.contains(h))),
            ("the state is not what comes in", kept),
        ]
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![
            ("state", format!("{} elements of {} bits, zero after reset", c.channels, c.state_bits())),
            ("gate", format!("in units of 2^-{}", c.gate_bits)),
        ]
    }
}
