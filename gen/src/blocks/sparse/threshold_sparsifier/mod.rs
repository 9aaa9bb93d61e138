//! `threshold_sparsifier`: elements of a row whose magnitude is not above their channel's threshold become zero.
//!
//! With `d = x[k] - zero`: `y = d` where `|d| > t[k]`, else 0. What `y` leaves out is `rest = d - y`, a stream of its own where it is asked for. Behind it stand
//! `sparse_encoder` and `sparse_mac`.
//!
//! Rules of the papers, both strict, are of this form with thresholds of integers ([`thresholds`]):
//! - R-Sparse (VITA-Group, commit 59e9a8e): `|x s[k]| > t`, `y = W (x mask) + U S V^T (x (1 - mask))`: the second product takes `rest`.
//! - CHESS: `|a[k]| E|up[k]| > t`, so a threshold `t / E|up[k]|` for each channel.
//!
//! A frame is `rows` rows of `columns` channels.
//!
//! Contract for a frame of `n` beats: latency `n + 4`, II `n`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::parts::line;
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, range_of, Prng};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Channels of a row.
        columns: u32 = 64, in 1..=4096;
        /// Rows of a frame.
        rows: u32 = 1, in 1..=4096;
        /// Elements of a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of an element.
        bits: u32 = 8, in 2..=16;
        /// Elements are two's complement.
        signed: bool = true;
        /// What an element is that stands for zero.
        zero: i64 = 0, in -32768..=65535;
        /// A threshold for each channel, or one for all.
        thresholds: Vec<i64> = vec![16], in 0..=65535;
        /// What is left out leaves too, by `m_rest`.
        rest: bool = false;
    }
}

/// Thresholds of integers for a rule `|d| s[k] > t`: the largest magnitude of each channel that is not above it, at most `most`.
pub fn thresholds(scales: &[f64], t: f64, most: i64) -> Vec<i64> {
    let above = |s: f64, d: i64| d as f64 * s > t;
    // The first magnitude that is above, found by halves: products of doubles rise with `d`.
    let of = |s: f64| {
        let (mut low, mut high) = (0, most + 1);
        while low < high {
            let middle = (low + high) / 2;
            if above(s, middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        (low - 1).max(0)
    };
    scales.iter().map(|s| of(*s)).collect()
}

/// Registers from an element to what is left of it.
const CYCLES: u32 = 5;

impl Config {
    /// Bits of what leaves: an element less the one that stands for zero.
    pub fn out_bits(&self) -> u32 {
        self.bits + u32::from(self.moves())
    }
    /// What leaves is two's complement.
    pub fn out_signed(&self) -> bool {
        self.signed || self.moves()
    }
    fn moves(&self) -> bool {
        self.zero != 0
    }
    /// Bits of a threshold.
    fn threshold_bits(&self) -> u32 {
        bits_for_unsigned(self.thresholds.iter().copied().max().unwrap_or(0) as u128)
    }
    /// Beats of a row.
    fn beats(&self) -> u32 {
        self.columns / self.lanes
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "threshold_sparsifier",
        summary: "makes elements zero that are not above their channel's threshold",
        equation: "y[k] = x[k] - zero where |x[k] - zero| > threshold[k], else 0; rest[k] = x[k] - zero - y[k]",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("both parts", "rest=true lanes=4"), ("own thresholds", "columns=4 thresholds=3,0,100,17")];
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("own thresholds", "columns=6 rows=2 lanes=2 bits=4 thresholds=3,0,2,7,1,5 rest=true"),
        ("moved", "columns=3 bits=4 signed=false zero=5 thresholds=2,4,0"),
    ];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        if !self.columns.is_multiple_of(self.lanes) {
            let with = format!("columns={}; help: lanes that divide them", self.columns);
            errors.push(ConfigError::NotServed { block, field: "lanes", value: self.lanes.to_string(), with });
        }
        if !range_of(self.bits, self.signed).is_some_and(|r| r.contains(self.zero.into())) {
            errors.push(ConfigError::DoesNotFit { block, field: "zero", value: self.zero, bits: self.bits });
        }
        let found = self.thresholds.len();
        if found != 1 && found != self.columns as usize {
            let (expected, help) = (self.columns.to_string(), "give one for each channel, or one for all");
            errors.push(ConfigError::Count { block, field: "thresholds", found, expected, help });
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        format!("{}x{}x{}_h{}", self.rows, self.columns, self.lanes, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        line::contract(inputs[0].len(), c.lanes, CYCLES)
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![(c.rows * c.columns) as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let (lanes, bits) = (u64::from(c.lanes), u64::from(c.bits));
        let cost = Cost::logic(20 + lanes * bits * if c.rest { 5 } else { 4 });
        match c.thresholds.len() {
            1 => cost,
            _ => cost.roms(1, c.beats().into(), lanes * u64::from(c.threshold_bits())),
        }
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} rows of {}", c.rows, c.columns), c.lanes)
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
}
