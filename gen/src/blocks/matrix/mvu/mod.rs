//! `mvu`: matrix-vector unit with the matrix in ROM: `outputs x inputs` products folded onto `pe x simd`
//! multipliers.
//!
//! `acc[n] = sum_k (w[n][k] - w_zero) (x[k] - x_zero) + bias[n]`, exact, for `n < outputs`, `k < inputs`.
//! Zero points vanish before anything is built: the ROM holds `w - w_zero`, and `x_zero` moves into the bias.
//!
//! A frame is one vector. Its `ceil(inputs / simd)` beats are written to one half of the input buffer while
//! the other half is read `ceil(outputs / pe)` times. Folding need not divide: padding lanes meet zero
//! weights, padding outputs are cut off by count. The accumulator's width is proven from the weights and the
//! range of `x`, and claimed, so simulation checks it.
//!
//! `split` gives the first words of the weights a memory of their own: depths that block RAMs have, so that what is left over takes no
//! whole bank, or is LUTs (decision 15 has figures).
//!
//! The datapath is that of `mac_array`'s tree with one row: `pe` elements of `simd` products. Contract, with
//! `sf = ceil(inputs / simd)`, `nf = ceil(outputs / pe)`: II `nf sf`, latency `sf + nf sf + 2` and the registers inside
//! an element.

mod golden;
mod layout;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

pub use layout::Layout;

use super::given::Given;
use crate::blocks::config::MOST_PRODUCTS;
use crate::blocks::mac_array::{Cell, Mac};
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Summary, Work};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_range, range_of, Prng, Range};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Length of the vector.
        inputs: u32 = 16, in 1..=65536;
        /// Rows of the matrix.
        outputs: u32 = 8, in 1..=65536;
        /// Matrices: vector `g` of a frame meets matrix `g`. One, unless channels are convolved in groups.
        groups: u32 = 1, in 1..=65536;
        /// Rows computed in parallel.
        pe: u32 = 2, in 1..=1024;
        /// Products of a row computed in parallel.
        simd: u32 = 4, in 1..=1024;
        /// Bits of an activation.
        x_bits: u32 = 8, in 1..=16;
        /// Activations are two's complement.
        x_signed: bool = true;
        /// Zero point of the activations.
        x_zero: i64 = 0, in -32768..=65535;
        /// Bits of a weight.
        w_bits: u32 = 8, in 1..=16;
        /// Weights are two's complement.
        w_signed: bool = true;
        /// Zero point of the weights.
        w_zero: i64 = 0, in -32768..=65535;
        /// Registers inside an element: 0 none, 1 after the products, 2 also after their sum, 3 after every level.
        pipeline: u32 = 3, in 0..=3;
        /// Words of the weights that a memory of their own holds, the rest a second one: depths that block RAMs have. 0: one memory.
        split: u32 = 0, in 0..=16777216;
        /// The matrices, row by row (`groups * outputs * inputs` values). Empty: pseudo-random.
        weights: Vec<i64> = Vec::new(), in -32768..=65535;
        /// One value a row. Empty: zeros.
        bias: Vec<i64> = Vec::new(), in -2147483648..=2147483647;
    }
}

/// Most matrix elements that one unit takes.
const MAX_WEIGHTS: u64 = 1 << 26;

impl Config {
    fn default_weights(&self) -> Vec<i64> {
        let r = range_of(self.w_bits, self.w_signed).map_or((0, 0), |r| (r.lo as i64, r.hi as i64));
        let mut rng = Prng::named(0, "mvu");
        (0..self.size()).map(|_| rng.range(r.0, r.1)).collect()
    }

    /// Elements of all matrices.
    fn size(&self) -> u64 {
        u64::from(self.inputs) * u64::from(self.outputs) * u64::from(self.groups)
    }

    /// Rows of all matrices.
    fn rows(&self) -> u64 {
        u64::from(self.outputs) * u64::from(self.groups)
    }

