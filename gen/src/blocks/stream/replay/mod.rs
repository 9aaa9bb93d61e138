//! `replay`: stores a frame and sends it several times, while the next one is stored.
//!
//! `y[t * n + i] = x[i]` for `t < times`, `i < n`, `n = beats * lanes`. Two halves of a RAM take turns: one is
//! written while the other is read.
//!
//! Contract: II `beats * times`, latency `beats + beats * times`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

pub(crate) use rtl::{replay, Replay, Times};

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements a beat.
        lanes: u32 = 4, in 1..=1024;
        /// Bits of an element.
        bits: u32 = 8, in 1..=63;
        /// Elements are two's complement.
        signed: bool = true;
        /// Beats of a frame.
        beats: u32 = 8, in 1..=65536;
        /// How often a frame is sent.
        times: u32 = 2, in 2..=65536;
    }
}

/// Most bits of the buffer.
const MAX_BITS: u64 = 1 << 28;

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "replay",
        summary: "stores a frame and sends it several times",
        equation: "y[t * n + i] = x[i], n = beats * lanes, t < times",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[("small", ""), ("rows", "lanes=8 beats=64 times=8")];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let size = 2 * u64::from(self.lanes) * u64::from(self.bits) * u64::from(self.beats);
        if size > MAX_BITS {
            let (bits, limit, help) = (crate::num::bits_for_count(size), 28, "send smaller frames");
            let what = "the index of a stored bit";
            return Err(vec![ConfigError::TooWide { block: Self::ABOUT.name, what, bits, limit, help }]);
        }
        Ok(())
    }
    fn key(&self) -> String {
        let sign = if self.signed { "s" } else { "u" };
        format!("{}x{sign}{}_{}x{}", self.lanes, self.bits, self.times, self.beats)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let sent = u64::from(c.beats) * u64::from(c.times);
        Contract { latency: u64::from(c.beats) + sent, ii: sent }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.beats as usize * c.lanes as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(60).ram(2 * u64::from(c.beats), u64::from(c.lanes * c.bits))
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(_: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![("last", "ignored at the input: a frame is its beats by count; set on the last beat sent".into())]
    }
}
