//! `i_layernorm`: the integer layer norms of I-ViT and I-BERT, bit for bit.
//!
//! Of a row `x` of `C` elements: `mu = sum x / C`, to the nearest integer (a half to the even one) or toward zero, or 0 for an RMSNorm; `y = x - mu`;
//! `V = sum of (y >> shift)^2`; `k` near `sqrt V`; `F = floor(K / (k 2^shift))` with `K = 2^31 - 1` or `2^31`; `z = (y F >> 1) + bias`, in units of
//! `sqrt(C) / 2^30`, times the channel's gain, which is left to who requantizes. `k` by `root`: `newton` takes `k = (k + floor(V / k)) >> 1` so many times
//! from `2^start` (I-ViT's release: 10 times from 2^16, which does not converge for small `V`), `newton_half` from `2^ceil(bits(V) / 2)`, `floor` is the
//! exact floor (I-BERT). A `k` of 0 counts as 1. Results have
//! 32 bits, 33 with a `shift`. Sources: zkkli/I-ViT (commit 380ba99), kssteven418/I-BERT (commit 1b09c75).
//!
//! A row is as long as its frame, in whole beats; it is cut after `columns`, and what follows is a row of its own, up to the end of the frame. With
//! `absent` a lane has one bit more, and a number that no element of `bits` is stands for none: it is not counted, and its `y` is 0.
//!
//! Contract for a row of `n` beats, no longer than `columns`: II `max(n, bits + 1, D)`, where `D` is the root's and the last division's: for `newton`
//! `(iterations + 1) (bits of a quotient + 2)`.

mod golden;
mod root;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::parts::passes::Passes;
use crate::blocks::parts::row_codes::Rows;
use crate::blocks::parts::shift_exp::Numerator;
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, Prng};

crate::choice! {
    /// How the mean is rounded.
    pub enum Mean {
        /// To the nearest integer, a half to the even one.
        Nearest = "nearest",
        /// Toward zero.
        Zero = "zero",
        /// There is none: an RMSNorm.
        None = "none",
    }
}

crate::choice! {
    /// How the root is found.
    pub enum Root {
        /// Newton's steps from a constant.
        Newton = "newton",
        /// Newton's steps from a power of two near the root.
        NewtonHalf = "newton_half",
        /// The floor of the root.
        Floor = "floor",
    }
}

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements of the longest row.
        columns: u32 = 64, in 1..=4096;
        /// Elements of a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of an element, two's complement.
        bits: u32 = 16, in 2..=16;
        /// Lanes have one bit more, and a number that is no element is no part of its row.
        absent: bool = false;
        /// Rounding of the mean: `nearest`, a half to the even one, or `zero`, toward it; `none`: nothing is subtracted.
        mean: Mean = Mean::Nearest;
        /// The root: `newton` from 2^start, `newton_half` from a power of two near it, `floor` exact.
        root: Root = Root::Newton;
        /// Of `newton`: the steps begin at 2^start.
        start: u32 = 16, in 0..=24;
        /// Newton's steps.
        iterations: u32 = 10, in 1..=32;
        /// Bits dropped of a distance before it is squared.
        shift: u32 = 0, in 0..=15;
        /// What is divided by the root: `less` is 2^31 - 1, `whole` is 2^31.
        numerator: Numerator = Numerator::Less;
        /// Added to the results of a row, one for each element. Empty: nothing.
        bias: Vec<i64> = Vec::new(), in -1073741824..=1073741824;
    }
}

impl Config {
    fn rows(&self) -> Rows {
        let Config { columns, lanes, bits, absent, .. } = *self;
        Rows { columns, lanes, bits, signed: true, absent, out_bits: self.out_bits(), out_signed: true }
    }
    /// Cycles of a longest row, behind others like it.
    pub fn row_cycles(&self) -> u64 {
        self.shape().timing(self.beats().into()).1
    }

    /// Beats of the longest row.
    fn beats(&self) -> u32 {
        self.columns.div_ceil(self.lanes)
    }
    /// Elements of the longest row.
    fn most(&self) -> u32 {
        self.beats() * self.lanes
    }
    /// The largest sum of squares: each distance is below `2^bits`.
    fn most_squares(&self) -> u64 {
        let most = (1u64 << self.bits).div_ceil(1 << self.shift);
        most * most * u64::from(self.most())
    }
    /// Bits of a result: a product is `2^30` at most where no bits are dropped before the root, and else twice that.
    fn out_bits(&self) -> u32 {
        32 + u32::from(self.shift > 0)
    }
    fn squares_bits(&self) -> u32 {
        bits_for_unsigned(self.most_squares().into())
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "i_layernorm",
        summary: "computes the integer layer norms of I-ViT and I-BERT",
        equation: "z[i] = ((x[i] - mu) floor(K / sqrt(sum over k of (x[k] - mu)^2)) >> 1) + bias[i], mu = mean x",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("DeiT", "columns=384 numerator=whole"),
        ("I-BERT", "columns=768 root=floor numerator=whole shift=2"),
        ("four lanes", "columns=384 lanes=4 bits=8 root=floor"),
    ];
    // Rows that fill the ring, and rows of a few beats, of which as many wait as may.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("long rows", "columns=30 bits=5 root=floor shift=1"),
        ("short rows", "columns=6 lanes=2 bits=6 start=3 iterations=2 absent=true mean=zero bias=715827882,-715827883,-715827883,715827882,5,-1000000000"),
    ];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors: Vec<ConfigError> = self.rows().broken(block).into_iter().collect();
        if self.shift >= self.bits {
            let (value, useful) = (self.shift.into(), (self.bits - 1).into());
            errors.push(ConfigError::NoEffect { block, field: "shift", value, useful });
        }
        let unused = |field, value: u32, used: bool, default| {
            let with = format!("root={}", crate::blocks::Setting::show(&self.root));
            (!used && value != default).then(|| ConfigError::NotServed { block, field, value: value.to_string(), with })
        };
        errors.extend(unused("start", self.start, self.root == Root::Newton, 16));
        errors.extend(unused("iterations", self.iterations, self.root != Root::Floor, 10));
        let (found, expected) = (self.bias.len(), self.columns as usize);
        if found != 0 && found != expected {
            let (field, help) = ("bias", "give one for each element of the longest row, or none");
            errors.push(ConfigError::Count { block, field, found, expected: expected.to_string(), help });
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        format!("{}x{}_h{}", self.columns, self.lanes, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let (latency, ii) = c.shape().timing((inputs[0].len() as u64).div_ceil(c.lanes.into()));
        Contract { latency, ii }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let (lanes, bits) = (u64::from(c.lanes), c.bits + 1);
        let part = c.factor_bits().min(17) + 1;
        let mut cost = Cost::logic(540 + u64::from(c.bits) * (9 + 4 * lanes)).plus(c.shape().memories());
        cost = cost.multipliers(lanes, bits - c.shift, bits - c.shift).multipliers(lanes, bits, part);
        if c.factor_bits() > 17 {
            cost = cost.multipliers(lanes, bits, c.factor_bits() - 17 + 1);
        }
        if c.bias.is_empty() {
            cost
        } else {
            cost.roms(1, c.beats().into(), 32 * lanes)
        }
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("rows of up to {}", c.columns), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        vec![stimulus::frame(c, rng)]
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        stimulus::bins(c, &inputs[0], &outputs[0])
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![c.rows().note(), ("root", format!("{} cycles a row, with the last division", c.root_cycles()))]
    }
}
