//! `mx_array`: matrix products of block formats: blocks of small numbers along k that share a scale.
//!
//! `c[i][j] = sum_B 2^(sa[i][B] + sb[B][j]) sum_(k in B) a[i][k] b[k][j]`, as float32 codes. The sum of a block is exact, in
//! the array of `mac_array`; a stage behind it scales and adds the blocks.
//!
//! # Formats
//!
//! - MX (OCP MX v1.0): `scale=e8m0`, blocks of 32. A scale code `s` is `2^(s - 127)`, 255 is NaN. Elements e4m3, e5m2, e3m2,
//!   e2m3, e2m1, or `format=int`: two's complement with `bits - 2` fraction bits, so that 8 bits are MXINT8.
//! - Block floating point with a shared exponent: `scale=exponent`, a two's complement number of `scale_bits`; elements of
//!   `format=int` are whole numbers.
//!
//! # Sums
//!
//! `accumulator=exact`: all blocks in fixed point, `c = round(sum)`, one rounding, half to even; as wide as the scales
//! can reach. `accumulator=float32`: `c <- round(c + scaled sum of a block)` for each block, block after block. Results are
//! float32 with subnormals; beyond the largest number they are infinite. An exact zero is +0. NaN as in `mac_array`, and
//! where a scale is NaN.
//!
//! # Streams
//!
//! Elements as in `mac_array`, block by block: for each tile `(i, j)` of `rows x cols` results, for each block, for each group of
//! `depth` along the block a beat of `a_axis` (`rows` rows of `depth`) and of `b_axis` (`cols` columns of `depth`); the block's last group is
//! padded. For each block a beat of `a_scale_axis` (`rows` scales) and of `b_scale_axis` (`cols`): scales may come as early as
//! the first elements of their block. A tile leaves as `rows` beats of `cols` results. Where `rows` does not divide `m`, or `cols` not `n`, the
//! results beyond are those of what is sent there.
//!
//! # Contract
//!
//! A block takes `P = max(ceil(block / depth), rows, D)` cycles, where a sum must be back after `D`: exact 2 (1 if `rows=1`),
//! float32 7 (6). II `P` for each block; latency that of the array for the last block, and 6 (exact) or 9 cycles.

mod cost;
mod golden;
mod rtl;
mod shape;
mod stimulus;
#[cfg(test)]
mod tests;

pub use shape::Shape;

use crate::blocks::config::MOST_ELEMENTS;
use crate::blocks::mac_array::{self, Accumulator, Dataflow, Format, Mac};
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Work};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::choice! {
    /// What a scale's code means.
    pub enum ScaleFormat {
        /// `2^(code - 127)`, 8 bits, 255 is NaN.
        E8m0 = "e8m0",
        /// `2^code`, two's complement.
        Exponent = "exponent",
    }
}

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// How operands and sums move.
        dataflow: Dataflow = Dataflow::OutputStationary;
        /// What an element is made of.
        mac: Mac = Mac::Plain;
        /// Rows of the array.
        rows: u32 = 4, in 1..=256;
        /// Columns of the array.
        cols: u32 = 4, in 1..=256;
        /// Products in each element (cube and tree).
        depth: u32 = 1, in 1..=256;
        /// Rows of the product.
        m: u32 = 4, in 1..=65536;
        /// Blocks of a sum.
        blocks: u32 = 2, in 1..=4096;
        /// Columns of the product.
        n: u32 = 4, in 1..=65536;
        /// Elements of a block.
        block: u32 = 32, in 1..=1024;
        /// What elements are.
        format: Format = Format::E4m3;
        /// Bits of an `a`.
        a_bits: u32 = 8, in 2..=16;
        /// Bits of a `b`.
        b_bits: u32 = 8, in 2..=16;
        /// What scales are.
        scale: ScaleFormat = ScaleFormat::E8m0;
        /// Bits of a scale.
        scale_bits: u32 = 8, in 1..=8;
        /// How the sum of blocks is kept.
        accumulator: Accumulator = Accumulator::Float32;
        /// Registers inside an element, as in `mac_array`.
        pipeline: u32 = 1, in 0..=3;
    }
}

