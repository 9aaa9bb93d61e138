//! `sparse_mvu`: matrix-vector unit that holds, and multiplies, only the weights that are not zero.
//!
//! `acc[n] = sum_k (w[n][k] - w_zero) (x[k] - x_zero) + bias[n]`, exact, for `n < outputs`, `k < inputs`: what `mvu` computes. A weight is zero
//! where it is `w_zero`. Zero points vanish before anything is built, as there.
//!
//! Everything is known when it is built. Rows are dealt to `pe` PEs and columns to `simd` banks so that all are done at about the same time
//! (what has most entries first, each where least is to do). The multiplier of a PE and a bank takes its entries one after the other, row by row, and
//! has the bank's elements to itself. One memory of constants holds the steps of all: weights, and where their elements are; another one says into which bank
//! elements go. Columns without entries are dropped. Sums of the multipliers wait until their vector is done, and are added up and leave in the order of
//! rows, `out_lanes` a beat; rows without entries are their bias.
//!
//! A frame is one vector, `lanes` elements a beat, each into another bank. Vectors follow each other without a gap: two have a
//! place before they are multiplied, and as many behind as that takes. The range of every sum is proven from the weights and claimed, so simulation checks it.
//!
//! Contract, with `T` steps of the longest multiplier: II `max(T, ceil(inputs / lanes), ceil(outputs / out_lanes))`; latency the sum of the
//! three and the registers on the way. `T` is at least `entries / (pe simd)`; the note `balance` says how near it comes. Decision 26 tells why it is made so.

mod cost;
mod golden;
mod layout;
mod program;
mod rtl;
mod schedule;
mod stimulus;
#[cfg(test)]
mod tests;

pub use cost::{cost, Widths};
pub use layout::Layout;
pub use schedule::{Folding, Pattern, Schedule};

