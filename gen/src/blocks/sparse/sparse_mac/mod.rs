//! `sparse_mac`: matrix products that take no cycle for zeros of the first operand.
//!
//! ```text
//! c[i][j] = sum_k a[i][k] b[k][j]        i < m, k < k, j < n, exact
//! ```
//!
//! A frame of `a_axis` is a [code](super::code) of `m` rows in words, each row in whole blocks; its elements are groups of `group` neighbours along `k`, of
//! which a flag says that they are all zero: 1 skips single zeros, more skips channels or blocks. A frame of `b_axis` is the dense operand: for each tile of `cols`
//! columns, for each group along `k` a beat of `cols` columns of `group`, as the trees of `mac_array` take it; [`order`] brings matrices into these orders. `m_axis` has `m` rows of `n` sums; `m_report` for
//! each code its groups that have a place, and the number of the first block that is malformed or has none, from 1 on, or 0.
//!
//! A sparse second operand: `c^T = b^T a^T`.
//!
//! Groups that are there are listed with their places along `k` while the row before is multiplied, a group a cycle; a row's list is read once for each tile, each
//! entry with the row of `b` that its place names: `cols * group` products a cycle. Two matrices `b` have a place, the k-th frame of `a` is multiplied by the k-th of them.
//!
//! What a malformed code says ends as [`Code::decode`] defines; rows that it does not have are zero, blocks beyond the last row are left out. `last` of `b_axis` is
//! ignored: a matrix is whole by count. Who does not look at reports takes them all the same: codes wait for a place for theirs.
//!
//! Contract for a frame, exact from the data: a row is multiplied in `ceil(n / cols) max(1, groups of the row that are there)` cycles, while the next one is taken apart, a cycle for each
//! group that is there and for each block's header 7 to 9 (3 or 4 of coordinates). II is the sum over rows of the longer one of both where rows are alike, and no less than the
//! beats of `b`; only one row is taken apart ahead, so that uneven rows wait for each other. A header is hidden where the other tiles of its block's groups take as long: with
//! one tile blocks of 256 keep dense data within 5 %.

mod golden;
mod list;
pub mod order;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;
mod timing;

use crate::blocks::config::{MOST_BITS, MOST_ELEMENTS, MOST_PRODUCTS};
use crate::blocks::parts::product;
use crate::blocks::sparse::code::{Code, Format};
use crate::blocks::sparse::cutter::Cutter;
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Summary, Work};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, Prng};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Rows of the product.
        m: u32 = 16, in 1..=4096;
        /// Length of the sums.
        k: u32 = 128, in 8..=65536;
        /// Columns of the product.
        n: u32 = 32, in 1..=4096;
        /// Columns side by side.
        cols: u32 = 8, in 1..=256;
        /// Neighbours along k that are skipped together, and multiplied together.
        group: u32 = 1, in 1..=8;
        /// Bits of an `a`.
        a_bits: u32 = 8, in 1..=16;
        /// `a` is two's complement.
        a_signed: bool = true;
        /// Bits of a `b`.
        b_bits: u32 = 8, in 1..=16;
        /// `b` is two's complement.
        b_signed: bool = true;
        /// How blocks are written.
        format: Format = Format::Hybrid;
        /// Groups of a block, a power of two; of bitmaps no more than a word's bits.
        block: u32 = 64, in 8..=512;
        /// Bits of a word.
        word: u32 = 64, in 32..=512;
    }
}

