//! `mac_array`: matrix products on a two- or three-dimensional array of multiply-accumulate elements (PEs).
//!
//! `c[i][j] = sum_k (a[i][k] - a_zero) (b[k][j] - b_zero)`, exact, for `i < m`, `j < n`, `k < depth of the product`.
//!
//! # Dataflows
//!
//! With `R = rows`, `C = cols`, `D = depth`:
//!
//! - `output-stationary`: a systolic array; `a` moves right, `b` moves down, each PE keeps one sum of a tile of
//!   `R x C` results. `cube` is the same with `D` products in each PE.
//! - `tree`: no skew; every row of `a` and every column of `b` is broadcast, each PE is a tree of `D` products.
//! - `weight-stationary`: a systolic array that holds a tile of `R x C` weights (`R` along k); `a` moves right, sums
//!   move down; the next tile's weights are loaded meanwhile. Sums of several tiles along k are added in a RAM.
//!
//! # Floating point
//!
//! With `format` e4m3, e5m2, e3m2, e2m3 or e2m1 the operands are codes of that format and the results float32 codes.
//! `accumulator=exact`: products and sums are exact in fixed point, `c = round(sum_k a b)`, one rounding, half to even; an
//! exact zero is +0. `accumulator=float32`: `c <- round(c + sum of the step's products)` for each step. NaN where a product
//! is NaN or infinities of both signs meet (7fc00000), else infinity where a product is. `mac=l-mul`: a product is the code
//! that integer addition gives, see [`crate::num::minifloat::l_mul`]. Formats: OCP OFP8 and MX v1.0.
//!
//! # Streams
//!
//! Matrices larger than the array are computed in tiles. A frame holds whole tiles in the order they are computed;
//! elements beyond `m`, `k` or `n` count as zero. With `I = ceil(m / R)`,
//! `J = ceil(n / C)`:
//!
//! | dataflow | order | a beat of `a_axis` | a beat of `b_axis` | a beat of `m_axis` |
//! |---|---|---|---|---|
//! | all others | for each tile `(i, j)`, for each group of `D` along k | `R` rows of `D` | `C` columns of `D` | `R` beats a tile: row by row, `C` sums |
//! | `weight-stationary` | for each `j`, for each group of `R` along k | `m` beats: a row's `R` values | `R` beats: a k's `C` weights | after the last group: `m` beats, row by row, `C` sums |
//!
//! [`order`] puts matrices into this order. An operand that is needed again is sent again; the block `replay` does
//! that.
//!
//! # Contract
//!
//! Fill and drain overlap: a tile takes `max(ceil(k / D), R)` cycles (`R` beats leave for each), a weight tile
//! `max(m, R, 4)`. See [`Shape::contract`] for latency. Elements that go through digits (`sparse-digit`,
//! `shared-digit`) take a cycle for each digit that is not zero, one at least for each group of `D` along k and each
//! of the digits' weights; the rows of a tile wait for the slowest of them.

mod cell;
mod cost;
mod digit_cycles;
mod golden;
pub mod order;
mod rtl;
mod shape;
mod stimulus;
#[cfg(test)]
mod tests;

pub(crate) use cell::float::{flags, product_unit};
pub use cell::{Cell, Mac};
pub(crate) use rtl::tree::element as tree_element;
pub use shape::Shape;
pub(crate) use stimulus::codes;

use crate::blocks::config::MOST_ELEMENTS;
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Work};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::minifloat::MiniFloat;
use crate::num::{range_of, Prng};

crate::choice! {
    /// How operands and sums move.
    pub enum Dataflow {
        /// Sums stay, operands move: systolic.
        OutputStationary = "output-stationary",
        /// Weights stay, activations and sums move: systolic.
        WeightStationary = "weight-stationary",
        /// Output-stationary with several products in each element.
        Cube = "cube",
        /// Operands are broadcast, products are summed in trees.
        Tree = "tree",
    }
}

