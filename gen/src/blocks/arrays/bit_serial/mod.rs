//! `bit_serial`: a vector times a matrix whose bits arrive plane by plane, the highest first; the number of planes is
//! chosen at run time, and a result can be refined by lower planes without starting over.
//!
//! With `P` planes so far, weight `b[k][j]` is their bits read as a two's complement number of `P` bits:
//! `c[j] = sum_k a[k] b[k][j]`, exact. A plane is one pass over the vector: `acc <- 2 acc + sum_k a[k] bit[k][j]`, where
//! the first plane counts negatively.
//!
//! # Streams
//!
//! `a_axis`: the vector, `depth` elements a beat, once a frame. `p_axis`: a number of planes for each result, 1 to 8; a
//! further number refines the last result by that many planes; `last` ends the frame. At most 8 planes a frame.
//! `b_axis`: for each plane the bits, `cols` columns of `depth` a beat. `m_axis`: a beat of `cols` sums for each number of
//! `p_axis`.
//!
//! Nested weights: the high planes of an 8-bit matrix are the same matrix in fewer bits, rounded down.
//!
//! Contract: II `planes * ceil(k / depth)`; latency that, `ceil(k / depth)` to store the vector, and 2 registers, one more
//! with `pipeline`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::config::{MOST_ELEMENTS, MOST_PRODUCTS};
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_range, range_of, Prng, Range};

/// Most planes of a frame.
pub const PLANES: u32 = 8;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Length of the vector.
        k: u32 = 16, in 1..=65536;
        /// Columns of the matrix.
        cols: u32 = 4, in 1..=256;
        /// Elements of the vector a cycle.
        depth: u32 = 4, in 1..=256;
        /// Bits of an element.
        a_bits: u32 = 8, in 1..=16;
        /// Elements are two's complement.
        a_signed: bool = true;
        /// Registers between the selected elements' sum and the accumulator.
        pipeline: u32 = 1, in 0..=1;
    }
}

/// Derived widths.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Beats of the vector.
    pub beats: u32,
    /// Every sum.
    pub acc: Range,
    /// Bits of a sum.
    pub acc_bits: u32,
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "bit_serial",
        summary: "multiplies a vector by a matrix, bit plane by bit plane, with a width chosen at run time",
        equation: "c[j] = sum over k of a[k] * (planes of b[k][j] so far, as a two's complement number)",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[("small", ""), ("row", "k=64 cols=8 depth=8")];
    type Derived = Shape;

    fn bounds(&self) -> Vec<Bound> {
        vec![
            Bound::new("cols * depth", [self.cols, self.depth], MOST_PRODUCTS),
            Bound::new("8 * k * cols", [PLANES, self.k, self.cols], MOST_ELEMENTS),
        ]
    }
    fn derive(&self) -> Result<Shape, Vec<ConfigError>> {
        if self.depth > self.k {
            let (block, field, value, useful) = (Self::ABOUT.name, "depth", self.depth.into(), self.k.into());
            return Err(vec![ConfigError::NoEffect { block, field, value, useful }]);
        }
        let a = range_of(self.a_bits, self.a_signed).unwrap_or(Range::new(0, 0));
        let w = Range::new(-(1 << (PLANES - 1)), (1 << (PLANES - 1)) - 1);
        let p = a.checked_mul(w).unwrap_or(w).union(Range::new(0, 0));
        let k = i128::from(self.k);
        let acc = Range::new(p.lo * k, p.hi * k);
        Ok(Shape { beats: self.k.div_ceil(self.depth), acc, acc_bits: bits_for_range(acc, true) })
    }
    fn key(&self) -> String {
        let sign = if self.a_signed { "s" } else { "u" };
        format!("k{}_{}x{}_{sign}{}_p{}", self.k, self.cols, self.depth, self.a_bits, self.pipeline)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let beats = u64::from(c.derived().beats);
        let planes: u64 = inputs[1].iter().map(|p| *p as u64).sum();
        Contract { latency: beats + planes * beats + 1 + u64::from(c.pipeline), ii: planes * beats }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let s = c.derived();
        let (cols, depth) = (u64::from(c.cols), u64::from(c.depth));
        Cost::logic(60 + cols * (2 * depth * u64::from(c.a_bits) + 3 * u64::from(s.acc_bits)))
            .ram(2 * u64::from(s.beats), depth * u64::from(c.a_bits))
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let s = c.derived();
        vec![
            ("last", "of p_axis: ends a frame; ignored on a_axis and b_axis, whose beats are counted".into()),
            ("accumulator", format!("{} bits, exact: proven for {}..={}", s.acc_bits, s.acc.lo, s.acc.hi)),
        ]
    }
}