use super::given::Given;
use crate::blocks::config::MOST_PRODUCTS;
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Summary, Work};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_count, range_of, Prng};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Length of the vector.
        inputs: u32 = 32, in 1..=65536;
        /// Rows of the matrix.
        outputs: u32 = 8, in 1..=65536;
        /// PEs: rows computed in parallel.
        pe: u32 = 2, in 1..=256;
        /// Banks of columns: products of a row computed in parallel.
        simd: u32 = 1, in 1..=256;
        /// Elements of a vector a beat, each into another bank.
        lanes: u32 = 1, in 1..=256;
        /// Results a beat; divides `pe`.
        out_lanes: u32 = 1, in 1..=256;
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
        /// The matrix, row by row (`outputs * inputs` values). Empty: pseudo-random, three of four are zero.
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
        let mut rng = Prng::named(0, "sparse_mvu");
        let zero = self.w_zero.clamp(r.0, r.1);
        (0..self.size()).map(|_| if rng.chance(0.75) { zero } else { rng.range(r.0, r.1) }).collect()
    }

    /// Elements of the matrix.
    fn size(&self) -> u64 {
        u64::from(self.inputs) * u64::from(self.outputs)
    }

    fn check(&self, weights: &[i64], bias: &[i64]) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let x = (self.x_bits, self.x_signed, self.x_zero);
        let w = (self.w_bits, self.w_signed, self.w_zero);
        let mut errors = Given { block, rows: self.outputs.into(), size: self.size(), x, w }.errors(weights, bias);
        if weights.iter().all(|w| *w == self.w_zero) {
            let (value, with) = ("zeros".into(), "nothing to multiply; help: leave the layer out, or take mvu".into());
            errors.push(ConfigError::NotServed { block, field: "weights", value, with });
        }
        for (field, value, useful) in [("pe", self.pe, self.outputs), ("simd", self.simd, self.inputs)] {
            if value > useful {
                errors.push(ConfigError::NoEffect { block, field, value: value.into(), useful: useful.into() });
            }
        }
        let mut not = |field, value: u32, with| {
            errors.push(ConfigError::NotServed { block, field, value: value.to_string(), with });
        };
        if self.lanes > self.simd {
            not("lanes", self.lanes, format!("simd={}; help: each lane needs a bank, take as many or more", self.simd));
        }
        if !self.pe.is_multiple_of(self.out_lanes) {
            not("out_lanes", self.out_lanes, format!("pe={}; help: take a divisor", self.pe));
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "sparse_mvu",
        summary: "multiplies vectors by a matrix of which only what is not zero is held",
        equation: "acc[n] = sum over k with w[n][k] != w_zero of (w[n][k] - w_zero) * (x[k] - x_zero) + bias[n]",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("layer", "inputs=288 outputs=32 pe=1 simd=8"),
        ("pairs", "inputs=64 outputs=64 pe=4 simd=2 lanes=2"),
        ("beats of four", "inputs=64 outputs=16 pe=2 simd=4 lanes=4 out_lanes=2"),
    ];
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("one lane", "inputs=5 outputs=4 pe=2 simd=2 x_bits=3 w_bits=3 weights=0,0,2,0,1,-1,0,0,-4,3,0,0,0,0,0,1,2,3,0,0 bias=1,2,-3,4"),
        (
            "lanes",
            "inputs=5 outputs=4 pe=2 simd=2 lanes=2 out_lanes=2 x_bits=2 x_signed=false w_bits=2 w_zero=1 weights=1,-2,1,0,1,1,1,-1,0,0,1,-2,1,1,0,0,1,0,1,-1",
        ),
    ];
    type Derived = Layout;

    fn bounds(&self) -> Vec<Bound> {
        vec![Bound::new("pe * simd", [self.pe, self.simd], MOST_PRODUCTS)]
    }
    fn derive(&self) -> Result<Layout, Vec<ConfigError>> {
        if self.size() > MAX_WEIGHTS {
            let (bits, limit, help) =
                (bits_for_count(self.size()), 26, "split the layer: one unit takes 67,108,864 weights");
            let (block, what) = (Self::ABOUT.name, "the matrix address");
            return Err(vec![ConfigError::TooWide { block, what, bits, limit, help }]);
        }
        let weights = if self.weights.is_empty() { self.default_weights() } else { self.weights.clone() };
        let bias = if self.bias.is_empty() { vec![0; self.outputs as usize] } else { self.bias.clone() };
        let errors = self.check(&weights, &bias);
        if errors.is_empty() {
            Ok(Layout::new(self, weights, bias))
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let size = format!("{}x{}_p{}s{}", self.outputs, self.inputs, self.pe, self.simd);
        format!("{size}_l{}o{}_h{}", self.lanes, self.out_lanes, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let s = &c.derived().schedule;
        let on_the_way = u64::from(schedule::TO_SUM + c.folding().to_result());
        let latency = u64::from(s.beats.0) + s.steps + u64::from(s.beats.1) + on_the_way - 1;
        Contract { latency, ii: s.ii() }
    }
    fn work(c: &Checked<Self>) -> Option<Work> {
        let products = c.derived().products();
        Some(Work { products, elements: u64::from(c.pe) * u64::from(c.simd) })
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.inputs as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let l = c.derived();
        let (weight, bias, acc) = (l.weight_bits, l.varying_bias_bits(), l.acc_bits());
        cost(&l.schedule, c.folding(), Widths { x: c.x_bits, weight, bias, acc })
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} x {}, {} not zero", c.outputs, c.inputs, c.derived().products()), c.pe).simd(c.simd)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let l = c.derived();
        let (products, elements) = (l.products(), u64::from(c.pe) * u64::from(c.simd));
        vec![
            (
                "folding",
                format!(
                    "{products} of {} products, {} steps of {} PEs x {} banks",
                    c.size(),
                    l.schedule.steps,
                    c.pe,
                    c.simd
                ),
            ),
            ("balance", format!("{} of {} places in steps hold an entry", products, elements * l.schedule.steps)),
            ("last", "ignored at the input: a frame is a vector by count".into()),
            ("places", format!("{} vectors of results", l.schedule.places)),
            ("sums", format!("{} bits, proven for {}..={}", l.acc_bits(), l.acc.lo, l.acc.hi)),
        ]
    }
}
