//! Takes [codes](super::code) apart: what an array or a table makes of a stream of words.
//!
//! A place in the code goes on by a header, then by parts of a bitmap and groups of its elements, or by rows of pairs: amounts that registers know
//! before, so that one shift a cycle finds the next bits.

mod masks;
mod plan;
mod report;
mod rows;
mod skip;
mod steps;
pub mod timing;
mod words;

pub use report::report;
pub use rows::{rows, Row};
pub use steps::{steps, Taken};
pub use words::Words;

use super::code::{Code, Format};
use crate::hdl::{Mod, UInt};
use crate::num::{bits_for_count, bits_for_unsigned};

/// What is taken apart, and how.
#[derive(Clone, Copy, Debug)]
pub struct Cutter {
    /// The code.
    pub code: Code,
    /// Bits of a word, a power of two.
    pub word: u32,
    /// Elements that are taken in a cycle, and places of a group; a power of two.
    pub group: u32,
    /// Places of a bitmap without an element take no step. Of groups of one element, and bitmaps no longer than a word.
    pub skip: bool,
}

impl Cutter {
    /// Cycles from a place in the words to their bits: shifts of wide words take two.
    pub fn view_cycles(&self) -> u32 {
        if self.word <= 64 {
            1
        } else {
            2
        }
    }
    /// Flags of a bitmap that are taken in a cycle.
    pub fn part(&self) -> u32 {
        self.word.min(self.code.block.next_power_of_two())
    }
    /// Parts of a full block's bitmap.
    pub fn parts(&self) -> u32 {
        self.code.block.div_ceil(self.part())
    }
    /// Cycles in front of a block's elements.
    pub fn ahead(&self) -> u32 {
        let view = self.view_cycles();
        view + 2 + if self.code.format == Format::Coordinates { 0 } else { self.parts().max(view + 2) }
    }
    /// Bits that a word has to have.
    pub fn least_word(&self) -> u32 {
        self.group * self.code.entry_bits().max(4)
    }
    /// Bits that name a group of a block.
    pub fn group_index_bits(&self) -> u32 {
        self.code.index_bits() - self.group.trailing_zeros()
    }
    /// Bits of a place within a group.
    fn within_bits(&self) -> u32 {
        self.group.trailing_zeros().max(1)
    }
    /// The place of an index within its group.
    fn within<'m>(&self, m: &'m Mod<'_>, index: UInt<'m>) -> UInt<'m> {
        match self.group.trailing_zeros() {
            0 => m.u(0, 1),
            bits => index.trunc(bits),
        }
    }
    /// Bits of a number of bits up to a word.
    fn by_bits(&self) -> u32 {
        bits_for_unsigned(self.word.into())
    }
    /// Bits of the number of a step in a block.
    fn step_bits(&self) -> u32 {
        let rows = (self.code.count_bits() - self.group.trailing_zeros()).max(1);
        let parts = bits_for_count(self.parts().into()).max(1);
        match self.code.format {
            Format::Hybrid => rows.max(parts),
            Format::Bitmap => parts,
            Format::Coordinates => rows,
        }
    }
}
