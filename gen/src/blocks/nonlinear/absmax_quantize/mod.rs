//! `absmax_quantize`: rows as codes of few bits, the largest magnitude as the largest code: BitLinear's quantizer of a token.
//!
//! With `M` the largest magnitude of a row, `T = 2^(out_bits - 1) - 1` and `F = bits + out_bits`: `R = floor(T 2^F / M)`,
//! `y = (x R + 2^(F - 1)) >> F`: `T x / M`, rounded, where `R`'s rounding moves it by less than `2^-(out_bits + 1)`. A row of zeros has zeros.
//! Source: `activation_quant` of MatMul-free LM (ridgerchu/matmulfreellm, commit a016f72), `round(x 127 / max abs x)`; the RMSNorm in front of it, without a gain,
//! changes nothing of the codes.
//!
//! A row is as long as its frame, in whole beats; it is cut after `columns`, and what follows is a row of its own, up to the end of the frame.
//!
//! Contract for a row of `n` beats, no longer than `columns`: II `max(n, bits + 2 out_bits)`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::parts::row_codes::{self, Rows};
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements of the longest row.
        columns: u32 = 64, in 1..=4096;
        /// Elements of a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of an element, two's complement.
        bits: u32 = 16, in 2..=16;
        /// Bits of a code, two's complement.
        out_bits: u32 = 8, in 2..=8;
    }
}

impl Config {
    /// Cycles of a longest row, behind others like it.
    pub fn row_cycles(&self) -> u64 {
        self.timing(self.rows().beats().into()).1
    }
    fn rows(&self) -> Rows {
        let Config { columns, lanes, bits, out_bits, .. } = *self;
        Rows { columns, lanes, bits, signed: true, absent: false, out_bits, out_signed: true }
    }
    /// `F`.
    fn fraction(&self) -> u32 {
        self.bits + self.out_bits
    }
    /// `T`.
    fn largest(&self) -> i64 {
        (1 << (self.out_bits - 1)) - 1
    }
    /// Bits of `R`.
    fn inverse_bits(&self) -> u32 {
        self.fraction() + self.out_bits - 1
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "absmax_quantize",
        summary: "makes rows codes of few bits, the largest magnitude the largest code",
        equation: "y[i] = round(T x[i] / max over k of |x[k]|), T = 2^(out_bits - 1) - 1",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("a token", "columns=1024 lanes=8"), ("narrow", "columns=48 bits=8 out_bits=4")];
    const MUTATED: &'static [(&'static str, &'static str)] =
        &[("long rows", "columns=30 bits=5 out_bits=3"), ("short rows", "columns=4 lanes=2 bits=6 out_bits=4")];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        match self.rows().broken(Self::ABOUT.name) {
            Some(e) => Err(vec![e]),
            None => Ok(()),
        }
    }
    fn key(&self) -> String {
        format!("{}x{}_s{}s{}", self.columns, self.lanes, self.bits, self.out_bits)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let (latency, ii) = c.timing((inputs[0].len() as u64).div_ceil(c.lanes.into()));
        Contract { latency, ii }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let (lanes, size) = (u64::from(c.lanes), c.size());
        let [x, low, high] = c.product();
        let cost = Cost::logic(260 + lanes * 4 * u64::from(c.bits))
            .ram(size.ring.into(), size.beat_bits.into())
            .ram(size.rows.into(), size.length_bits().into())
            .ram(size.rows.into(), size.number_bits.into())
            .ram(c.places().into(), lanes * u64::from(c.out_bits) + 1)
            .multipliers(lanes, x, low);
        if high > 1 {
            cost.multipliers(lanes, x, high)
        } else {
            cost
        }
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("rows of up to {}", c.columns), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        vec![row_codes::stimulus::frame(&c.rows(), rng)]
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        let mut bins =
            row_codes::stimulus::bins(&c.rows(), c.apart(), [-c.largest(), c.largest()], &inputs[0], &outputs[0]);
        bins.push(("a row of zeros", inputs[0].iter().all(|x| *x == 0)));
        bins
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![c.rows().note(), ("division", format!("{} bits a row, one a cycle", c.inverse_bits()))]
    }
}
