//! `shiftmax`: I-ViT's softmax of integers, bit for bit: exponentials by shifts and sums, one division a row.
//!
//! With `x0 = -inverse_scale` (`floor(-1 / S)` of the codes' scale `S`), `n = octaves`, and `d = x - max` for each code of a row:
//! `p = max(d + (d >> 1) - (d >> 4), n x0)`, `q = floor(p / x0)`, `r = p - q x0`; `e = ((r >> 1) - x0) 2^(n - q)`, or with the half kept
//! `e = floor((r - 2 x0) 2^(n - q - 1))`; `F = floor(K / min(sum of e, 2^31 - 1))` with `K = 2^31 - 1` or `2^31`; `y = e F >> (32 - out_bits)`, in
//! units of `2^(1 - out_bits)`. Source: zkkli/I-ViT (commit 380ba99): the paper's integers are `less` and `floor` with 15 octaves, PyTorch's float32
//! graph on exact integers is `whole` and `keep`, TVM's kernel has 16 octaves. `y` is at most `2^(out_bits - 1)`, and less than that where `K` is.
//!
//! A row is as long as its frame, in whole beats; it is cut after `columns`, and what follows is a row of its own, up to the end of the frame. With
//! `absent` a lane has one bit more, and a number that no code of `bits` is stands for none: it is no part of the maximum or the sum, and its result is
//! 0. So rows of any length are padded, and masks come with the codes. A row of nothing else has zeros.
//!
//! Contract for a row of `n` beats, no longer than `columns`: II `max(n, bits of F + 1)`.

mod golden;
mod proofs;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

pub(crate) use proofs::obligations;

use crate::blocks::parts::passes::Passes;
use crate::blocks::parts::row_codes::{self, Rows};
use crate::blocks::parts::softmax::{Lane, Softmax};
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, Prng};

pub use crate::blocks::parts::shift_exp::{Half, Numerator};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Codes of the longest row.
        columns: u32 = 64, in 1..=4096;
        /// Codes of a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of a code, two's complement.
        bits: u32 = 8, in 2..=16;
        /// Lanes have one bit more, and a number that is no code is no part of its row.
        absent: bool = false;
        /// `-floor(-1 / S)`: codes that make 1.0.
        inverse_scale: u32 = 16, in 1..=65535;
        /// `n`: exponentials reach down to `2^-n` of the largest.
        octaves: u32 = 15, in 1..=30;
        /// What is divided by the sum: `less` is 2^31 - 1, `whole` is 2^31.
        numerator: Numerator = Numerator::Less;
        /// `r / 2` in an exponential: `floor`, or `keep` until the shift.
        half: Half = Half::Floor;
        /// Bits of a result.
        out_bits: u32 = 8, in 2..=16;
    }
}

impl Config {
    fn softmax(&self) -> Softmax<'_, Config> {
        Softmax { rows: self.rows(), lane: self }
    }

    /// Cycles of a longest row, behind others like it.
    pub fn row_cycles(&self) -> u64 {
        self.softmax().shape().timing(self.rows().beats().into()).1
    }

    fn rows(&self) -> Rows {
        let Config { columns, lanes, bits, absent, out_bits, .. } = *self;
        Rows { columns, lanes, bits, signed: true, absent, out_bits, out_signed: false }
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "shiftmax",
        summary: "computes I-ViT's softmax of rows by shifts and sums",
        equation: "y[i] = e(x[i] - max x) floor(K / sum over k of e(x[k] - max x)) >> (32 - b), e(d) near 2^n exp(d S)",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("DeiT", "columns=197 out_bits=16 numerator=whole half=keep"),
        ("eight lanes", "columns=197 lanes=8"),
    ];
    // Rows that fill the ring, and rows of one beat, of which as many wait as may.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("long rows", "columns=30 inverse_scale=5 out_bits=16"),
        (
            "short rows",
            "columns=2 lanes=2 bits=4 inverse_scale=3 octaves=4 numerator=whole half=keep absent=true out_bits=16",
        ),
    ];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors: Vec<ConfigError> = self.rows().broken(block).into_iter().collect();
        let bits = bits_for_unsigned(u128::from(self.inverse_scale) << self.octaves);
        if bits > 31 {
            let (what, help) = ("the largest exponential", "take fewer octaves, or codes of a larger scale");
            errors.push(ConfigError::TooWide { block, what, bits, limit: 31, help });
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
        c.softmax().contract(inputs[0].len())
    }
    fn cost(c: &Checked<Self>) -> Cost {
        c.softmax().cost(340, 182)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("rows of up to {}", c.columns), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        vec![row_codes::stimulus::frame(&c.rows(), rng)]
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        let (apart, ends) = (c.softmax().shape().second.apart, [0, (1 << (c.out_bits - 1)) - 1]);
        row_codes::stimulus::bins(&c.rows(), apart, ends, &inputs[0], &outputs[0])
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![
            c.rows().note(),
            ("result", format!("in units of 2^-{}", c.out_bits - 1)),
            ("division", format!("{} bits a row, one a cycle", c.quotient_bits())),
        ]
    }
}
