//! What softmaxes of rows share: the maximum, then an exponential of each code's distance below it and their sum, then a division, then a product for
//! each exponential. A block says what its exponentials and products are ([`Lane`]).
//!
//! The [passes](super::passes) find the maximum, then the sum and the quotient; words are what is kept of exponentials.

use super::divide::{self, Dividend};
use super::passes::{self, Found, Passes, Shape};
use super::row_codes::Rows;
use super::row_max;
use super::row_queue::{self, Entry, Given, Leaving};
use super::tree;
use crate::blocks::{Contract, Cost};
use crate::hdl::{Bool, Mod, Source, UInt};
use crate::num::bits_for_unsigned;

/// What differs between softmaxes. Cycles count registers, the last one at the output.
pub trait Lane {
    /// Bits of what is kept of an exponential until its row's sum is there.
    fn word_bits(&self) -> u32;
    /// The largest exponential.
    fn largest(&self) -> u64;
    /// Registers of [`Lane::exp`].
    fn exp_cycles(&self) -> u32;
    /// Of the distance below the maximum: the kept word and the exponential, zeros unless `here` holds in the cycle before.
    fn exp<'m>(&self, m: &'m Mod<'_>, k: u32, below: UInt<'m>, here: Bool<'m>) -> (UInt<'m>, UInt<'m>);
    /// A sum beyond it counts as this.
    fn most(&self) -> u64;
    /// What is divided by the sum.
    fn dividend<'m>(&self, m: &'m Mod<'_>) -> Dividend<'m>;
    /// Bits of the quotient.
    fn quotient_bits(&self) -> u32;
    /// Bits of a result's product's operands, in two's complement.
    fn product(&self) -> [u32; 2];
    /// Registers of [`Lane::result`].
    fn result_cycles(&self) -> u32;
    /// Of the kept word and the quotient; registers move where `run`.
    fn result<'m>(&self, m: &'m Mod<'_>, k: u32, run: Bool<'m>, word: UInt<'m>, quotient: UInt<'m>) -> UInt<'m>;
}

/// A softmax: rows, and what is computed of each code.
#[derive(Clone, Copy, Debug)]
pub struct Softmax<'c, L> {
    /// The rows.
    pub rows: Rows,
    /// Exponentials and products.
    pub lane: &'c L,
}

impl<L: Lane> Softmax<'_, L> {
    /// The largest sum.
    fn largest_sum(&self) -> u64 {
        self.lane.largest() * u64::from(self.rows.beats() * self.rows.lanes)
    }
    fn clamps(&self) -> bool {
        self.largest_sum() > self.lane.most()
    }
    /// Cycles from the read of a row's last beat to the start of the division.
    fn sum_cycles(&self) -> u32 {
        self.shape().word_cycles + self.rows.levels() + 1 + u32::from(self.clamps())
    }
    /// What it takes: tables of a row once and of a lane, beside memories and multipliers.
    pub fn cost(&self, row: u64, lane: u64) -> Cost {
        let lanes = u64::from(self.rows.lanes);
        let cost = Cost::logic(row + lane * lanes).plus(self.shape().memories());
        // A word of one bit makes no product.
        match self.lane.product() {
            [0..=2, _] => cost,
            [a, b] => cost.multipliers(lanes, a, b),
        }
    }
    /// Latency and II of a frame of so many codes.
    pub fn contract(&self, codes: usize) -> Contract {
        let (latency, ii) = self.shape().timing((codes as u64).div_ceil(self.rows.lanes.into()));
        Contract { latency, ii }
    }
}

impl<L: Lane> Passes for Softmax<'_, L> {
    fn shape(&self) -> Shape {
        let (rows, bits) = (self.rows, self.lane.quotient_bits());
        let word_cycles = row_queue::TO_BEAT as u32 + 1 + self.lane.exp_cycles();
        let sum_cycles = word_cycles + rows.levels() + 1 + u32::from(self.clamps());
        Shape {
            lanes: rows.lanes,
            beats: rows.beats(),
            input: (rows.lane_bits(), rows.signed),
            output: (rows.out_bits, rows.out_signed),
            first: Found { bits: rows.bits, cycles: row_max::cycles(&rows), apart: 1 },
            word_bits: self.lane.word_bits(),
            word_cycles,
            second: Found { bits, cycles: sum_cycles + bits + 1, apart: divide::serial_apart(bits) },
            result_cycles: self.lane.result_cycles(),
        }
    }

    /// The row's maximum: the least code where none is there.
    fn first<'m>(&self, m: &'m Mod<'_>, s: Source<'m>, entry: Entry<'m>) -> Given<'m> {
        let (at, max) = row_max::of(&self.rows, m, s, entry);
        Given { at, value: max.as_unsigned() }
    }

    /// The kept words of a beat, and the quotient by the sum of the row's exponentials.
    fn second<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> (Given<'m>, Given<'m>) {
        m.section("how far each code lies below the maximum, and its exponential");
        let (words, exps) = (0..self.rows.lanes).map(|k| self.exp(m, read, k)).unzip();
        let words: Vec<UInt> = words;
        let cycles = 1 + self.lane.exp_cycles();
        let at = m.pipe_flag("some_word", m.bool(true), read.valid, cycles);
        let sum = self.sum(m, read, exps);
        m.section("the division, a bit of the quotient a cycle");
        let done = m.pipe_flag("row_summed", m.bool(true), read.row, self.sum_cycles());
        let found = divide::serial(m, "division", done, self.lane.dividend(m), sum, self.lane.quotient_bits());
        (Given { at, value: m.lanes(&words) }, Given { at: found.ready, value: found.quotient })
    }

    fn third<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>) -> UInt<'m> {
        let bits = self.lane.word_bits();
        let y = |k: u32| self.lane.result(m, k, read.run, read.beat.slice(k * bits, bits), read.number);
        m.lanes(&(0..self.rows.lanes).map(y).collect::<Vec<UInt>>())
    }
}

impl<L: Lane> Softmax<'_, L> {
    /// A lane's word and exponential: zeros where no code is.
    fn exp<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>, k: u32) -> (UInt<'m>, UInt<'m>) {
        let (rows, on) = (&self.rows, m.bool(true));
        let code = read.beat.slice(k * rows.lane_bits(), rows.lane_bits());
        let below = (read.number.as_signed() - rows.code_of(m, code)).as_unsigned().trunc(rows.bits);
        let below = m.delay(&format!("below{k}"), on, below.called(format!("apart{k}")));
        let cycles = self.lane.exp_cycles();
        let some = m.pipe_flag(&format!("some{k}"), on, read.valid, cycles);
        let none = rows.is_absent(code).map(|none| m.pipe(&format!("absent{k}"), on, none, cycles));
        self.lane.exp(m, k, below, none.map_or(some, |none| some & !none))
    }

    /// The sum of a row's exponentials.
    fn sum<'m>(&self, m: &'m Mod<'_>, read: &Leaving<'m>, exps: Vec<UInt<'m>>) -> UInt<'m> {
        m.section("their sum");
        let (on, cycles) = (m.bool(true), 1 + self.lane.exp_cycles() + self.rows.levels());
        let beat = tree::sum(m, "sum", exps);
        let last = m.pipe_flag("last_read", on, read.row, row_queue::TO_BEAT as u32 + cycles);
        let w = bits_for_unsigned(self.largest_sum().into());
        let sum = passes::sum(m, "sum", last, beat, w);
        if self.clamps() {
            m.delay("sum_clamped", on, sum.clamp(0, self.lane.most()))
        } else {
            sum
        }
    }
}
