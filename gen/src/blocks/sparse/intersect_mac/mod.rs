//! `intersect_mac`: products of two sparse matrices, a cycle for each pair of elements neither of which is zero.
//!
//! ```text
//! c[i][j] = sum_k a[i][k] b[k][j]        i < m, k < k, j < n, exact
//! ```
//!
//! A frame of `a_axis` is a [code](super::code) of the `m` rows of `a` in words, a frame of `b_axis` one of the `n` columns of `b`; each row and column in whole
//! blocks. `m_axis` has `m` rows of `n` sums, `cols` a beat; `a_report` and `b_report` have for each code its elements that have a place, and the number of the first
//! block that is malformed or has none, from 1 on, or 0. [`order`] writes such frames.
//!
//! Of each block there is a bitmap, whatever form it came in, and the address of its first element. A PE takes a block of a row and the one of its column: of
//! the flags that both have it takes one a cycle, and adds up the flags in front of it in both bitmaps, which are the places of both elements. PEs, one for each of
//! `cols` columns, have memories of their own: one that finds fewer pairs runs ahead, within `ahead` sums on their way.
//!
//! Two matrices of each kind have a place, one that is multiplied and one that comes. What a malformed code says ends as [`Code::decode`] defines; rows and columns that
//! it does not have are zero, blocks beyond the last one are left out. Who does not look at reports takes them all the same: codes wait for a place for theirs.
//!
//! Contract for a frame, exact from the data: a block takes its PE `max(1, pairs)` cycles. A sum is on its way from the cycle in which its first block is asked for until it leaves, some
//! 20 cycles at least; a PE has `ahead` of them at most. II is no less than the slowest PE's cycles and those that take either code apart.

mod golden;
mod load;
pub mod order;
mod pe;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;
mod timing;

use crate::blocks::config::{MOST_BITS, MOST_ELEMENTS};
use crate::blocks::parts::product;
use crate::blocks::sparse::code::{Code, Format};
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Summary, Work};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, Prng};
use load::Operand;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Rows of the product.
        m: u32 = 16, in 1..=4096;
        /// Length of the sums.
        k: u32 = 128, in 8..=65536;
        /// Columns of the product.
        n: u32 = 16, in 1..=4096;
        /// Columns side by side: PEs.
        cols: u32 = 4, in 1..=64;
        /// Sums of a PE on their way, from the first block that is asked for: so far it runs ahead of the slowest one.
        ahead: u32 = 16, in 1..=256;
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
        /// Elements of a block, a power of two; of bitmaps no more than a word's bits.
        block: u32 = 64, in 8..=256;
        /// Bits of a word.
        word: u32 = 64, in 32..=512;
    }
}

impl Config {
    fn a(&self) -> Operand {
        Operand { lines: self.m, copies: 1, bits: self.a_bits, ..self.operand() }
    }
    fn b(&self) -> Operand {
        Operand { lines: self.n, copies: self.cols, bits: self.b_bits, ..self.operand() }
    }
    fn operand(&self) -> Operand {
        Operand {
            lines: 1,
            copies: 1,
            blocks: self.blocks(),
            bits: 1,
            format: self.format,
            block: self.block,
            word: self.word,
        }
    }
    /// The codes of `a` and of `b`.
    pub fn codes(&self) -> [Code; 2] {
        [self.a().code(), self.b().code()]
    }
    /// Blocks of a row.
    fn blocks(&self) -> u32 {
        self.k / self.block
    }
    /// Sums of a row and a PE.
    fn tiles(&self) -> u32 {
        self.n / self.cols
    }
    /// Bits of a sum.
    pub fn sum_bits(&self) -> u32 {
        product::sum_bits((self.a_bits, self.a_signed), (self.b_bits, self.b_signed), self.k)
    }

    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let mut refuse = |field, value: u32, with: String| {
            errors.push(ConfigError::NotServed { block, field, value: value.to_string(), with });
        };
        for (field, value) in [("word", self.word), ("block", self.block)] {
            if !value.is_power_of_two() {
                refuse(field, value, "any other; help: take a power of two".into());
            }
        }
        if self.word < self.block && self.format != Format::Coordinates {
            refuse("word", self.word, format!("block={}; help: a bitmap is taken in a cycle", self.block));
        }
        if !self.k.is_multiple_of(self.block) {
            refuse("k", self.k, format!("block={}; help: fill rows with zeros up to whole blocks", self.block));
        }
        if !self.n.is_multiple_of(self.cols) {
            refuse("n", self.n, format!("cols={}; help: fill the last beat with columns of zeros", self.cols));
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "intersect_mac",
        summary: "multiplies two sparse matrices, a cycle for each pair of elements that are there",
        equation: "c[i][j] = sum over k of a[i][k] * b[k][j]; both are codes of bitmaps or coordinates",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("one PE", "cols=1"),
        ("bitmap", "format=bitmap block=32"),
        ("coordinates", "format=coordinates"),
    ];
    // Each form, one PE and more, that may run ahead or not.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("hybrid", "m=5 k=16 n=4 cols=2 ahead=2 a_bits=3 b_bits=2 block=8 word=32"),
        ("bitmap", "m=6 k=16 n=3 cols=1 ahead=4 a_bits=2 a_signed=false b_bits=3 block=8 word=32 format=bitmap"),
        (
            "coordinates",
            "m=5 k=16 n=2 cols=2 ahead=1 a_bits=3 b_bits=2 b_signed=false block=16 word=32 format=coordinates",
        ),
    ];
    type Derived = ();

    fn bounds(&self) -> Vec<Bound> {
        vec![
            Bound::new("m * k", [self.m, self.k], MOST_ELEMENTS),
            Bound::new("k * n", [self.k, self.n], MOST_ELEMENTS),
            Bound::new("m * n", [self.m, self.n], MOST_ELEMENTS),
            Bound::new("2 * m * k * a_bits * cols", [2, self.m, self.k, self.a_bits, self.cols], MOST_BITS),
            Bound::new("2 * n * k * b_bits", [2, self.n, self.k, self.b_bits], MOST_BITS),
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
        Some(Work { products, elements: c.cols.into() })
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let of_pe = u64::from(19 * c.block + 3 * c.sum_bits() + 150);
        let logic = 1350 + 30 * u64::from(c.word) + u64::from(c.cols) * of_pe;
        let mut cost = Cost::logic(logic).multipliers(c.cols.into(), c.a_bits, c.b_bits);
        for _ in 0..c.cols {
            cost = c.b().cost(c.a().cost(cost));
            cost = cost.ram(pe::PAIRS.into(), c.pair_bits().into());
            cost = cost.ram(pe::PAIRS.into(), bits_for_unsigned(c.block.into()).into());
            cost = cost.ram(c.ahead.into(), u64::from(c.sum_bits()) + 1);
        }
        cost.ram(load::REPORTS.into(), (2 * c.a().report_bits()).into())
            .ram(load::REPORTS.into(), (2 * c.b().report_bits()).into())
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} x {} x {}, {}", c.m, c.k, c.n, c.format.text()), c.cols)
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