impl Config {
    /// The array that sums a block: a product of one tile.
    fn array(&self) -> mac_array::Config {
        mac_array::Config {
            dataflow: self.dataflow,
            mac: self.mac,
            rows: self.rows,
            cols: self.cols,
            depth: self.depth,
            m: self.rows,
            k: self.block,
            n: self.cols,
            a_bits: self.a_bits,
            b_bits: self.b_bits,
            format: self.format,
            pipeline: self.pipeline,
            ..mac_array::Config::default()
        }
    }

    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let not = |field, value: &str, with: &str| ConfigError::NotServed {
            block,
            field,
            value: value.into(),
            with: with.into(),
        };
        let mut errors = Vec::new();
        if self.dataflow == Dataflow::WeightStationary {
            let with = "blocks along k; help: take output-stationary, cube or tree, which keep a block's sum in place";
            errors.push(not("dataflow", self.dataflow.text(), with));
        }
        if self.mac.serial() {
            let with = "blocks along k; help: take an element whose cycles do not depend on data";
            errors.push(not("mac", self.mac.text(), with));
        }
        if self.scale == ScaleFormat::E8m0 && self.scale_bits != 8 {
            let with = "scale=e8m0; help: its codes have 8 bits, or take scale=exponent";
            errors.push(not("scale_bits", &self.scale_bits.to_string(), with));
        }
        for (field, value, useful) in [("rows", self.rows, self.m), ("cols", self.cols, self.n)] {
            let useful = if field == "cols" { useful.next_multiple_of(self.mac.outs()) } else { useful };
            if value > useful {
                errors.push(ConfigError::NoEffect { block, field, value: value.into(), useful: useful.into() });
            }
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "mx_array",
        summary: "multiplies matrices of block formats: MX, shared exponents",
        equation: "c[i][j] = sum over blocks of 2^(sa + sb) * sum over the block of a[i][k] * b[k][j]",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("mxfp4", "format=e2m1 a_bits=4 b_bits=4 rows=8 cols=8 m=64 n=64 blocks=4"),
        ("mxint8", "format=int rows=8 cols=8 m=64 n=64 blocks=4"),
        (
            "bfp exact",
            "format=int scale=exponent scale_bits=4 accumulator=exact rows=8 cols=8 m=64 n=64 blocks=4 block=16",
        ),
    ];
    // Exact sums of e8m0 are wider than 512 bits, and few frames reach a given one of them.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        (
            "exact",
            "format=int a_bits=3 b_bits=3 scale=exponent scale_bits=2 accumulator=exact rows=2 cols=1 m=2 n=1 block=2",
        ),
        ("float32", "format=e2m1 a_bits=4 b_bits=4 rows=1 cols=1 m=1 n=1 blocks=3 block=2"),
    ];
    type Derived = Shape;

    fn bounds(&self) -> Vec<Bound> {
        vec![
            Bound::new("m * blocks * block", [self.m, self.blocks, self.block], MOST_ELEMENTS),
            Bound::new("n * blocks * block", [self.n, self.blocks, self.block], MOST_ELEMENTS),
            Bound::new("m * n", [self.m, self.n], MOST_ELEMENTS),
        ]
    }
    fn derive(&self) -> Result<Shape, Vec<ConfigError>> {
        let mut errors = self.rules();
        if errors.is_empty() {
            match Checked::new(self.array()) {
                Ok(array) => return Ok(Shape::new(self, array)),
                Err(e) => errors.extend(e.0),
            }
        }
        Err(errors)
    }
    fn key(&self) -> String {
        let (format, rows, cols) = (self.format.text(), self.rows, self.cols);
        format!(
            "{format}_{}_{rows}x{cols}x{}_b{}_h{}",
            self.scale.text(),
            self.depth,
            self.block,
            crate::blocks::digest(self)
        )
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        c.derived().contract(c)
    }
    fn work(c: &Checked<Self>) -> Option<Work> {
        let products = [c.m, c.blocks, c.block, c.n].iter().map(|x| u64::from(*x)).product();
        let elements = [c.rows, c.cols, c.depth].iter().map(|x| u64::from(*x)).product();
        Some(Work { products, elements })
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(c.derived().frame_elements(c))
    }
    fn cost(c: &Checked<Self>) -> Cost {
        cost::of(c)
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
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let s = c.derived();
        vec![
            ("tiles", format!("{} of {} blocks, {} steps each", s.tiles, c.blocks, s.steps)),
            ("rounding", s.rounding_text(c)),
            ("last", "ignored at the inputs: a frame is whole tiles by count".into()),
        ]
    }
}
