//! `eltwise`: two streams, element by element: the exact sum, the exact product, or the larger or smaller one of what lies above zero points.
//!
//! `y[i] = (a[i] - a_zero) + (b[i] - b_zero)` or `y[i] = (a[i] - a_zero) (b[i] - b_zero)`, as wide as it can be. A quantized
//! addition is a `lut` on each operand, which rescales its codes as the framework does, this sum, and a `requant`.
//!
//! `y[i] = max(a[i] - a_zero, b[i] - b_zero)`, or `min`, has a type that both operands have room in: codes of one type stay codes of it. It
//! is unsigned where neither operand can be negative.
//!
//! Both streams end their frames together: the same number of elements; `last` is that of `a_axis`. With `constants` there is no
//! `b_axis`: they are the second operand, over and over; a frame has a whole number of them.
//!
//! Contract for a frame of `n` beats: latency `n`, II `n`; `n + 1` where constants come from a ROM, which is when they take
//! several beats and differ.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_range, range_of, Prng, Range};

crate::choice! {
    /// What is computed.
    pub enum Kind {
        /// The sum.
        Add = "add",
        /// The product.
        Mul = "mul",
        /// The larger one.
        Max = "max",
        /// The smaller one.
        Min = "min",
    }
}

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements a beat.
        lanes: u32 = 2, in 1..=1024;
        /// What is computed.
        kind: Kind = Kind::Add;
        /// Bits of an `a`.
        a_bits: u32 = 8, in 1..=47;
        /// `a` is two's complement.
        a_signed: bool = true;
        /// Zero point of `a`.
        a_zero: i64 = 0, in -70368744177664..=140737488355327;
        /// Bits of a `b`.
        b_bits: u32 = 8, in 1..=47;
        /// `b` is two's complement.
        b_signed: bool = true;
        /// Zero point of `b`.
        b_zero: i64 = 0, in -70368744177664..=140737488355327;
        /// The second operand, over and over. Empty: it comes from `b_axis`.
        constants: Vec<i64> = Vec::new(), in -70368744177664..=140737488355327;
    }
}

/// Ranges of the operands without their zero points, and of the result.
#[derive(Clone, Copy, Debug)]
pub struct Ranges {
    /// `a - a_zero`.
    pub a: Range,
    /// `b - b_zero`.
    pub b: Range,
    /// The result.
    pub y: Range,
    /// Bits of the result.
    pub bits: u32,
    /// The result is two's complement.
    pub signed: bool,
}

/// Widest result: what a stream's element may have.
const MAX_BITS: u32 = 63;

fn fits(value: i64, bits: u32, signed: bool) -> bool {
    range_of(bits, signed).is_some_and(|r| r.contains(value.into()))
}

/// Of the constants that occur, without their zero point.
fn within(constants: &[i64], zero: i64) -> Range {
    let end = |v: Option<&i64>| i128::from(v.copied().unwrap_or(0)) - i128::from(zero);
    Range::new(end(constants.iter().min()), end(constants.iter().max()))
}

impl Kind {
    /// One of the operands is the result.
    pub fn compares(self) -> bool {
        matches!(self, Kind::Max | Kind::Min)
    }
}

impl Config {
    /// Constants come from a ROM, a beat each.
    fn has_rom(&self) -> bool {
        self.constants.chunks(self.lanes as usize).any(|beat| *beat != self.constants[..beat.len()])
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "eltwise",
        summary: "adds, multiplies or compares two streams, element by element",
        equation: "y[i] = (a[i] - a_zero) + or * or max or min (b[i] - b_zero)",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("constants", "kind=mul constants=3,-1,4,-1,5,-9"),
        ("max", "kind=max a_signed=false b_signed=false"),
    ];
    type Derived = Ranges;

    fn derive(&self) -> Result<Ranges, Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let mut operand = |field, zero: i64, bits, signed| {
            let r = range_of(bits, signed).unwrap_or(Range::new(0, 0));
            if !r.contains(zero.into()) {
                errors.push(ConfigError::DoesNotFit { block, field, value: zero, bits });
            }
            Range::new(r.lo - i128::from(zero), r.hi - i128::from(zero))
        };
        let a = operand("a_zero", self.a_zero, self.a_bits, self.a_signed);
        let b = operand("b_zero", self.b_zero, self.b_bits, self.b_signed);
        if let Some(value) = self.constants.iter().copied().find(|v| !fits(*v, self.b_bits, self.b_signed)) {
            errors.push(ConfigError::DoesNotFit { block, field: "constants", value, bits: self.b_bits });
        }
        let found = self.constants.len();
        if !found.is_multiple_of(self.lanes as usize) {
            let (expected, help) = (format!("a multiple of {}", self.lanes), "beats of constants are full");
            errors.push(ConfigError::Count { block, field: "constants", found, expected, help });
        }
        let b = if found > 0 { within(&self.constants, self.b_zero) } else { b };
        let zero = Range::new(0, 0);
        // Operands have at most 33 bits: far inside an i128.
        let y = match self.kind {
            Kind::Add => a.checked_add(b),
            Kind::Mul => a.checked_mul(b),
            Kind::Max => Some(Range::new(a.lo.max(b.lo), a.hi.max(b.hi))),
            Kind::Min => Some(Range::new(a.lo.min(b.lo), a.hi.min(b.hi))),
        }
        .unwrap_or(zero);
        // What a constant keeps a result from is still a code of its type.
        let room = if self.kind.compares() { Range::new(a.lo.min(b.lo), a.hi.max(b.hi)) } else { y };
        let signed = !self.kind.compares() || room.lo < 0;
        let bits = bits_for_range(room, signed).max(if signed { 2 } else { 1 });
        if bits > MAX_BITS {
            let help = "narrow the operands";
            errors.push(ConfigError::TooWide { block, what: "the result", bits, limit: MAX_BITS, help });
        }
        if errors.is_empty() {
            Ok(Ranges { a, b, y, bits, signed })
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let kind = |signed: bool, bits: u32| format!("{}{bits}", if signed { "s" } else { "u" });
        let (a, b) = (kind(self.a_signed, self.a_bits), kind(self.b_signed, self.b_bits));
        format!("{}_{a}{b}x{}_h{}", self.kind.text(), self.lanes, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let n = inputs[0].len().div_ceil(c.lanes as usize) as u64;
        Contract { latency: n + u64::from(c.has_rom()), ii: n }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let lanes = u64::from(c.lanes);
        let r = c.derived();
        let products = if c.kind == Kind::Mul { lanes } else { 0 };
        Cost::logic(lanes * u64::from(c.derived().bits) + 10)
            .roms(1, c.constants.len() as u64 / lanes, lanes * u64::from(c.b_bits))
            .multipliers(products, bits_for_range(r.a, true), bits_for_range(r.b, true))
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(c.kind.text().into(), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let r = c.derived();
        let mut notes = vec![("result", format!("{} bits, {}..={}", r.bits, r.y.lo, r.y.hi))];
        if !c.constants.is_empty() {
            notes.push(("constants", format!("{}, over and over", c.constants.len())));
        }
        notes
    }
}
