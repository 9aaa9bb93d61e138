//! `i_gelu`: I-BERT's GELU of wide integers, by a polynomial of the second degree in place of the error function.
//!
//! With `S' = S / 1.4142`, `b = floor(-1.769 / S')`, `c = floor(1 / (-0.2888 S'^2))`, `one = floor(1 / (-0.2888 S'^2 2^n))`, all negative:
//! `L = sgn(q) ((min(|q|, -b) + b)^2 + c)`, `erf = floor(L / 2^n)`, `y = q (erf + one)`, worth `-0.2888 S S'^2 2^n / 2` each
//! (kssteven418/I-BERT, quant_modules.py; `n = 14`). It is meant for accumulators, whose scale is small.
//!
//! Contract for a frame of `b` beats: II `b`, latency `b` and the registers in line (note `stages`).

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

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
        bits: u32 = 18, in 2..=32;
        /// `floor(-1.769 / S')`.
        b: i64 = -40989, in -16777216..=-1;
        /// `floor(1 / (-0.2888 S'^2))`.
        c: i64 = -1858935100, in -1125899906842624..=-1;
        /// `n`: bits of the polynomial that are dropped.
        shift: u32 = 14, in 0..=30;
        /// `floor(1 / (-0.2888 S'^2 2^n))`.
        one: i64 = -113461, in -1125899906842624..=-1;
    }
}

/// Most bits of a result.
const MOST_BITS: u32 = 62;

/// Widths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widths {
    /// Bits of `min(|q|, -b) + b`, without its sign.
    pub u_bits: u32,
    /// Bits of `|erf + one|`.
    pub factor_bits: u32,
    /// Bits of a result, with its sign.
    pub out_bits: u32,
    /// Registers in line.
    pub cycles: u32,
}

impl Config {
    fn widths(&self) -> Widths {
        let u_bits = bits_for_unsigned(self.b.unsigned_abs().into());
        // Of the polynomial, of either sign: between c and b^2 + c.
        let square = i128::from(self.b) * i128::from(self.b);
        let polynomial = i128::from(self.c).abs().max((square + i128::from(self.c)).abs());
        let factor = (polynomial >> self.shift) + 1 - i128::from(self.one);
        let factor_bits = bits_for_unsigned(factor.unsigned_abs());
        let cycles = 2 + product::whole_cycles(u_bits, u_bits) + 4 + product::whole_cycles(self.bits, factor_bits) + 1;
        Widths { u_bits, factor_bits, out_bits: self.bits + factor_bits, cycles }
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "i_gelu",
        summary: "gives the GELU of wide integers, as I-BERT does",
        equation: "y = q (floor(sgn(q) ((min(|q|, -b) + b)^2 + c) / 2^n) + one)",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("accumulators", "bits=21 b=-225445 c=-56237519508 one=-3432466"),
        ("lanes", "lanes=2 bits=12 b=-500 c=-300000 shift=6 one=-4688"),
    ];
    type Derived = Widths;

    fn derive(&self) -> Result<Widths, Vec<ConfigError>> {
        let widths = self.widths();
        if widths.out_bits <= MOST_BITS {
            return Ok(widths);
        }
        let (bits, limit, help) = (widths.out_bits, MOST_BITS, "a coarser scale, or more bits dropped");
        Err(vec![ConfigError::TooWide { block: Self::ABOUT.name, what: "a result", bits, limit, help }])
    }
    fn key(&self) -> String {
        format!("{}xs{}_h{}", self.lanes, self.bits, crate::blocks::digest(self))
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
        let lane = 4 * c.bits + 6 * w.factor_bits + 4 * w.u_bits;
        let lanes = u64::from(c.lanes);
        let squares = product::whole_cost(Cost::logic(lanes * u64::from(lane)), lanes, w.u_bits, w.u_bits);
        product::whole_cost(squares, lanes, c.bits, w.factor_bits)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], _: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        let beyond = |x: &i64| x.abs() > -c.b;
        vec![
            ("zero", inputs[0].contains(&0)),
            ("negative", inputs[0].iter().any(|x| *x < 0)),
            ("flat", inputs[0].iter().any(beyond) || -c.b > 1 << (c.bits - 1)),
            ("the lowest", inputs[0].contains(&-(1 << (c.bits - 1)))),
        ]
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![("stages", format!("{} registers in line", c.derived().cycles))]
    }
}
