//! The inside of an element: `depth` products, summed, and the register that accumulates them.
//!
//! An element sees its operands as bit vectors ("wires"): [`Cell::encode_a`] and [`Cell::encode_b`] make them from
//! numbers once, at the entrance of the array, so that what can be shared by a whole row or column is built once.

mod booth;
pub(super) mod compress;
pub(super) mod digits;
pub mod float;
mod lookup;
mod plain;
mod rules;
mod same_weight;
mod sums;

pub use plain::packed_bits;

use crate::hdl::{Bool, Mod, SInt, UInt};
use crate::num::minifloat::MiniFloat;
use crate::num::{bits_for_range, bits_for_unsigned, Range};

crate::choice! {
    /// What an element is made of.
    pub enum Mac {
        /// A multiplier and an adder.
        Plain = "plain",
        /// Sums kept in carry-save form, one carry-propagate addition at the end (OPT1).
        CarrySave = "carry-save",
        /// Digits of equal weight are compressed first, then weighted and added (OPT2).
        SameWeight = "same-weight",
        /// Weights -1, 0, 1: an addition, a subtraction or nothing.
        Ternary = "ternary",
        /// Two products of one activation from one multiplier.
        Packed = "packed",
        /// Sums of four activations from a table, addressed by the weights' bits (T-MAC).
        Lookup = "lookup",
        /// Floating-point products by integer addition (L-Mul).
        LMul = "l-mul",
        /// One digit a cycle, zeros skipped; each element has its own encoder (OPT3).
        SparseDigit = "sparse-digit",
        /// One digit a cycle, zeros skipped; a row shares its encoder (OPT4C).
        SharedDigit = "shared-digit",
    }
}

impl Mac {
    /// Columns that an element serves.
    pub fn outs(self) -> u32 {
        if self == Mac::Packed {
            2
        } else {
            1
        }
    }

    /// The element takes a cycle for each digit that is not zero.
    pub fn serial(self) -> bool {
        matches!(self, Mac::SparseDigit | Mac::SharedDigit)
    }

    /// The values of `b`, where the element restricts them.
    pub fn b_range(self) -> Option<Range> {
        (self == Mac::Ternary).then_some(Range::new(-1, 1))
    }
}

/// An element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it is made of.
    pub mac: Mac,
    /// Products a step.
    pub depth: u32,
    /// Values of an `a`.
    pub a: Range,
    /// Values of a `b`.
    pub b: Range,
    /// Values of the sum.
    pub acc: Range,
    /// See the setting.
    pub pipeline: u32,
    /// Operands are codes of this format.
    pub format: Option<MiniFloat>,
    /// Sums are float32.
    pub float32: bool,
    /// Floating-point sums leave as fixed-point numbers with their flags, for a block that goes on with them.
    pub fixed: bool,
}

/// The sum of a step's products.
#[derive(Clone, Copy, Debug)]
pub enum Sum<'m> {
    /// A number.
    Binary(SInt<'m>),
    /// A number, and what of it is none: NaN, infinities.
    Flagged(SInt<'m>, UInt<'m>),
    /// The sum of two, plus a constant that [`Cell::correction`] tells.
    CarrySave(UInt<'m>, UInt<'m>),
}

impl Cell {
    /// Bits of an `a`.
    pub fn a_bits(&self) -> u32 {
        bits_for_range(self.a, true)
    }

    /// Bits of a `b`.
    pub fn b_bits(&self) -> u32 {
        bits_for_range(self.b, true)
    }

    /// Bits of a sum.
    pub fn acc_bits(&self) -> u32 {
        bits_for_range(self.acc, true).max(2)
    }

    /// Products are made by adding codes.
    pub fn l_mul(&self) -> bool {
        self.mac == Mac::LMul
    }

    /// Flags beside a sum.
    pub fn flags(&self) -> u32 {
        self.format.filter(|_| !self.float32).map_or(0, float::flags)
    }

    /// Bits of a vector that holds a sum of `w` bits.
    pub fn vector_bits(&self, w: u32) -> u32 {
        if self.float32 {
            32
        } else {
            w + self.flags()
        }
    }

    /// Values of a product, in units of its format.
    pub fn product(&self) -> Range {
        if let Some(f) = self.format {
            return float::product(f, self.l_mul());
        }
        self.a.checked_mul(self.b).unwrap_or(Range::new(0, 0)).union(Range::new(0, 0))
    }

    /// Vectors that hold a sum: two in carry-save form.
    pub fn addends(&self) -> u32 {
        if self.mac == Mac::CarrySave || self.mac.serial() {
            2
        } else {
            1
        }
    }

    /// Digits of an `a` that a serial element goes through; 1 for the others.
    pub fn digits(&self) -> u32 {
        if self.mac.serial() {
            digits::count(self.a)
        } else {
            1
        }
    }

    /// Bits that hold the sums of an element.
    pub fn state_bits(&self) -> u32 {
        self.vector_bits(self.acc_bits()) * self.addends() * self.mac.outs()
    }

