//! `skid_buffer`: a stream, one cycle later, with every handshake signal registered.
//!
//! Two places: the output register and the skid place that catches the beat which was already on its way
//! when the receiver stopped. `ready` comes from a register, so it cuts the combinational path from
//! receiver to sender (rule 4 of docs/stream.md) and still passes a beat every cycle.
//!
//! Contract for a frame of `n` beats: latency `n`, II `n`.

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
        lanes: u32 = 1, in 1..=256;
        /// Elements are two's complement (passed on to whoever connects).
        signed: bool = false;
    }
}

impl BlockConfig for Config {
    const ABOUT: About =
        About { name: "skid_buffer", summary: "registers a stream in both directions", equation: "y[i] = x[i]" };
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        Ok(())
    }
    fn key(&self) -> String {
        format!("{}{}x{}", if self.signed { "s" } else { "u" }, self.lanes, self.bits)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(_: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let n = inputs[0].len().div_ceil(c.lanes as usize) as u64;
        Contract { latency: n, ii: n }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(4 + u64::from(c.lanes * c.bits))
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
}