impl Config {
    /// The code: its elements are groups.
    pub fn code(&self) -> Code {
        Code { block: self.block, width: self.group * self.a_bits, format: self.format }
    }
    fn cutter(&self) -> Cutter {
        Cutter { code: self.code(), word: self.word, group: 1, skip: true }
    }
    /// Groups of a row.
    fn groups(&self) -> u32 {
        self.k / self.group
    }
    /// Blocks of a row.
    fn blocks(&self) -> u32 {
        self.groups() / self.block
    }
    /// Tiles of a row of results.
    fn tiles(&self) -> u32 {
        self.n / self.cols
    }
    /// Beats of `b`.
    fn b_beats(&self) -> u32 {
        self.tiles() * self.groups()
    }
    /// Bits of a sum.
    pub fn sum_bits(&self) -> u32 {
        product::sum_bits((self.a_bits, self.a_signed), (self.b_bits, self.b_signed), self.k)
    }
    /// Bits of each number of a report: groups of all rows, the number of a block behind them.
    pub fn report_bits(&self) -> u32 {
        bits_for_unsigned(u128::from(self.m) * u128::from(self.groups()))
    }

    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let mut refuse = |field, value: u32, with: String| {
            errors.push(ConfigError::NotServed { block, field, value: value.to_string(), with });
        };
        for (field, value) in [("word", self.word), ("block", self.block), ("group", self.group)] {
            if !value.is_power_of_two() {
                refuse(field, value, "any other; help: take a power of two".into());
            }
        }
        if self.group * self.a_bits > 32 {
            refuse("group", self.group, format!("a_bits={}; help: a group has 32 bits at most", self.a_bits));
        }
        if self.word < self.block && self.format != Format::Coordinates {
            refuse("word", self.word, format!("block={}; help: a bitmap is taken in a cycle", self.block));
        }
        let least = self.cutter().least_word();
        if self.word < least {
            refuse("word", self.word, format!("a_bits={}; help: a pair has {least} bits", self.a_bits));
        }
        if !self.k.is_multiple_of(self.block * self.group) {
            let with =
                format!("block={} group={}; help: fill rows with zeros up to whole blocks", self.block, self.group);
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
        name: "sparse_mac",
        summary: "multiplies matrices and takes no cycle for zeros of the first one",
        equation: "c[i][j] = sum over k of a[i][k] * b[k][j]; a is a code of bitmaps or coordinates",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("groups of four", "group=4 a_bits=8 block=32 format=bitmap"),
        ("bitmap", "format=bitmap block=128 word=128 cols=16"),
        ("coordinates", "format=coordinates block=128"),
    ];
    // Each form, groups, one row and one tile.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("hybrid", "m=6 k=16 n=4 cols=2 a_bits=3 b_bits=3 block=8 word=32"),
        ("groups", "m=6 k=16 n=4 cols=2 group=2 a_bits=2 b_bits=3 b_signed=false block=8 word=32 format=bitmap"),
        ("coordinates", "m=5 k=32 n=3 cols=1 a_bits=4 a_signed=false b_bits=2 block=16 word=32 format=coordinates"),
    ];
    type Derived = ();

    fn bounds(&self) -> Vec<Bound> {
        vec![
            Bound::new("m * k", [self.m, self.k], MOST_ELEMENTS),
            Bound::new("k * n", [self.k, self.n], MOST_ELEMENTS),
            Bound::new("m * n", [self.m, self.n], MOST_ELEMENTS),
            Bound::new("2 * k * n * b_bits", [2, self.k, self.n, self.b_bits], MOST_BITS),
            Bound::new("cols * group", [self.cols, self.group], MOST_PRODUCTS),
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
        format!("{}x{}x{}_{}_h{}", self.m, self.k, self.n, self.format.text(), crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        timing::of(c, inputs)
    }
    fn work(c: &Checked<Self>) -> Option<Work> {
        let products = u64::from(c.m) * u64::from(c.k) * u64::from(c.n);
        Some(Work { products, elements: u64::from(c.cols * c.group) })
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let products = u64::from(c.cols * c.group);
        let logic = 500 + 15 * u64::from(c.word) + u64::from(c.cols) * u64::from(3 * c.sum_bits());
        Cost::logic(logic)
            .multipliers(products, c.a_bits, c.b_bits)
            .ram(u64::from(c.list_words()), c.entry_bits().into())
            .ram(2 * u64::from(c.b_beats()), products * u64::from(c.b_bits))
            .ram(c.places().into(), u64::from(c.cols * c.sum_bits()) + 1)
            .ram(list::LISTS.into(), c.row_bits().into())
            .ram(rtl::REPORTS.into(), (2 * c.report_bits()).into())
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} x {} x {}, {}", c.m, c.k, c.n, c.format.text()), c.cols).simd(c.group)
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
