//! `i_exp`: I-BERT's exponential of integers that are not positive, by a polynomial of the second degree and a shift.
//!
//! With `q0 = -q_ln2 = floor(-ln 2 / S)`, `q_b = floor(b / S)`, `q_c = floor(c / S^2)` of the released `a = 0.35815147`, `b = 0.96963238 / a`, `c = 1 / a`:
//! `x' = max(min(x, 0), n q0)`, `z = floor(x' / q0)`, `r = x' - z q0`, `y = max(floor(((r + q_b) r + q_c) 2^(n - z)), 0)`, worth `a S^2 / 2^n` each
//! (kssteven418/I-BERT, quant_modules.py). Positive numbers count as 0.
//!
//! Contract for a frame of `b` beats: II `b`, latency `b` and the registers in line (note `stages`).

mod golden;
mod proofs;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

pub(crate) use proofs::obligations;

use crate::blocks::parts::{line, product};
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, Prng};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of an element, two's complement.
        bits: u32 = 14, in 2..=32;
        /// `floor(b / S)`.
        q_b: u32 = 61, in 1..=16777216;
        /// `floor(c / S^2)`.
        q_c: u64 = 1457, in 1..=4294967296;
        /// `-floor(-ln 2 / S)`.
        q_ln2: u32 = 16, in 1..=16777216;
        /// `n`: octaves below zero in which an exponential is not 0.
        octaves: u32 = 30, in 1..=30;
    }
}

/// Most bits of a result.
const MOST_BITS: u32 = 62;

/// Widths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widths {
    /// The largest distance below zero that counts.
    pub most: u64,
    /// Bits of `z`.
    pub z_bits: u32,
    /// Bits of `-r`.
    pub r_bits: u32,
    /// Bits of `r + q_b`.
    pub t_bits: u32,
    /// Bits of a result.
    pub out_bits: u32,
    /// Registers in line.
    pub cycles: u32,
}

impl Config {
    fn widths(&self) -> Widths {
        let most = (u64::from(self.octaves) * u64::from(self.q_ln2)).min(1 << (self.bits - 1));
        let z_bits = bits_for_unsigned(u128::from(most / u64::from(self.q_ln2)));
        let r_bits = bits_for_unsigned(u128::from(u64::from(self.q_ln2) - 1).min(most.into()));
        let t_bits = bits_for_unsigned(self.q_b.into());
        let out_bits = bits_for_unsigned(self.q_c.into()) + self.octaves;
        let cycles = 1 + z_bits + 1 + product::whole_cycles(r_bits, t_bits) + 2;
        Widths { most, z_bits, r_bits, t_bits, out_bits, cycles }
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "i_exp",
        summary: "gives the exponential of integers that are not positive, as I-BERT does",
        equation: "y = max(((r + q_b) r + q_c) 2^(n - z), 0), x = r + z q0",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("wide", "bits=20 q_b=27074 q_c=279212000 q_ln2=6931"), ("lanes", "lanes=4")];
    type Derived = Widths;

    fn derive(&self) -> Result<Widths, Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let widths = self.widths();
        let mut errors = Vec::new();
        if self.q_b < self.q_ln2 {
            let (value, with) = (self.q_b.to_string(), format!("q_ln2={}; help: b is 2.7, ln 2 is 0.7", self.q_ln2));
            errors.push(ConfigError::NotServed { block, field: "q_b", value, with });
        }
        if widths.out_bits > MOST_BITS {
            let help = "a coarser scale, or fewer octaves";
            let (bits, limit) = (widths.out_bits, MOST_BITS);
            errors.push(ConfigError::TooWide { block, what: "an exponential", bits, limit, help });
        }
        if errors.is_empty() {
            Ok(widths)
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        format!("{}xs{}_n{}_h{}", self.lanes, self.bits, self.octaves, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        line::contract(inputs[0].len(), c.lanes, c.derived().cycles)
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let w = c.derived();
        let lane = 4 * c.bits + 3 * w.out_bits + w.z_bits * w.r_bits;
        product::whole_cost(Cost::logic(u64::from(c.lanes * lane)), c.lanes.into(), w.r_bits, w.t_bits)
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
            ("positive", inputs[0].iter().any(|x| *x > 0)),
            ("an octave's end", inputs[0].iter().any(|x| *x < 0 && x % i64::from(c.q_ln2) == 0)),
            ("not zero", outputs[0].iter().any(|y| *y > 0)),
        ]
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let w = c.derived();
        vec![
            ("stages", format!("{} registers in line", w.cycles)),
            ("result", format!("{} bits, worth a S^2 / 2^{} each", w.out_bits, c.octaves)),
        ]
    }
}
