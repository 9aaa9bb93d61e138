//! `sparse_encoder`: tensors in [codes](super::code) that leave zeros out, packed into words.
//!
//! A block is written when all of it has come, since its count decides on its form: so two blocks and some beats wait in memory, elements that are not
//! zero in one and bitmaps in another. Then a cycle writes the header, or as much of a bitmap as a word takes, or some elements; a packer puts the bits of each
//! cycle behind those before. More elements are written in a cycle than come in it, so that headers and bitmaps cost no time: full blocks follow each other
//! without a gap.
//!
//! A frame is a tensor of whole beats, of any length; its code ends with a word of its own, zeros above its last bit. `m_axis` has words as bytes, the lowest
//! first; `m_bits` has one beat a frame, the length of its code in bits.
//!
//! Contract for a frame: II as many cycles as it has beats, or as its blocks take to be written if that is more: 1, a word's part of a bitmap each, and
//! a row of elements each.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;
mod timing;
mod write;

use crate::blocks::sparse::code::{Code, Format};
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements of a block.
        block: u32 = 64, in 8..=1024;
        /// Bits of an element.
        width: u32 = 8, in 1..=32;
        /// Elements of a beat.
        lanes: u32 = 1, in 1..=16;
        /// Elements are two's complement.
        signed: bool = true;
        /// Bits of a word.
        word: u32 = 32, in 32..=512;
        /// How blocks are written.
        format: Format = Format::Hybrid;
    }
}

impl Config {
    /// The code.
    pub fn code(&self) -> Code {
        Code { block: self.block, width: self.width, format: self.format }
    }
    /// Beats of a full block.
    fn beats(&self) -> u32 {
        self.block / self.lanes
    }
    /// Beats of a part of a bitmap that is written in a cycle: a power of two.
    fn part_beats(&self) -> u32 {
        let most = (self.word / self.lanes).min(self.beats().next_power_of_two()).max(1);
        1 << most.ilog2()
    }
    fn entry_bits(&self) -> u32 {
        self.code().entry_bits()
    }
    /// Cycles that write a full block of which nothing is zero, as many elements a cycle.
    fn written(&self, entries: u32) -> u32 {
        let parts = if self.format == Format::Coordinates { 0 } else { self.beats().div_ceil(self.part_beats()) };
        1 + parts + self.block.div_ceil(entries)
    }
    /// Elements that are written in a cycle: a power of two, above a beat's, so many that a full block is written while another one comes.
    fn entries(&self) -> u32 {
        let first = (self.lanes + 1).next_power_of_two();
        (0..6).map(|i| first << i).find(|v| self.written(*v) <= self.beats()).unwrap_or(first << 6)
    }

    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let refused =
            |field, value: u32, with: String| ConfigError::NotServed { block, field, value: value.to_string(), with };
        if !self.word.is_power_of_two() {
            errors.push(refused("word", self.word, "any other; help: take a power of two".into()));
        }
        if !self.block.is_multiple_of(self.lanes) || self.block < 8 * self.lanes {
            let help = "help: a block is eight beats or more, and whole ones";
            errors.push(refused("lanes", self.lanes, format!("block={}; {help}", self.block)));
        }
        let needs = self.entries() * self.entry_bits();
        if errors.is_empty() && needs > self.word {
            let help =
                format!("help: {} elements of {} bits are written in a cycle", self.entries(), self.entry_bits());
            let with = format!(
                "width={} lanes={}; {help}; take {} or more",
                self.width,
                self.lanes,
                needs.next_power_of_two()
            );
            errors.push(refused("word", self.word, with));
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "sparse_encoder",
        summary: "writes tensors as bitmaps or coordinates of what is not zero, and that",
        equation: "code = for each block of r elements, n of them not zero: r bits and n elements, or n pairs of an index and an element, the shorter one",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("four lanes", "lanes=4 word=128"),
        ("bitmap", "format=bitmap"),
        ("coordinates", "format=coordinates"),
    ];
    // Each form, one lane and two, a block that is no power of two; elements that fill a word with those of a cycle.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("hybrid", "block=8 width=9"),
        ("two lanes", "block=16 lanes=2 width=7 format=bitmap"),
        ("coordinates", "block=9 width=9 format=coordinates"),
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
        format!("{}x{}w{}_h{}", self.block, self.lanes, self.width, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let (latency, ii) = timing::of(c, &inputs[0]);
        Contract { latency, ii }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let (word, entries) = (u64::from(c.word), u64::from(c.entries() * c.entry_bits()));
        let mut cost =
            Cost::logic(200 + 28 * word).ram(rtl::BLOCKS.into(), c.record_bits().into()).ram(c.rows().into(), entries);
        if c.format != Format::Coordinates {
            cost = cost.ram(c.parts().into(), u64::from(c.part_beats() * c.lanes));
        }
        cost
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("blocks of {}, {}", c.block, c.format.text()), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        vec![stimulus::frame(c, rng)]
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        stimulus::bins(c, &inputs[0], &outputs[1])
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let code = c.code();
        let header = format!(
            "last{}, then with last {} bits: elements - 1",
            if c.format == Format::Hybrid { ", kind of 2 bits" } else { "" },
            code.index_bits()
        );
        vec![
            ("header", header),
            (
                "coordinates",
                format!(
                    "count of {} bits, then index of {} bits and element, each",
                    code.count_bits(),
                    code.index_bits()
                ),
            ),
            ("written", format!("{} elements a cycle", c.entries())),
        ]
    }
}
