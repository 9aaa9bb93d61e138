//! `rotary`: rotary position embedding: pairs of neighbours in a row are turned by angles of the row's place.
//!
//! Of row `i` and pair `p`: `y[2p] = clamp(round((x[2p] c - x[2p + 1] s) / 2^fraction))`, `y[2p + 1] = clamp(round((x[2p] s + x[2p + 1] c) / 2^fraction))`,
//! `c` and `s` the fixed-point cosine and sine of `i` and `p`, halves upwards. Source: RoFormer (arXiv 2104.09864), with the pairs that GPT-J has; a model that
//! turns element `p` with `p + d / 2` (LLaMA) has the same scores where the outputs of its query and key projections are put into this order.
//!
//! A frame has `rows` rows of `columns` elements; elements are counted.
//!
//! Contract for a frame of `n` beats: II `n`, latency `n + 4`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::parts::line;
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_range, Prng, Range};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements of a row, an even number.
        columns: u32 = 8, in 2..=4096;
        /// Rows of a frame.
        rows: u32 = 4, in 1..=65536;
        /// Elements of a beat, an even number that divides `columns`.
        lanes: u32 = 2, in 2..=64;
        /// Bits of an element and of a result, two's complement.
        bits: u32 = 8, in 2..=16;
        /// Bits of a cosine behind the point.
        fraction: u32 = 14, in 1..=15;
        /// Cosines, row by row, one for each pair. Empty: those of `10000^(-2 p / columns)` a row.
        cosines: Vec<i64> = Vec::new(), in -32768..=32768;
        /// The sines of the same.
        sines: Vec<i64> = Vec::new(), in -32768..=32768;
    }
}

/// Registers: the ROM's word, that once more, the products, their sum, the result.
const CYCLES: u32 = 5;

impl Config {
    fn pairs(&self) -> usize {
        self.rows as usize * self.columns as usize / 2
    }
    /// Cosine and sine of each pair, in order.
    fn turns(&self) -> Vec<(i64, i64)> {
        if self.cosines.is_empty() {
            return (0..self.pairs()).map(|n| turn(self, n)).collect();
        }
        self.cosines.iter().copied().zip(self.sines.iter().copied()).collect()
    }
    /// Bits of a cosine or sine.
    fn turn_bits(&self) -> u32 {
        let ends = self.turns().into_iter().flat_map(|(c, s)| [c, s]);
        let (lo, hi) = ends.fold((0, 0), |(lo, hi), v| (v.min(lo), v.max(hi)));
        bits_for_range(Range::new(lo.into(), hi.into()), true)
    }
}

/// Of pair `n` of a frame, by the usual angles.
pub fn turn(c: &Config, n: usize) -> (i64, i64) {
    let half = c.columns as usize / 2;
    let (row, pair) = (n / half, n % half);
    let angle = row as f64 * libm::pow(10_000.0, -2.0 * pair as f64 / f64::from(c.columns));
    let fixed = |v: f64| (v * f64::from(1u32 << c.fraction)).round() as i64;
    (fixed(libm::cos(angle)), fixed(libm::sin(angle)))
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "rotary",
        summary: "turns pairs of neighbours by angles of their row's place",
        equation: "y[2p], y[2p+1] = (x[2p] c - x[2p+1] s, x[2p] s + x[2p+1] c) / 2^fraction, c and s of row and pair",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("a head", "columns=64 rows=128 lanes=4"), ("wide", "columns=16 lanes=8 bits=12")];
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("usual angles", "columns=4 rows=3 bits=4 fraction=5"),
        ("own angles", "columns=4 rows=2 lanes=4 bits=4 fraction=3 cosines=8,3,-7,1 sines=1,-8,5,8"),
    ];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let even = [self.columns, self.lanes].iter().all(|n| n.is_multiple_of(2));
        if !even || !self.columns.is_multiple_of(self.lanes) {
            let with = format!("columns={}; help: both are even, and lanes divide columns", self.columns);
            errors.push(ConfigError::NotServed { block, field: "lanes", value: self.lanes.to_string(), with });
        }
        for (field, found) in [("cosines", self.cosines.len()), ("sines", self.sines.len())] {
            let both = self.cosines.len() + self.sines.len() > 0;
            if both && found != self.pairs() {
                let (expected, help) = (self.pairs().to_string(), "give one for each pair of a frame, or no angles");
                errors.push(ConfigError::Count { block, field, found, expected, help });
            }
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
        line::contract(inputs[0].len(), c.lanes, CYCLES)
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![2 * c.pairs()])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let (lanes, turn) = (u64::from(c.lanes), c.turn_bits());
        let beats = (2 * c.pairs()) as u64 / lanes;
        Cost::logic(20 + lanes * 5 * u64::from(c.bits)).roms(1, beats, lanes * u64::from(turn)).multipliers(
            2 * lanes,
            c.bits,
            turn,
        )
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
        let (lo, hi) = (-1i64 << (c.bits - 1), (1i64 << (c.bits - 1)) - 1);
        vec![
            ("the lowest result", outputs[0].contains(&lo)),
            ("the highest result", outputs[0].contains(&hi)),
            ("something turned", inputs[0] != outputs[0]),
        ]
    }
}