    fn check(&self, weights: &[i64], bias: &[i64]) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let x = (self.x_bits, self.x_signed, self.x_zero);
        let w = (self.w_bits, self.w_signed, self.w_zero);
        let mut errors = Given { block, rows: self.rows(), size: self.size(), x, w }.errors(weights, bias);
        for (field, value, useful) in [("pe", self.pe, self.outputs), ("simd", self.simd, self.inputs)] {
            if value > useful {
                errors.push(ConfigError::NoEffect { block, field, value: value.into(), useful: useful.into() });
            }
        }
        for (field, value, of, size) in
            [("pe", self.pe, "outputs", self.outputs), ("simd", self.simd, "inputs", self.inputs)]
        {
            if self.groups > 1 && size % value != 0 {
                let with = format!("{of}={size} in groups, which have no padding lanes; help: take a divisor");
                errors.push(ConfigError::NotServed { block, field, value: value.to_string(), with });
            }
        }
        errors.extend(self.check_split());
        let most = Cell::most_pipeline(Mac::Plain, self.simd);
        if self.pipeline > most {
            let (field, value, useful) = ("pipeline", self.pipeline.into(), most.into());
            errors.push(ConfigError::NoEffect { block, field, value, useful });
        }
        errors
    }
}

impl Config {
    /// Words of the weights.
    fn words(&self) -> u64 {
        let (sf, nf) = (self.inputs.div_ceil(self.simd), self.outputs.div_ceil(self.pe));
        u64::from(self.groups) * u64::from(sf) * u64::from(nf)
    }

    /// Low address bits count the second memory's words.
    fn check_split(&self) -> Option<ConfigError> {
        let (split, rest) = (u64::from(self.split), self.words().saturating_sub(self.split.into()));
        let legal = split == 0 || (split > 1 && rest > 1 && split.is_multiple_of(rest.next_power_of_two()));
        let with = || {
            let words = self.words();
            format!("{words} words; help: leave 2 words or more, and split at a multiple of the power of two that holds them")
        };
        let not = || ConfigError::NotServed {
            block: Self::ABOUT.name,
            field: "split",
            value: split.to_string(),
            with: with(),
        };
        (!legal).then(not)
    }
}

/// Tables of a unit besides its elements.
const LOGIC: u64 = 190;

/// What the memories of a folded matrix hang on.
#[derive(Clone, Copy, Debug)]
pub struct Memories {
    /// Matrices.
    pub groups: u32,
    /// Passes over a vector: rows, `pe` at a time.
    pub nf: u32,
    /// Beats of a vector: columns, `simd` at a time.
    pub sf: u32,
    /// Rows in parallel.
    pub pe: u32,
    /// Columns in parallel.
    pub simd: u32,
    /// Bits of a weight.
    pub weight_bits: u32,
    /// Bits of a bias; 0: all are equal.
    pub bias_bits: u32,
    /// Bits of an element of the vector.
    pub x_bits: u32,
    /// Words of the first memory of weights; 0: there is one.
    pub split: u64,
}

impl Memories {
    /// Words of all weights, and bits of one.
    pub fn weights(&self) -> (u64, u64) {
        let words = u64::from(self.groups) * u64::from(self.nf) * u64::from(self.sf);
        (words, u64::from(self.pe) * u64::from(self.simd) * u64::from(self.weight_bits))
    }

    /// All of a unit whose weights are multiplied.
    pub fn unit(&self) -> Cost {
        let elements = u64::from(self.pe) * u64::from(self.simd);
        let cost = self.cost().multipliers(elements, self.x_bits, self.weight_bits);
        Cost { logic: cost.logic + LOGIC + elements * 47 / 2, ..cost }
    }

    /// Weights, biases, and two vectors.
    pub fn cost(&self) -> Cost {
        let (words, bits) = self.weights();
        let biases = u64::from(self.pe) * u64::from(self.bias_bits);
        Cost::default()
            .cut_rom(words, bits, self.split)
            .roms(1, u64::from(self.groups) * u64::from(self.nf), biases)
            .ram(2 * u64::from(self.sf), u64::from(self.simd) * u64::from(self.x_bits))
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "mvu",
        summary: "multiplies vectors by a matrix held in ROM",
        equation: "acc[g][n] = sum over k of (w[g][n][k] - w_zero) * (x[g][k] - x_zero) + bias[g][n]",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("layer", "inputs=64 outputs=64 pe=8 simd=8"), ("split", "split=8")];
    type Derived = Layout;

