//! `softmax_ita`: ITA's streaming softmax of int8 logits, bit for bit: powers of two, a running maximum and denominator.
//!
//! One step of a logit is a factor of two. A beat is a block of `lanes` columns, and a row keeps its maximum `m` (-128 before the row)
//! and its denominator `d`: with the block's `m' = max(m, x[k])`, `d' = (d >> (m' - m)) + sum over k of (256 >> (m' - x[k]))`. After the
//! row `inverse = floor(65280 / d)` and `y[i] = inverse >> (m - x[i])`, where 255 stands for 1. Source: pulp-platform/ITA,
//! `PyITA/softmax.py` (commit ba96519), executed.
//!
//! A row is as long as its frame, in whole beats; it is cut after `columns`, and what follows is a row of its own, up to the end of the
//! frame. The row waits in a ring while the division takes eight cycles; rows follow each other without a gap where they are at least
//! as long as the division.
//!
//! Contract for a row of `n` beats, no longer than `columns`: II `max(n, 10)`, latency `2 n + 19 + 2 ceil(log2(lanes))`.

mod golden;
mod proofs;
mod rtl;
#[cfg(test)]
mod tests;

pub(crate) use proofs::obligations;

use crate::blocks::parts::row_codes::{self, Rows};
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Columns of the longest row.
        columns: u32 = 64, in 1..=2048;
        /// Columns of a block, which is a beat: the denominator is shifted once a block.
        lanes: u32 = 1, in 1..=64;
    }
}

/// Numerator of the inverse: 255 for 1, times the 256 that the largest column adds.
pub const ONE: i64 = 255 * 256;

/// Cycles between the ends of two rows: what the division takes.
pub const DIVISION: u64 = 10;

impl Config {
    /// The rows.
    fn rows(&self) -> Rows {
        let Config { columns, lanes } = *self;
        Rows { columns, lanes, bits: 8, signed: true, absent: false, out_bits: 8, out_signed: false }
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "softmax_ita",
        summary: "computes ITA's softmax of rows in powers of two",
        equation: "y[i] = floor(65280 / sum over k of 2^(8 - m + x[k])) >> (m - x[i]), m = max x",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", "columns=64 lanes=1"), ("ITA", "columns=2048 lanes=16")];
    // Rows that fill the ring, and rows of one beat, of which as many wait as may.
    const MUTATED: &'static [(&'static str, &'static str)] =
        &[("long rows", "columns=30 lanes=1"), ("short rows", "columns=2 lanes=2")];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        self.rows().broken(Self::ABOUT.name).map_or(Ok(()), |e| Err(vec![e]))
    }
    fn key(&self) -> String {
        format!("{}x{}", self.columns, self.lanes)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let (latency, ii) = rtl::timing(c, (inputs[0].len() as u64).div_ceil(c.lanes.into()));
        Contract { latency, ii }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let (lanes, size) = (u64::from(c.lanes), c.size());
        Cost::logic(260 + 84 * lanes)
            .ram(size.ring.into(), size.beat_bits.into())
            .ram(size.rows.into(), size.length_bits().into())
            .ram(size.rows.into(), size.number_bits.into())
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("rows of up to {}", c.columns), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        let (columns, lanes) = row_codes::stimulus::sizes(rng);
        Config { columns, lanes }
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        vec![row_codes::stimulus::frame(&c.rows(), rng)]
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        row_codes::stimulus::bins(&c.rows(), DIVISION, [0, 255], &inputs[0], &outputs[0])
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![c.rows().note(), ("logit", "one step is a factor of two; 255 stands for 1".into())]
    }
}
