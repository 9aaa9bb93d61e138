//! `fork`: one stream to several receivers.
//!
//! `y_k[i] = x[i]` for each output `k`. Each output gets every beat as soon as it can take it, whatever the others do; the
//! input moves on when all of them have. `valid` never waits for a receiver: a flag remembers who has the beat.
//!
//! Contract for a frame of `n` beats: latency `n - 1`, II `n`: beats pass in the cycle in which they come.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost};
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
        /// Receivers: streams `m0_axis`, `m1_axis`, ...
        outputs: u32 = 2, in 2..=16;
    }
}

impl BlockConfig for Config {
    const ABOUT: About =
        About { name: "fork", summary: "sends a stream to several receivers", equation: "y_k[i] = x[i]" };
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        Ok(())
    }
    fn key(&self) -> String {
        format!("{}{}x{}_to{}", if self.signed { "s" } else { "u" }, self.lanes, self.bits, self.outputs)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let n = inputs[0].len().div_ceil(c.lanes as usize) as u64;
        Contract { latency: n.saturating_sub(1), ii: n }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(2 + 3 * u64::from(c.outputs))
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
}