    fn bounds(&self) -> Vec<Bound> {
        vec![Bound::new("pe * simd", [self.pe, self.simd], MOST_PRODUCTS)]
    }
    fn derive(&self) -> Result<Layout, Vec<ConfigError>> {
        let size = self.size();
        if size > MAX_WEIGHTS || self.rows() > MAX_WEIGHTS {
            let help = "split the layer: one unit holds 67,108,864 weights";
            let (bits, limit) = (crate::num::bits_for_count(size), 26);
            return Err(vec![ConfigError::TooWide {
                block: Self::ABOUT.name,
                what: "the matrix address",
                bits,
                limit,
                help,
            }]);
        }
        let weights = if self.weights.is_empty() { self.default_weights() } else { self.weights.clone() };
        let bias = if self.bias.is_empty() { vec![0; self.rows() as usize] } else { self.bias.clone() };
        let errors = self.check(&weights, &bias);
        if errors.is_empty() {
            Ok(Layout::new(self, weights, bias))
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let sign = |s: bool| if s { "s" } else { "u" };
        let types = format!("{}{}{}{}", sign(self.x_signed), self.x_bits, sign(self.w_signed), self.w_bits);
        let groups = if self.groups > 1 { format!("{}g", self.groups) } else { String::new() };
        format!(
            "{groups}{}x{}_p{}s{}_{types}_h{}",
            self.outputs,
            self.inputs,
            self.pe,
            self.simd,
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
        let (sf, nf) = (u64::from(c.derived().sf), u64::from(c.derived().nf));
        let (vector, stages) = (nf * sf, u64::from(c.derived().cell.stages()));
        Contract { latency: sf + u64::from(c.groups) * vector + 2 + stages, ii: u64::from(c.groups) * vector }
    }
    fn work(c: &Checked<Self>) -> Option<Work> {
        let (products, elements) = (c.size(), u64::from(c.pe) * u64::from(c.simd));
        Some(Work { products, elements })
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.inputs as usize * c.groups as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let l = c.derived();
        let elements = u64::from(c.pe) * u64::from(c.simd);
        let memories = Memories {
            groups: c.groups,
            nf: l.nf,
            sf: l.sf,
            pe: c.pe,
            simd: c.simd,
            weight_bits: l.weight_bits,
            bias_bits: if l.bias.iter().all(|b| *b == l.bias[0]) { 0 } else { l.bias_bits },
            x_bits: c.x_bits,
            split: c.split.into(),
        };
        if l.cell.mac == Mac::Ternary {
            let cost = memories.cost();
            return Cost { logic: cost.logic + LOGIC + elements * (2 * u64::from(c.x_bits) + 8), ..cost };
        }
        memories.unit()
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} x {}", c.outputs, c.inputs), c.pe).simd(c.simd)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let l = c.derived();
        vec![
            ("folding", format!("{} x {} multipliers, {} passes of {} beats", c.pe, c.simd, l.nf, l.sf)),
            (
                "weights",
                if c.weights.is_empty() { "pseudo-random, for trials" } else { "given, zero points subtracted" }.into(),
            ),
            ("last", "ignored at the input: a frame is a vector by count".into()),
            ("accumulator", format!("{} bits, proven for {}..={}", l.acc_bits, l.acc.lo, l.acc.hi)),
        ]
    }
}

/// The range of a signed or unsigned type.
fn type_range(bits: u32, signed: bool) -> Range {
    range_of(bits, signed).unwrap_or(Range::new(0, 0))
}

/// Bits of a signed number in the range.
fn signed_bits(r: Range) -> u32 {
    bits_for_range(r, true)
}
