//! `sparse_lookup`: elements of a tensor by their indices, out of a table that holds only those that are not zero.
//!
//! Each block of the tensor has a row in memory, its bitmap or the indices of its pairs in their order, and the address of its first element in
//! another memory. A query reads the row of its block, and a tree finds the element's place: of a bitmap it adds flags in front of the index from the leaves
//! to the root, of pairs it searches the index from the root to the leaves. Both go in the same stages, a query a cycle and lane; each lane has memories of its
//! own.
//!
//! A frame of `s_table` is a tensor's [code](super::code) in words; a frame of `s_index` are indices into it, `y[i] = x[index[i]]`, or 0 where
//! `m_outside` has a 1: the index is not below the tensor's size. `m_table` has for each table the elements that it serves, and the number of the first block
//! that is malformed or for which it has no place, from 1 on, or 0.
//!
//! There are two tables: the k-th frame of indices is answered from the k-th table, while the next one comes. What a table has no place for reads as zero: blocks
//! beyond `blocks` (these are outside), elements beyond `values`, pairs of a block beyond `pairs`.
//!
//! Contract for a frame: II the larger of its beats of indices and the cycles that take the table's code apart, an element of a bitmap or a pair a cycle.

mod golden;
mod load;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;
pub mod timing;
mod tree;

use crate::blocks::sparse::code::{Code, Format};
use crate::blocks::sparse::cutter::Cutter;
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_count, bits_for_unsigned, Prng};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements of a block, a power of two and no more than a word's bits.
        block: u32 = 64, in 8..=512;
        /// Bits of an element.
        width: u32 = 8, in 1..=32;
        /// Elements are two's complement.
        signed: bool = true;
        /// Blocks that have a place.
        blocks: u32 = 64, in 2..=4096;
        /// Elements that have a place, of all blocks.
        values: u32 = 1024, in 2..=65536;
        /// Pairs of a block of coordinates that have a place, a power of two; 0 where there are only bitmaps.
        pairs: u32 = 8, in 0..=64;
        /// Indices of a beat.
        queries: u32 = 1, in 1..=8;
        /// Bits of a word.
        word: u32 = 64, in 32..=512;
        /// How blocks are written.
        format: Format = Format::Hybrid;
    }
}

impl Config {
    /// The code.
    pub fn code(&self) -> Code {
        Code { block: self.block, width: self.width, format: self.format }
    }
    fn cutter(&self) -> Cutter {
        Cutter { code: self.code(), word: self.word, group: 1, skip: false }
    }
    /// Elements that a table serves at most.
    fn most(&self) -> u32 {
        self.block * self.blocks
    }
    /// Bits of an index, and of each number of a report: the first one behind the last that is served has them too.
    pub fn index_bits(&self) -> u32 {
        bits_for_unsigned(self.most().into())
    }
    /// Bits of an element's address, that of none included.
    fn address_bits(&self) -> u32 {
        self.index_bits()
    }
    /// Bits that name an element's place.
    fn place_bits(&self) -> u32 {
        bits_for_count(self.values.into())
    }
    /// Bits of an index within a block.
    fn within_bits(&self) -> u32 {
        self.code().index_bits()
    }
    /// Bits of the keys of a row: each an index, and that there is one.
    fn keys_bits(&self) -> u32 {
        self.pairs * (self.within_bits() + 1)
    }
    /// Bits of flags or keys of a row.
    fn flags_bits(&self) -> u32 {
        match self.format {
            Format::Bitmap => self.block,
            Format::Coordinates => self.keys_bits(),
            Format::Hybrid => self.block.max(self.keys_bits()),
        }
    }
    /// Bits of a row: its flags or keys, the address of its first element, and its form where there are two.
    fn row_bits(&self) -> u32 {
        self.flags_bits() + self.address_bits() + u32::from(self.format == Format::Hybrid)
    }
    /// Bits of a table in memory, one of two.
    pub fn memory_bits(&self) -> u64 {
        u64::from(self.blocks) * u64::from(self.row_bits()) + u64::from(self.values) * u64::from(self.width)
    }

    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let mut refuse = |field, value: u32, with: String| {
            errors.push(ConfigError::NotServed { block, field, value: value.to_string(), with });
        };
        for (field, value) in [("word", self.word), ("block", self.block), ("pairs", self.pairs.max(1))] {
            if !value.is_power_of_two() {
                refuse(field, value, "any other; help: take a power of two".into());
            }
        }
        if self.word < self.block && self.format != Format::Coordinates {
            refuse("word", self.word, format!("block={}; help: a bitmap is taken in a cycle", self.block));
        }
        let least = self.cutter().least_word();
        if self.word < least {
            refuse(
                "word",
                self.word,
                format!("width={}; help: a pair is taken in a cycle, of {least} bits", self.width),
            );
        }
        let format = format!("format={}", self.format.text());
        if (self.format == Format::Bitmap) != (self.pairs == 0) {
            refuse("pairs", self.pairs, format!("{format}; help: bitmaps have none, coordinates some"));
        } else if self.pairs > self.block {
            refuse("pairs", self.pairs, format!("block={}; help: no block has more than its elements", self.block));
        }
        if self.values > self.most() {
            let with =
                format!("block={} blocks={}; help: no table has more than its elements", self.block, self.blocks);
            refuse("values", self.values, with);
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "sparse_lookup",
        summary: "gives elements of a sparse tensor by their indices, without decoding it",
        equation: "y[i] = x[index[i]], 0 where the index is outside; x a code of bitmaps or coordinates",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("four queries", "queries=4"),
        ("bitmap", "format=bitmap pairs=0"),
        ("coordinates", "format=coordinates block=256 blocks=16 pairs=32"),
    ];
    // Each form; tables that have no place for some of what comes.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("hybrid", "block=8 width=5 blocks=3 values=16 pairs=4 word=32"),
        ("bitmap", "block=16 width=3 blocks=2 values=20 pairs=0 queries=2 word=32 format=bitmap"),
        ("coordinates", "block=16 width=4 blocks=3 values=12 pairs=4 word=32 format=coordinates"),
    ];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let errors = self.rules();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        format!("{}x{}w{}_h{}", self.block, self.blocks, self.width, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let (latency, ii) = timing::of(c, inputs);
        Contract { latency, ii }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let flags = if c.format == Format::Coordinates { 0 } else { 8 * c.block };
        let mut cost = Cost::logic(300 + u64::from(15 * c.word + c.queries * (flags + 4 * c.keys_bits() + 40)));
        for _ in 0..c.queries {
            cost = cost.ram(2 << bits_for_count(c.blocks.into()), c.row_bits().into());
            cost = cost.ram(2 << c.place_bits(), c.width.into());
        }
        cost =
            cost.ram(c.places().into(), u64::from(c.queries * (c.width + 1)) + 1).ram(4, (2 * c.index_bits()).into());
        cost
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} blocks of {}, {}", c.blocks, c.block, c.format.text()), c.queries)
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
