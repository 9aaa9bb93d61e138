//! `sparse_grid`: density at points of a volume, out of the vectors and matrices of its decomposition.
//!
//! ```text
//! y[p] = sum_mr (sum_i w[i] vector[m,r,i]) (sum_jk w[j] w[k] matrix[m,r,j,k])
//! ```
//!
//! `m` names the axis that the vector runs along, the matrix spans the other two; `w` are the weights of the two nodes around the point on an axis, in units
//! of `2^-fraction`, so `y` is in units of the codes' scales times `2^-(3 fraction)`. The sum is exact.
//!
//! Even and odd nodes of each axis lie in banks of their own, so a step reads the four corners of a cell of a matrix and the two of a vector at once:
//! four and two tables, each asked once a cycle. A point takes `3 ranks` steps. Streams `s_table0` to `s_table3` are the matrices' banks (odd `j` 2, odd `k` 1),
//! `s_table4` and `s_table5` the vectors'; the k-th frame of `s_points` is answered from the k-th tables. Coordinates beyond the last node are taken as it.

use niello::gen::blocks::sparse::code::{Code, Format};
use niello::gen::blocks::sparse::sparse_lookup;
use niello::gen::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost};
use niello::gen::hdl::Build;
use niello::gen::ir::ModuleId;
use niello::gen::num::{bits_for_range, Prng, Range};

use crate::{golden, rtl, stimulus, timing};

niello::gen::choice! {
    /// Where the tables' elements are.
    pub enum Memory {
        /// Those that are not zero: `sparse_lookup`.
        Sparse = "sparse",
        /// Each of them.
        Dense = "dense",
    }
}

niello::gen::config! {
    /// Settings of the block.
    pub struct Config {
        /// Nodes of an axis, a power of two.
        side: u32 = 64, in 4..=128;
        /// Vectors and matrices of an axis.
        ranks: u32 = 8, in 1..=16;
        /// Bits of a coordinate behind the point.
        fraction: u32 = 4, in 1..=8;
        /// Where the tables' elements are.
        memory: Memory = Memory::Sparse;
        /// Elements of a block, a power of two.
        block: u32 = 64, in 8..=64;
        /// How blocks of sparse tables are written; of coordinates no more than a quarter of a block's elements have a place.
        format: Format = Format::Bitmap;
        /// Elements of a bank of the matrices that have a place.
        matrix_values: u32 = 2048, in 2..=65536;
        /// Elements of a bank of the vectors that have a place.
        vector_values: u32 = 512, in 2..=4096;
    }
}

/// Bits of an element of a vector or matrix, two's complement.
pub const WIDTH: u32 = 8;

/// Banks: the matrices', then the vectors'.
pub const BANKS: usize = 6;

impl Config {
    /// Bits of a node's number.
    pub fn node_bits(&self) -> u32 {
        self.side.trailing_zeros()
    }
    /// Bits of a coordinate.
    pub fn point_bits(&self) -> u32 {
        self.node_bits() + self.fraction
    }
    /// Steps of a point.
    pub fn steps(&self) -> u32 {
        3 * self.ranks
    }
    /// Elements of a bank.
    pub fn size(&self, bank: usize) -> u32 {
        let half = self.side / 2;
        self.steps() * if bank < 4 { half * half } else { half }
    }
    /// Pairs of a block that have a place: of those that are shorter than a bitmap all, else of a quarter of its elements.
    fn pairs(&self) -> u32 {
        let code = self.code();
        match self.format {
            Format::Bitmap => 0,
            Format::Hybrid => ((self.block - code.count_bits()) / code.index_bits()).next_power_of_two(),
            Format::Coordinates => self.block / 4,
        }
    }
    /// The table of a bank, where it is sparse.
    pub fn lookup(&self, bank: usize) -> Result<Checked<sparse_lookup::Config>, Vec<ConfigError>> {
        let values = if bank < 4 { self.matrix_values } else { self.vector_values };
        let blocks = self.size(bank).div_ceil(self.block).max(2);
        let table = sparse_lookup::Config {
            block: self.block,
            width: WIDTH,
            blocks,
            values: values.min(blocks * self.block),
            pairs: self.pairs(),
            word: 64,
            format: self.format,
            ..Default::default()
        };
        Checked::new(table).map_err(|errors| errors.0)
    }
    /// How the tables are written.
    pub fn code(&self) -> Code {
        Code { block: self.block, width: WIDTH, format: self.format }
    }
    /// Bits of a density.
    pub fn sum_bits(&self) -> u32 {
        let one = 1i128 << (2 * (WIDTH - 1) + 3 * self.fraction);
        let most = one * i128::from(self.steps());
        bits_for_range(Range::new(-most, most), true)
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "sparse_grid",
        summary: "density at points, out of vectors and matrices most of whose elements are zero",
        equation: "y[p] = sum_mr (sum_i w[i] vector[m,r,i]) (sum_jk w[j] w[k] matrix[m,r,j,k])",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[("sparse", ""), ("dense", "memory=dense")];
    type Derived = Vec<Checked<sparse_lookup::Config>>;

    fn derive(&self) -> Result<Self::Derived, Vec<ConfigError>> {
        let mut errors = Vec::new();
        for (field, value) in [("side", self.side), ("block", self.block)] {
            if !value.is_power_of_two() {
                let with = "any other; help: take a power of two".into();
                errors.push(ConfigError::NotServed { block: Self::ABOUT.name, field, value: value.to_string(), with });
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        if self.memory == Memory::Dense {
            return Ok(Vec::new());
        }
        let blocks = self.size(0).div_ceil(self.block);
        if blocks > 4096 {
            let with = format!(
                "side={} ranks={}; help: longer blocks, so that a bank has 4096 at most",
                self.side, self.ranks
            );
            let (block, value) = (Self::ABOUT.name, self.block.to_string());
            return Err(vec![ConfigError::NotServed { block, field: "block", value, with }]);
        }
        (0..BANKS).map(|bank| self.lookup(bank)).collect()
    }
    fn key(&self) -> String {
        let tables = match self.memory {
            Memory::Sparse => format!("{}{}", self.format.text(), self.block),
            Memory::Dense => "dense".into(),
        };
        let size = format!("{}r{}f{}", self.side, self.ranks, self.fraction);
        format!("{size}_{tables}_{}_{}", self.matrix_values, self.vector_values)
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        timing::of(c, inputs)
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let mut cost = Cost::logic(600 + u64::from(20 * c.fraction * WIDTH)).multipliers(5, 18, 18);
        for bank in 0..BANKS {
            cost = match c.derived().get(bank) {
                Some(lookup) => cost.plus(sparse_lookup::Config::cost(lookup)),
                None => cost.ram(2 * u64::from(c.size(bank)), WIDTH.into()),
            };
        }
        cost
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
}
