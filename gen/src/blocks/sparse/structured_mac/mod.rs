//! `structured_mac`: matrix products with weights of which so many of each group are kept: 2 of 4, as sparse tensor cores take them.
//!
//! ```text
//! c[i][j] = sum_g sum_s v[g][s][j] a[i][of g + p[g][s][j]]        i < m, j < n, g < k / of, s < keep, exact
//! ```
//!
//! A weight that is kept is an element of `b_axis`: its value `v` in the lower `b_bits`, its position `p` within its group above them. Positions may come in any
//! order; two of them may be the same, and both count. A group with fewer weights has values of zero.
//!
//! For each row, for each tile of `cols` columns, for each `depth` groups along `k`: a beat of `a_axis` has `depth * of` neighbours of the row, a beat of `b_axis` for
//! each column of the tile `depth * keep` weights, group by group. `m_axis` has `m` rows of `n` sums, `cols` a beat. [`order`] brings matrices into these orders. `last` of the
//! inputs is ignored: a frame is whole by count.
//!
//! `cols * depth * keep` products a cycle stand for `cols * depth * of` of a dense array: as many multipliers are `of / keep` times as fast, whatever the data are. Weights come
//! anew for each row, as in `mac_array`.
//!
//! Contract for a frame: II `m ceil(n / cols) k / (of depth)`.

mod golden;
pub mod order;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::config::{MOST_ELEMENTS, MOST_PRODUCTS};
use crate::blocks::parts::{product, queue};
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Summary, Work};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Rows of the product.
        m: u32 = 4, in 1..=4096;
        /// Length of the sums.
        k: u32 = 64, in 2..=65536;
        /// Columns of the product.
        n: u32 = 16, in 1..=4096;
        /// Columns side by side.
        cols: u32 = 4, in 1..=256;
        /// Groups side by side along k.
        depth: u32 = 2, in 1..=64;
        /// Weights of a group that are kept.
        keep: u32 = 2, in 1..=8;
        /// Neighbours along k of a group, a power of two.
        of: u32 = 4, in 2..=16;
        /// Bits of an `a`.
        a_bits: u32 = 8, in 1..=16;
        /// `a` is two's complement.
        a_signed: bool = true;
        /// Bits of a weight's value.
        b_bits: u32 = 8, in 1..=16;
        /// Values of weights are two's complement.
        b_signed: bool = true;
    }
}

impl Config {
    /// Bits of a position.
    fn position_bits(&self) -> u32 {
        self.of.trailing_zeros()
    }
    /// Bits of an element of `b_axis`.
    pub fn weight_bits(&self) -> u32 {
        self.b_bits + self.position_bits()
    }
    /// Products of a column side by side.
    fn products(&self) -> u32 {
        self.depth * self.keep
    }
    /// Beats of a tile.
    fn steps(&self) -> u32 {
        self.k / (self.of * self.depth)
    }
    fn tiles(&self) -> u32 {
        self.n / self.cols
    }
    /// Beats of a frame.
    fn beats(&self) -> u64 {
        u64::from(self.m) * u64::from(self.tiles()) * u64::from(self.steps())
    }
    /// Bits of a sum.
    pub fn sum_bits(&self) -> u32 {
        product::sum_bits((self.a_bits, self.a_signed), (self.b_bits, self.b_signed), self.steps() * self.products())
    }

    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let mut refuse = |field, value: u32, with: String| {
            errors.push(ConfigError::NotServed { block, field, value: value.to_string(), with });
        };
        if !self.of.is_power_of_two() {
            refuse("of", self.of, "any other; help: take a power of two".into());
        }
        if self.keep >= self.of {
            refuse("keep", self.keep, format!("of={}; help: mac_array is for weights that are all kept", self.of));
        }
        if !self.k.is_multiple_of(self.of * self.depth) {
            let with = format!("of={} depth={}; help: fill rows with zeros up to whole beats", self.of, self.depth);
            refuse("k", self.k, with);
        }
        if !self.n.is_multiple_of(self.cols) {
            refuse("n", self.n, format!("cols={}; help: fill tiles with columns of zeros", self.cols));
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "structured_mac",
        summary: "multiplies matrices with weights of which so many of each group are kept",
        equation: "c[i][j] = sum over groups g and kept weights s of value[g][s][j] * a[i][of * g + position[g][s][j]]",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("1 of 4", "keep=1"), ("8 columns", "cols=8 depth=4"), ("4 of 8", "keep=4 of=8 depth=1")];
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("2 of 4", "m=3 k=8 n=4 cols=2 depth=1 a_bits=3 b_bits=2"),
        ("1 of 2", "m=2 k=12 n=3 cols=1 depth=3 keep=1 of=2 a_bits=2 a_signed=false b_bits=3"),
    ];
    type Derived = ();

    fn bounds(&self) -> Vec<Bound> {
        vec![
            Bound::new("m * k", [self.m, self.k], MOST_ELEMENTS),
            Bound::new("k * n", [self.k, self.n], MOST_ELEMENTS),
            Bound::new("m * n", [self.m, self.n], MOST_ELEMENTS),
            Bound::new("m * k * (n / cols)", [self.m, self.k, self.n / self.cols.max(1)], MOST_ELEMENTS),
            Bound::new("m * k * n", [self.m, self.k, self.n], 2 * MOST_ELEMENTS),
            Bound::new("cols * depth * keep", [self.cols, self.depth, self.keep], MOST_PRODUCTS),
        ]
    }
    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let errors = self.rules();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let sizes = format!("{}x{}x{}", self.m, self.k, self.n);
        format!("{sizes}_{}of{}_h{}", self.keep, self.of, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let latency = c.beats() - 1 + u64::from(c.to_sum()) + queue::CYCLES;
        Contract { latency, ii: c.beats() }
    }
    fn work(c: &Checked<Self>) -> Option<Work> {
        let products = u64::from(c.m) * u64::from(c.n) * u64::from(c.k / c.of * c.keep);
        Some(Work { products, elements: u64::from(c.cols * c.products()) })
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        let beats = c.beats() as usize;
        Some(vec![beats * (c.depth * c.of) as usize, beats * (c.cols * c.products()) as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let products = u64::from(c.cols * c.products());
        let selects = products * u64::from(c.a_bits * (c.of - 1)) * 2 / 3;
        let sums = products * u64::from(c.a_bits + c.b_bits + 4) + u64::from(c.cols * 3 * c.sum_bits());
        Cost::logic(60 + selects + sums)
            .multipliers(products, c.a_bits, c.b_bits)
            .ram(c.places().into(), u64::from(c.cols * c.sum_bits()) + 1)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        let shape = format!("{} x {} x {}, {} of {}", c.m, c.k, c.n, c.keep, c.of);
        Summary::new(shape, c.cols).simd(c.products())
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
