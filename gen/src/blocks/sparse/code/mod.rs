//! Codes of sparse tensors in blocks: a bitmap of what is not zero, or coordinates, or for each block the shorter of both.
//!
//! A tensor of any length is cut into blocks of `block` elements of `width` bits; the last one may be shorter. A block of `r` elements, `n` of them not
//! zero, with `A = ceil(log2 block)` bits of an index and `C = ceil(log2 (block + 1))` bits of a count, lowest bits first:
//!
//! | field | bits | |
//! |---|---|---|
//! | last | 1 | the tensor ends with this block |
//! | kind | 2 | `hybrid` only: 0 a bitmap, 1 coordinates; 2 and 3 are reserved |
//! | size | A | with `last` only: `r - 1` |
//! | bitmap | r | of a bitmap: 1 for each element that is not zero, the first element's first |
//! | values | n width | of a bitmap: those elements in their order |
//! | count | C | of coordinates: `n` |
//! | pairs | n (A + width) | of coordinates: an index within the block, rising from pair to pair, and the element |
//!
//! `hybrid` takes coordinates where `C + n (A + width) < r + n width`, so a bitmap where both are as long. Models of storage:
//! `N + nnz W` and `nnz (W + A)` for a block (RT-NeRF, arXiv 2212.01120, adapts between both by the density of each matrix; sizes and thresholds here
//! are our own).
//!
//! What is no such code is malformed: a reserved kind; a pair whose index does not lie behind the one before it or not in the block, which counts that are
//! too large end with; a size, an end or an element that the code is too short for; bits behind the last block that are not zero, or a word and more of
//! them. [`Code::decode`] defines what becomes of it.

mod bytes;
mod golden;
pub(super) mod random;
mod sizes;
#[cfg(test)]
mod tests;

pub use bytes::{bits, bytes};
pub use golden::{Block, Decoded};
pub use sizes::{Break, Sizes};

use crate::num::{bits_for_count, bits_for_unsigned};

crate::choice! {
    /// How blocks are written.
    pub enum Format {
        /// The shorter one of both, block by block.
        Hybrid = "hybrid",
        /// A bit for each element, then those that are not zero.
        Bitmap = "bitmap",
        /// Pairs of an index and an element that is not zero.
        Coordinates = "coordinates",
    }
}

/// A code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Elements of a block.
    pub block: u32,
    /// Bits of an element.
    pub width: u32,
    /// How blocks are written.
    pub format: Format,
}

impl Code {
    /// `A`: bits of an index within a block.
    pub fn index_bits(&self) -> u32 {
        bits_for_count(self.block.into())
    }
    /// `C`: bits of a count.
    pub fn count_bits(&self) -> u32 {
        bits_for_unsigned(self.block.into())
    }
    /// Bits of an element that is not zero, with its index where coordinates are written.
    pub fn entry_bits(&self) -> u32 {
        self.width + if self.format == Format::Bitmap { 0 } else { self.index_bits() }
    }
    /// Bits in front of each block: its end and its kind.
    pub fn header_bits(&self) -> u32 {
        if self.format == Format::Hybrid {
            3
        } else {
            1
        }
    }
}