crate::choice! {
    /// What operands are.
    pub enum Format {
        /// Integers of any width.
        Int = "int",
        /// Floating point, 8 bits: 4 exponent, 3 mantissa.
        E4m3 = "e4m3",
        /// Floating point, 8 bits: 5 exponent, 2 mantissa.
        E5m2 = "e5m2",
        /// Floating point, 6 bits: 3 exponent, 2 mantissa.
        E3m2 = "e3m2",
        /// Floating point, 6 bits: 2 exponent, 3 mantissa.
        E2m3 = "e2m3",
        /// Floating point, 4 bits: 2 exponent, 1 mantissa.
        E2m1 = "e2m1",
    }
}

impl Format {
    /// The floating-point format, if it is one.
    pub fn minifloat(self) -> Option<MiniFloat> {
        match self {
            Format::Int => None,
            Format::E4m3 => Some(MiniFloat::E4M3),
            Format::E5m2 => Some(MiniFloat::E5M2),
            Format::E3m2 => Some(MiniFloat::E3M2),
            Format::E2m3 => Some(MiniFloat::E2M3),
            Format::E2m1 => Some(MiniFloat::E2M1),
        }
    }
}

crate::choice! {
    /// How sums of floating-point products are kept.
    pub enum Accumulator {
        /// In fixed point, exactly; rounded to float32 once, at the output.
        Exact = "exact",
        /// In float32: rounded after every step.
        Float32 = "float32",
    }
}

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// How operands and sums move.
        dataflow: Dataflow = Dataflow::OutputStationary;
        /// What an element is made of; all give the same sums.
        mac: Mac = Mac::Plain;
        /// Rows of the array (weight-stationary: along k).
        rows: u32 = 4, in 1..=256;
        /// Columns of the array.
        cols: u32 = 4, in 1..=256;
        /// Products in each element (cube and tree).
        depth: u32 = 1, in 1..=256;
        /// Rows of the product.
        m: u32 = 8, in 1..=65536;
        /// Length of the sums.
        k: u32 = 8, in 1..=65536;
        /// Columns of the product.
        n: u32 = 8, in 1..=65536;
        /// Bits of an `a`.
        a_bits: u32 = 8, in 1..=16;
        /// `a` is two's complement.
        a_signed: bool = true;
        /// Zero point of `a`.
        a_zero: i64 = 0, in -32768..=65535;
        /// Bits of a `b`.
        b_bits: u32 = 8, in 1..=16;
        /// `b` is two's complement.
        b_signed: bool = true;
        /// Zero point of `b`.
        b_zero: i64 = 0, in -32768..=65535;
        /// What operands are; floating-point sums leave as float32 codes.
        format: Format = Format::Int;
        /// How sums of floating-point products are kept.
        accumulator: Accumulator = Accumulator::Exact;
        /// Registers inside an element: 0 none, 1 after the products, 2 also after their sum, 3 after every level.
        pipeline: u32 = 1, in 0..=3;
    }
}

impl Config {
    /// Products side by side in an element.
    fn element_depth(&self) -> u32 {
        match self.dataflow {
            Dataflow::OutputStationary | Dataflow::WeightStationary => 1,
            Dataflow::Cube | Dataflow::Tree => self.depth,
        }
    }

    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        for (field, value, bits, signed) in
            [("a_zero", self.a_zero, self.a_bits, self.a_signed), ("b_zero", self.b_zero, self.b_bits, self.b_signed)]
        {
            if !range_of(bits, signed).is_some_and(|r| r.contains(value.into())) {
                errors.push(ConfigError::DoesNotFit { block, field, value, bits });
            }
        }
        let along_k =
            if self.dataflow == Dataflow::WeightStationary { ("rows", self.rows) } else { ("depth", self.depth) };
        let rows = if self.dataflow == Dataflow::WeightStationary { None } else { Some(("rows", self.rows, self.m)) };
        let useful = [Some((along_k.0, along_k.1, self.k)), rows, Some(("cols", self.cols, self.n))];
        for (field, value, useful) in useful.into_iter().flatten() {
            // Half a packed pair may stay idle.
            let useful = if field == "cols" { useful.next_multiple_of(self.mac.outs()) } else { useful };
            if value > useful {
                errors.push(ConfigError::NoEffect { block, field, value: value.into(), useful: useful.into() });
            }
        }
        let flat = matches!(self.dataflow, Dataflow::OutputStationary | Dataflow::WeightStationary);
        if flat && self.depth != 1 {
            let (value, name) = (self.depth.to_string(), self.dataflow.text());
            let with = format!("dataflow={name}; help: set depth=1, or take cube or tree");
            errors.push(ConfigError::NotServed { block, field: "depth", value, with });
        }
        if self.dataflow == Dataflow::Cube && self.depth == 1 {
            let with = "dataflow=cube; help: take output-stationary, or a depth of 2 or more".into();
            errors.push(ConfigError::NotServed { block, field: "depth", value: "1".into(), with });
        }
        errors.extend(self.mac.rules(self));
        let most = Cell::most_pipeline(self.mac, self.element_depth());
        if self.pipeline > most {
            let (value, useful) = (self.pipeline.into(), most.into());
            errors.push(ConfigError::NoEffect { block, field: "pipeline", value, useful });
        }
        errors
    }
}

