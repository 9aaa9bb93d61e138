//! `row_gain`: how large the largest element of a row is beside all of them: what undoes a BitLinear's quantizer behind its RMSNorm.
//!
//! With `M` the largest magnitude of a row, `V` the sum of its squares, `k = max(floor(sqrt V), 1)`: `y = floor(M 2^fraction / k)`, one number a row, at most
//! `2^fraction`. BitLinear's sums of codes `T x / M` are worth `M / (T rms)` each, `rms = sqrt(V / n)` of `n` elements: `y 2^-fraction sqrt(n) / T`.
//! Source: MatMul-free LM (ridgerchu/matmulfreellm, commit a016f72), with the norm's epsilon left out: a row of zeros gives 0.
//!
//! A frame is a row of `columns` elements, and becomes one element, whose `last` is set.
//!
//! Contract for a row of `n` beats: II `max(n, D)`, `D` the cycles of a root and a division, a bit each.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::parts::row_codes::Rows;
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, Prng};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements of a row.
        columns: u32 = 64, in 1..=4096;
        /// Elements of a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of an element, two's complement.
        bits: u32 = 16, in 2..=16;
        /// Bits of a result behind its point.
        fraction: u32 = 15, in 1..=24;
    }
}

impl Config {
    /// Cycles of a row behind others.
    pub fn row_cycles(&self) -> u64 {
        self.timing().1
    }
    fn rows(&self) -> Rows {
        let Config { columns, lanes, bits, .. } = *self;
        Rows { columns, lanes, bits, signed: true, absent: false, out_bits: self.out_bits(), out_signed: false }
    }
    /// Bits of a result.
    pub fn out_bits(&self) -> u32 {
        self.fraction + 1
    }
    /// Bits of the sum of squares.
    fn squares_bits(&self) -> u32 {
        bits_for_unsigned(u128::from(self.columns) << (2 * self.bits - 2))
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "row_gain",
        summary: "tells how large the largest element of a row is beside all of them",
        equation: "y = floor(2^f max over k of |x[k]| / max(floor(sqrt(sum over k of x[k]^2)), 1))",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[("small", ""), ("a token", "columns=1024 lanes=8")];
    const MUTATED: &'static [(&'static str, &'static str)] =
        &[("long rows", "columns=40 bits=4 fraction=6"), ("short rows", "columns=6 lanes=2 bits=5 fraction=5")];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        if self.columns.is_multiple_of(self.lanes) {
            return Ok(());
        }
        let with = format!("rows of {} elements; help: lanes that divide them", self.columns);
        let (block, field, value) = (Self::ABOUT.name, "lanes", self.lanes.to_string());
        Err(vec![ConfigError::NotServed { block, field, value, with }])
    }
    fn key(&self) -> String {
        format!("{}x{}_s{}f{}", self.columns, self.lanes, self.bits, self.fraction)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let (latency, ii) = c.timing();
        Contract { latency, ii }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.columns as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let (lanes, bits) = (u64::from(c.lanes), u64::from(c.bits));
        Cost::logic(120 + 4 * u64::from(c.squares_bits()) + lanes * 6 * bits).multipliers(lanes, c.bits, c.bits)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("rows of {}", c.columns), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        vec![
            ("zeros", inputs[0].iter().all(|x| *x == 0)),
            ("one element alone", outputs[0] == [1 << c.fraction]),
            ("the least element", inputs[0].contains(&(-1 << (c.bits - 1)))),
        ]
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![("result", format!("in units of 2^-{}", c.fraction))]
    }
}
