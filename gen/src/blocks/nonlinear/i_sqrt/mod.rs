//! `i_sqrt`: square roots of integers, rounded down.
//!
//! `y = floor(sqrt(x))`: what I-BERT's iteration `x' = (x + n // x) >> 1` from `2^ceil(bits / 2)` ends with (kssteven418/I-BERT, quant_modules.py). Here it
//! is found digit by digit: a stage for each bit of the root.
//!
//! Contract for a frame of `b` beats: II `b`, latency `b` and a cycle for each bit of the root but one.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::parts::line;
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of an element, not negative.
        bits: u32 = 16, in 1..=62;
    }
}

impl Config {
    /// Bits of a root.
    fn out_bits(&self) -> u32 {
        self.bits.div_ceil(2)
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "i_sqrt",
        summary: "gives square roots of integers, rounded down",
        equation: "y = floor(sqrt(x))",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("wide", "bits=45"), ("lanes", "lanes=4 bits=24")];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        Ok(())
    }
    fn key(&self) -> String {
        format!("{}xu{}", self.lanes, self.bits)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        line::contract(inputs[0].len(), c.lanes, c.out_bits())
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(u64::from(c.lanes * c.out_bits() * (c.bits + 4)))
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        vec![
            ("zero", inputs[0].contains(&0)),
            ("a square", inputs[0].iter().zip(&outputs[0]).any(|(x, y)| y * y == *x)),
            ("one below a square", inputs[0].iter().zip(&outputs[0]).any(|(x, y)| (y + 1) * (y + 1) == x + 1)),
            ("the largest", inputs[0].contains(&((1 << c.bits) - 1))),
        ]
    }
}