/// Most PEs of one array.
const MAX_PRODUCTS: u64 = 1 << 16;

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "mac_array",
        summary: "multiplies matrices on an array of multiply-accumulate elements",
        equation: "c[i][j] = sum over k of (a[i][k] - a_zero) * (b[k][j] - b_zero)",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("systolic", "rows=8 cols=8 m=64 k=64 n=64"),
        ("weights", "dataflow=weight-stationary rows=8 cols=8 m=64 k=8 n=64"),
        ("dot product", "dataflow=tree rows=1 cols=1 depth=16 m=16 k=64 n=16 pipeline=3"),
    ];
    type Derived = Shape;

    fn bounds(&self) -> Vec<Bound> {
        vec![
            Bound::new("m * k", [self.m, self.k], MOST_ELEMENTS),
            Bound::new("k * n", [self.k, self.n], MOST_ELEMENTS),
            Bound::new("m * n", [self.m, self.n], MOST_ELEMENTS),
        ]
    }
    fn derive(&self) -> Result<Shape, Vec<ConfigError>> {
        let errors = self.rules();
        let size = u64::from(self.rows) * u64::from(self.cols) * u64::from(self.element_depth());
        if size > MAX_PRODUCTS {
            let (bits, limit) = (crate::num::bits_for_count(size), 16);
            let help = "65,536 products a cycle are the most; make the array smaller";
            return Err(vec![ConfigError::TooWide {
                block: Self::ABOUT.name,
                what: "the index of a product",
                bits,
                limit,
                help,
            }]);
        }
        if errors.is_empty() {
            Ok(Shape::new(self))
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let sign = |s: bool| if s { "s" } else { "u" };
        let dataflow = match self.dataflow {
            Dataflow::OutputStationary => "os",
            Dataflow::WeightStationary => "ws",
            Dataflow::Cube => "cube",
            Dataflow::Tree => "tree",
        };
        let depth = if self.element_depth() > 1 { format!("x{}", self.depth) } else { String::new() };
        let types = match self.format {
            Format::Int => format!("{}{}{}{}", sign(self.a_signed), self.a_bits, sign(self.b_signed), self.b_bits),
            float => float.text().to_string(),
        };
        let mac = self.mac.text().replace('-', "_");
        format!("{dataflow}_{mac}_{}x{}{depth}_{types}_h{}", self.rows, self.cols, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        c.derived().contract(c, inputs)
    }
    fn work(c: &Checked<Self>) -> Option<Work> {
        if c.mac.serial() {
            return None;
        }
        let products = u64::from(c.m) * u64::from(c.k) * u64::from(c.n);
        let elements = u64::from(c.rows) * u64::from(c.cols) * u64::from(c.element_depth());
        Some(Work { products, elements })
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        let s = c.derived();
        Some(vec![s.a_elements(c), s.b_elements(c)])
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
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let s = c.derived();
        vec![
            ("tiles", format!("{} x {} of {} steps", s.m_tiles, s.n_tiles, s.k_tiles)),
            ("last", "ignored at the inputs: a frame is whole tiles by count".into()),
            ("accumulator", s.accumulator_text(c)),
        ]
    }
}
