//! `row_scale`: each element of a row times a number of the row.
//!
//! `y[i] = a[i] b`, exact: `a_axis` has rows of `columns` elements, `b_axis` one element for each of them, not negative. `last` is that of `a_axis`.
//!
//! Contract for a row of `n` beats: latency `n + 4`, II `max(n, 2)`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements of a row.
        columns: u32 = 16, in 1..=65536;
        /// Elements of a beat.
        lanes: u32 = 1, in 1..=1024;
        /// Bits of an element, two's complement.
        a_bits: u32 = 16, in 2..=32;
        /// Bits of a row's number.
        b_bits: u32 = 16, in 1..=25;
    }
}

impl Config {
    /// Bits of a result.
    pub fn out_bits(&self) -> u32 {
        self.a_bits + self.b_bits
    }
    /// Cycles of a row behind others.
    pub fn row_cycles(&self) -> u64 {
        u64::from(self.columns.div_ceil(self.lanes)).max(2)
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "row_scale",
        summary: "multiplies the elements of each row by a number of the row",
        equation: "y[i] = a[i] b",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("lanes", "columns=64 lanes=4 a_bits=20")];
    const MUTATED: &'static [(&'static str, &'static str)] =
        &[("rows of a beat", "columns=1 a_bits=3 b_bits=3"), ("rows", "columns=5 lanes=2 a_bits=4 b_bits=3")];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        Ok(())
    }
    fn key(&self) -> String {
        format!("{}x{}_s{}u{}", self.columns, self.lanes, self.a_bits, self.b_bits)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let n = u64::from(c.columns.div_ceil(c.lanes));
        Contract { latency: n + 4, ii: c.row_cycles() }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.columns as usize, 1])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let lanes = u64::from(c.lanes);
        Cost::logic(40 + u64::from(c.b_bits) + lanes * u64::from(c.out_bits())).multipliers(
            lanes,
            c.a_bits,
            c.b_bits + 1,
        )
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(c.columns.to_string(), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        let most = (-1i64 << (c.a_bits - 1)) * ((1 << c.b_bits) - 1);
        vec![("the row's number is zero", inputs[1] == [0]), ("the largest product", outputs[0].contains(&most))]
    }
}