    /// Bits of `depth` values of `a`, as elements see them.
    pub fn a_wire(&self) -> u32 {
        if let Some(f) = self.format {
            return self.depth * float::operand_bits(f, self.l_mul());
        }
        match self.mac {
            Mac::SameWeight | Mac::SparseDigit | Mac::SharedDigit => self.depth * digits::bits(self.a),
            Mac::Lookup => self.depth / lookup::GROUP * lookup::table_bits(self),
            _ => self.depth * self.a_bits(),
        }
    }

    /// Bits of `depth` values of `b` for each column of the element, as elements see them.
    pub fn b_wire(&self) -> u32 {
        if let Some(f) = self.format {
            return self.depth * float::operand_bits(f, self.l_mul());
        }
        match self.mac {
            Mac::Packed => self.depth * plain::packed_bits(self),
            _ => self.depth * self.b_bits(),
        }
    }

    /// The most that `pipeline` is good for.
    pub fn most_pipeline(mac: Mac, depth: u32) -> u32 {
        let levels = |terms: u32| match terms {
            0 | 1 => 1,
            2 => 2,
            _ => 3,
        };
        match mac {
            Mac::Plain | Mac::Ternary | Mac::Packed | Mac::LMul => levels(depth),
            Mac::Lookup => levels(depth / lookup::GROUP),
            Mac::CarrySave | Mac::SparseDigit | Mac::SharedDigit => 1,
            Mac::SameWeight => 2,
        }
    }

    /// Registers between the operands and the accumulator.
    pub fn stages(&self) -> u32 {
        let terms = if self.mac == Mac::Lookup { lookup::terms(self) } else { self.depth };
        match self.pipeline {
            3 => 1 + bits_for_unsigned(u128::from(terms.saturating_sub(1))),
            p => p,
        }
    }

    /// Registers behind the accumulator.
    pub fn resolve_stages(&self) -> u32 {
        self.addends() - 1
    }

    /// `depth` values of `a` as elements see them.
    pub fn encode_a<'m>(&self, m: &'m Mod<'_>, name: &str, a: &[SInt<'m>]) -> UInt<'m> {
        if let Some(f) = self.format {
            return self.decode(m, f, a);
        }
        match self.mac {
            Mac::SameWeight | Mac::SparseDigit | Mac::SharedDigit => {
                let codes: Vec<UInt> = a.iter().map(|x| digits::encode(m, *x, self.a)).collect();
                m.lanes(&codes)
            }
            Mac::Lookup => lookup::tables(self, m, name, a),
            _ => m.lanes(&a.iter().map(|x| x.sext(self.a_bits()).as_unsigned()).collect::<Vec<_>>()),
        }
    }

    /// `depth` values of `b`, column by column, as elements see them.
    pub fn encode_b<'m>(&self, m: &'m Mod<'_>, b: &[SInt<'m>]) -> UInt<'m> {
        if let Some(f) = self.format {
            return self.decode(m, f, b);
        }
        match self.mac {
            Mac::Packed => plain::pack(self, m, b),
            _ => m.lanes(&b.iter().map(|x| x.sext(self.b_bits()).as_unsigned()).collect::<Vec<_>>()),
        }
    }

    fn decode<'m>(&self, m: &'m Mod<'_>, f: MiniFloat, codes: &[SInt<'m>]) -> UInt<'m> {
        let one = |x: &SInt<'m>| float::decode(m, f, self.l_mul(), x.as_unsigned());
        m.lanes(&codes.iter().map(one).collect::<Vec<_>>())
    }

    /// The sum of a step's products for each column, after [`Cell::stages`] registers.
    pub fn products<'m>(&self, m: &'m Mod<'_>, run: Bool<'m>, a: UInt<'m>, b: UInt<'m>) -> Vec<Sum<'m>> {
        if self.format.is_some() {
            let (x, marks) = float::products(self, m, run, a, b);
            return vec![marks.map_or(Sum::Binary(x), |k| Sum::Flagged(x, k))];
        }
        match self.mac {
            Mac::Plain => vec![Sum::Binary(plain::products(self, m, run, a, b))],
            Mac::Ternary => vec![Sum::Binary(plain::ternary(self, m, run, a, b))],
            Mac::Packed => plain::packed(self, m, run, a, b).into_iter().map(Sum::Binary).collect(),
            Mac::CarrySave => vec![booth::products(self, m, run, a, b)],
            Mac::SameWeight => vec![Sum::Binary(same_weight::products(self, m, run, a, b))],
            Mac::Lookup => vec![Sum::Binary(lookup::products(self, m, run, a, b))],
            // These have a sequence of their own: `rtl/serial.rs`.
            Mac::SparseDigit | Mac::SharedDigit | Mac::LMul => Vec::new(),
        }
    }
}

/// What accompanies a step's products at the accumulators.
#[derive(Clone, Copy, Debug)]
pub struct Control<'m> {
    /// Everything moves.
    pub run: Bool<'m>,
    /// The products are those of a step.
    pub valid: Bool<'m>,
    /// The step is the first of a sum, or the last one.
    pub mark: Bool<'m>,
}

/// Lane `k` of a vector of `bits` wide numbers.
fn lane<'m>(v: UInt<'m>, k: u32, bits: u32) -> SInt<'m> {
    v.slice(k * bits, bits).as_signed()
}
