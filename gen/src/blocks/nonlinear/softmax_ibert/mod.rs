//! `softmax_ibert`: I-BERT's softmax of integers, bit for bit: its polynomial exponentials as a table of 16 bits, one division a row.
//!
//! With `d = max - x` for each code of a row, `n = octaves`, `z = floor(min(d, n q_ln2) / q_ln2)`, `r = z q_ln2 - min(d, n q_ln2)`:
//! `E = max(((r + q_b) r + q_c) 2^(n - z), 0)` (`i_exp`), `e = min(E multiplier / 2^shift, 32767)` rounded half to even (the released `QuantAct` of 16
//! bits, whose range ends with the exponential of zero), `F = floor(2^32 / sum of e)`, `y = floor(e F / 2^(32 - b))` with `b = out_bits`, in units of
//! `2^-b`. Source: kssteven418/I-BERT, quant_modules.py (commit 1b09c75), on exact integers. `e` is a function of a distance of few bits, so that a
//! table of them is exact; wider scores are requantized first.
//!
//! A row is as long as its frame, in whole beats; it is cut after `columns`, and what follows is a row of its own, up to the end of the frame. With
//! `absent` a lane has one bit more, and a number that no code of `bits` is stands for none: it is no part of the maximum or the sum, and its result is
//! 0. A row of nothing else has zeros.
//!
//! Contract for a row of `n` beats, no longer than `columns`: II `max(n, bits of F + 1)`.

mod golden;
mod proofs;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

pub(crate) use proofs::obligations;

use crate::blocks::parts::passes::Passes;
use crate::blocks::parts::row_codes::{self, Rows};
use crate::blocks::parts::softmax::Softmax;
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block. Those of the exponential are named as those of `i_exp`.
    pub struct Config {
        /// Codes of the longest row.
        columns: u32 = 64, in 1..=4096;
        /// Codes of a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of a code, two's complement.
        bits: u32 = 8, in 2..=12;
        /// Lanes have one bit more, and a number that is no code is no part of its row.
        absent: bool = false;
        /// `floor(b / S)`.
        q_b: u32 = 43, in 1..=16777216;
        /// `floor(c / S^2)`.
        q_c: u64 = 714, in 1..=4294967296;
        /// `-floor(-ln 2 / S)`.
        q_ln2: u32 = 12, in 1..=16777216;
        /// `n`: octaves below zero in which an exponential is not 0.
        octaves: u32 = 30, in 1..=30;
        /// Of exponentials of 16 bits: `multiplier / 2^shift`.
        multiplier: u32 = 1539885257, in 1..=2147483647;
        /// Bits that their products drop.
        shift: u32 = 55, in 1..=90;
        /// `b`: bits of a result.
        out_bits: u32 = 8, in 2..=16;
    }
}

/// The largest exponential of 16 bits.
const MOST: u64 = 32767;

impl Config {
    fn softmax(&self) -> Softmax<'_, Config> {
        Softmax { rows: self.rows(), lane: self }
    }

    fn rows(&self) -> Rows {
        let Config { columns, lanes, bits, absent, out_bits, .. } = *self;
        Rows { columns, lanes, bits, signed: true, absent, out_bits, out_signed: false }
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "softmax_ibert",
        summary: "computes I-BERT's softmax of rows, its exponentials from a table",
        equation: "y[i] = floor(e(x[i] - max x) floor(2^32 / sum over k of e(x[k] - max x)) / 2^(32 - b))",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("attention", "columns=384 absent=true"), ("eight lanes", "columns=384 lanes=8")];
    // Rows that fill the ring, and rows of one beat, of which as many wait as may.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("long rows", "columns=30 bits=6 q_b=10 q_c=44 q_ln2=3 multiplier=1561758627 shift=51 out_bits=16"),
        (
            "short rows",
            "columns=2 lanes=2 bits=6 absent=true q_b=10 q_c=44 q_ln2=3 multiplier=1561758627 shift=51 out_bits=16",
        ),
    ];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors: Vec<ConfigError> = self.rows().broken(block).into_iter().collect();
        if self.q_b < self.q_ln2 {
            let (value, with) = (self.q_b.to_string(), format!("q_ln2={}; help: b is 2.7, ln 2 is 0.7", self.q_ln2));
            errors.push(ConfigError::NotServed { block, field: "q_b", value, with });
        }
        let largest = self.exponential(0);
        if largest <= MOST.div_ceil(2) {
            let value = self.multiplier.to_string();
            let with =
                format!("shift={}: the exponential of zero is {largest}; help: it shall have 15 bits", self.shift);
            errors.push(ConfigError::NotServed { block, field: "multiplier", value, with });
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        format!("{}x{}_h{}", self.columns, self.lanes, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        c.softmax().contract(inputs[0].len())
    }
    fn cost(c: &Checked<Self>) -> Cost {
        c.softmax().cost(345, 100).roms(c.lanes.into(), 1 << c.bits, 15)
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
        let (apart, ends) = (c.softmax().shape().second.apart, [0, (1 << c.out_bits) - 1]);
        row_codes::stimulus::bins(&c.rows(), apart, ends, &inputs[0], &outputs[0])
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![
            c.rows().note(),
            ("result", format!("in units of 2^-{}", c.out_bits)),
            ("table", format!("{} exponentials of 15 bits, the largest is {}", 1 << c.bits, c.exponential(0))),
            ("division", "18 bits a row, one a cycle".into()),
        ]
    }
}
