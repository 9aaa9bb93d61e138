//! `stream_fifo`: a first-in first-out buffer of `depth` beats in a RAM, plus the beat at the output.
//!
//! `ready` and `valid` come from registers. A beat takes two cycles through an empty buffer: one to be
//! written, one to be read (the RAM's read latency); a word is never read in the cycle that writes it.
//!
//! Contract for a frame of `n` beats: latency `n + 1`, II `n`; at `depth = 1` reads and writes alternate:
//! latency `2 n`, II `2 n`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::config::MOST_BITS;
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Bits of an element.
        bits: u32 = 8, in 1..=63;
        /// Elements a beat.
        lanes: u32 = 1, in 1..=1024;
        /// Elements are two's complement (passed on to whoever connects).
        signed: bool = false;
        /// Beats held, besides the one at the output.
        depth: u32 = 16, in 1..=16777216;
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About { name: "stream_fifo", summary: "buffers beats in order", equation: "y[i] = x[i]" };
    type Derived = ();

    fn bounds(&self) -> Vec<Bound> {
        vec![Bound::new("depth * lanes * bits", [self.depth, self.lanes, self.bits], MOST_BITS)]
    }
    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        Ok(())
    }
    fn key(&self) -> String {
        format!("{}{}x{}_d{}", if self.signed { "s" } else { "u" }, self.lanes, self.bits, self.depth)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(_: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let n = inputs[0].len().div_ceil(c.lanes as usize) as u64;
        if c.depth == 1 {
            Contract { latency: 2 * n, ii: 2 * n }
        } else {
            Contract { latency: n + 1, ii: n }
        }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(80).ram(c.depth.into(), u64::from(c.lanes * c.bits + 1))
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} beats", c.depth), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
}
