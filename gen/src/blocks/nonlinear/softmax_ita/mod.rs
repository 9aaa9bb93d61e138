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
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, Prng};

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

/// Cycles from a row's last beat to its first result, but for the levels of the two trees.
const AROUND: u64 = 21;

impl Config {
    /// Beats of the longest row.
    pub fn beats(&self) -> u32 {
        self.columns.div_ceil(self.lanes)
    }

    /// Bits of the denominator: every column adds 256 at most.
    pub fn denominator_bits(&self) -> u32 {
        bits_for_unsigned(u128::from(self.beats() * self.lanes) * 256)
    }

    /// Levels of a tree over the lanes, a register behind each.
    pub fn levels(&self) -> u32 {
        self.lanes.next_power_of_two().trailing_zeros()
    }

    /// Beats that wait: those of a row, and those that come until its results leave.
    pub fn ring(&self) -> u32 {
        self.beats() + AROUND as u32 + 2 * self.levels() + 4
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
    // Rows that are long enough to fill the ring, and short ones that fill the places for results.
    const MUTATED: &'static [(&'static str, &'static str)] =
        &[("long rows", "columns=30 lanes=1"), ("blocks", "columns=4 lanes=2")];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        if self.lanes > self.columns {
            let (block, value, useful) = (Self::ABOUT.name, self.lanes.into(), self.columns.into());
            return Err(vec![ConfigError::NoEffect { block, field: "lanes", value, useful }]);
        }
        Ok(())
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
        let n = inputs[0].len().div_ceil(c.lanes as usize) as u64;
        let (most, around) = (u64::from(c.beats()), AROUND + 2 * u64::from(c.levels()));
        // Where rows end, and where their results begin and end.
        let (mut end, mut free, mut ii) = (0, 0, 0);
        let cut = (0..n.div_ceil(most)).map(|k| (n - k * most).min(most));
        for (k, beats) in cut.enumerate() {
            end = if k == 0 { beats - 1 } else { end + beats.max(DIVISION) };
            free = free.max(end + around) + beats;
            ii += beats.max(DIVISION);
        }
        Contract { latency: free - 1, ii }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let lanes = u64::from(c.lanes);
        Cost::logic(345 + 84 * lanes)
            .ram(c.ring().into(), (8 * c.lanes).into())
            .ram(rtl::ROWS.into(), c.length_bits().into())
            .ram(rtl::ROWS.into(), rtl::RESULT_BITS.into())
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("rows of up to {}", c.columns), u64::from(c.lanes) as u32)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        stimulus::bins(c, inputs, outputs)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![
            ("rows", format!("as long as their frames, in whole beats; cut after {} of them", c.beats())),
            ("logit", "one step is a factor of two; 255 stands for 1".into()),
        ]
    }
}
