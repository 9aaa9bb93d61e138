//! `argmax`: the index of a frame's largest element, the first of several equal ones.
//!
//! `y = min { i : x[i] = max(x) }`. Lanes of a beat are compared in a tree, then with the best so far.
//! Contract for `n` beats in: latency `n`, II `n`; one beat out.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_count, bits_for_unsigned, Prng};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Bits of an element.
        bits: u32 = 8, in 1..=62;
        /// Elements are two's complement.
        signed: bool = true;
        /// Elements a beat.
        lanes: u32 = 1, in 1..=64;
        /// Elements of a frame.
        elements: u32 = 10, in 1..=1048576;
    }
}

impl Config {
    /// Bits of the index.
    pub fn index_bits(&self) -> u32 {
        bits_for_count(self.elements.into())
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "argmax",
        summary: "finds the index of the largest element of a frame",
        equation: "y = min { i : x[i] = max(x) }",
    };
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        Ok(())
    }
    fn key(&self) -> String {
        format!("{}{}x{}_n{}", if self.signed { "s" } else { "u" }, self.lanes, self.bits, self.elements)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(_: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let n = u64::from(c.elements.div_ceil(c.lanes));
        Contract { latency: n, ii: n }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.elements as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        // The index of a beat's first lane; a power of two is no multiplication.
        let beats = c.elements.div_ceil(c.lanes);
        let product = u64::from(beats > 1 && !c.lanes.is_power_of_two());
        let bits = [beats - 1, c.lanes].map(|n| bits_for_unsigned(n.into()));
        Cost::logic(30 + 3 * u64::from(c.lanes * c.bits)).multipliers(product, bits[0], bits[1])
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
}
