//! Rows of codes: their sizes, and which numbers of a lane are none.

pub mod stimulus;

use super::tree;
use crate::blocks::ConfigError;
use crate::hdl::{Bool, Mod, SInt, UInt};

/// Rows of codes.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// Codes of the longest row.
    pub columns: u32,
    /// Codes of a beat.
    pub lanes: u32,
    /// Bits of a code.
    pub bits: u32,
    /// Codes are two's complement.
    pub signed: bool,
    /// A lane has one bit more, and a number that is no code is no part of the row.
    pub absent: bool,
    /// Bits of a result.
    pub out_bits: u32,
    /// Results are two's complement.
    pub out_signed: bool,
}

impl Rows {
    /// Beats of the longest row.
    pub fn beats(&self) -> u32 {
        self.columns.div_ceil(self.lanes)
    }
    /// The lowest and the highest code.
    pub fn codes_range(&self) -> (i64, i64) {
        range(self.bits, self.signed)
    }
    /// The lowest and the highest result.
    pub fn results_range(&self) -> (i64, i64) {
        range(self.out_bits, self.out_signed)
    }
    /// Levels of a tree over the lanes.
    pub fn levels(&self) -> u32 {
        tree::levels(self.lanes)
    }
    /// Bits of a lane of the input.
    pub fn lane_bits(&self) -> u32 {
        self.bits + u32::from(self.absent)
    }

    /// Whether a lane holds no code: it needs its upper bit.
    pub fn is_absent<'m>(&self, lane: UInt<'m>) -> Option<Bool<'m>> {
        let top = |i: u32| lane.bit(self.bits - i);
        self.absent.then(|| if self.signed { top(0) ^ top(1) } else { top(0) })
    }

    /// A code as a signed number in the same order: of unsigned ones the middle is zero.
    pub fn code_of<'m>(&self, m: &'m Mod<'_>, lane: UInt<'m>) -> SInt<'m> {
        let code = lane.trunc(self.bits);
        if self.signed {
            return code.as_signed();
        }
        m.concat(&[(!code.bit(self.bits - 1)).to_uint(), code.trunc(self.bits - 1)]).as_signed()
    }

    /// The rule of every block of rows: a beat is no longer than a row.
    pub fn broken(&self, block: &'static str) -> Option<ConfigError> {
        let (value, useful) = (self.lanes.into(), self.columns.into());
        (self.lanes > self.columns).then_some(ConfigError::NoEffect { block, field: "lanes", value, useful })
    }

    /// What the Verilog's header says of them.
    pub fn note(&self) -> (&'static str, String) {
        ("rows", format!("as long as their frames, in whole beats; cut after {} of them", self.beats()))
    }
}

/// The lowest and the highest number of so many bits.
fn range(bits: u32, signed: bool) -> (i64, i64) {
    match signed {
        true => (-1 << (bits - 1), (1 << (bits - 1)) - 1),
        false => (0, (1 << bits) - 1),
    }
}
