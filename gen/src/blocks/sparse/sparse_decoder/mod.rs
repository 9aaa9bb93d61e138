//! `sparse_decoder`: elements of [codes](super::code) that leave zeros out, whatever comes.
//!
//! A [cutter](super::cutter) takes the code apart. Rows of elements with their indices wait in a small memory, and are spread over groups of places,
//! more of them in a cycle than a beat has: headers and bitmaps cost no time, full blocks follow each other without a gap.
//!
//! A frame in is a tensor's code in words, their bytes the lowest first; a frame out is the tensor, zeros behind the last element of its last beat. For each
//! `m_report` has its elements, modulo `2^report_bits`, and the number of the first block that is malformed, from 1 on, or 0; the largest number stands for
//! itself and all beyond. What a malformed code decodes to is that of [`Code::decode`]: of a wrong block as much as can be read, and the frame behind it is whole again.
//!
//! Contract for a frame: II the largest of its beats, the cycles that take its code apart and those that spread its rows; more where one of these rests
//! longer than rows have a place, as a damaged code can make it.

mod golden;
mod rtl;
mod spread;
mod stimulus;
#[cfg(test)]
mod tests;
mod timing;

use crate::blocks::sparse::code::{Code, Format};
use crate::blocks::sparse::cutter::Cutter;
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
        /// Bits of each number of a report.
        report_bits: u32 = 32, in 4..=32;
    }
}

impl Config {
    /// The code.
    pub fn code(&self) -> Code {
        Code { block: self.block, width: self.width, format: self.format }
    }
    /// How it is taken apart: in groups of twice a beat's elements, or so many that full blocks follow each other without a gap.
    fn cutter(&self) -> Cutter {
        let of = |beats: u32| Cutter { code: self.code(), word: self.word, group: beats * self.lanes, skip: false };
        let fits = |c: &Cutter| (c.ahead() + self.block.div_ceil(c.group)) * self.lanes <= self.block;
        [2, 4].map(of).into_iter().find(fits).unwrap_or(of(8))
    }
    /// Rows of elements that have a place: those under way, and as many as are spread while nothing comes.
    fn rows(&self) -> u32 {
        {
            let c = self.cutter();
            (c.view_cycles() + 7 + (c.ahead() * self.lanes).div_ceil(c.group)).next_power_of_two()
        }
    }

    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let refused =
            |field, value: u32, with: String| ConfigError::NotServed { block, field, value: value.to_string(), with };
        for (field, value) in [("word", self.word), ("lanes", self.lanes)] {
            if !value.is_power_of_two() {
                errors.push(refused(field, value, "any other; help: take a power of two".into()));
            }
        }
        let (beats, cutter) = (self.block / self.lanes, self.cutter());
        if !self.block.is_multiple_of(self.lanes) || cutter.group > 4 * self.lanes {
            let help = "help: a block is whole beats, eight or more, and more where words are wide";
            errors.push(refused(
                "lanes",
                self.lanes,
                format!("block={} word={}; {beats} beats; {help}", self.block, self.word),
            ));
        }
        let needs = cutter.least_word();
        if errors.is_empty() && needs > self.word {
            let help = format!("help: {} elements of {} bits are taken in a cycle", cutter.group, needs / cutter.group);
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
        name: "sparse_decoder",
        summary: "gives the elements of tensors that are written as bitmaps or coordinates of what is not zero",
        equation: "y[i] = the element that the code has at i, or 0",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("four lanes", "lanes=4 word=128"),
        ("bitmap", "format=bitmap"),
        ("coordinates", "format=coordinates"),
    ];
    // Each form, one lane and two, a block that is no power of two.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("hybrid", "block=8 width=5 report_bits=4"),
        ("two lanes", "block=64 lanes=2 width=3 format=bitmap report_bits=6"),
        ("coordinates", "block=9 width=4 format=coordinates report_bits=4"),
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
        let cutter = c.cutter();
        let index = if c.format == Format::Bitmap { 0 } else { cutter.group_index_bits() };
        let element = 1 + cutter.group.trailing_zeros() + index + c.width;
        let row = 6 + index + c.code().index_bits() + cutter.group * element;
        let mut cost = Cost::logic(300 + u64::from(14 * c.word)).ram(c.rows().into(), row.into());
        if c.format != Format::Coordinates && cutter.parts() > 2 {
            cost = cost.ram(u64::from(cutter.parts()) - 1, cutter.part().into());
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
        stimulus::bins(c, &inputs[0], outputs)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![("taken", format!("{} elements a cycle", c.cutter().group))]
    }
}
