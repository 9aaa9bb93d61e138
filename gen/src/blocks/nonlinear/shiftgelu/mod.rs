//! `shiftgelu`: I-ViT's GELU of integers, bit for bit: `x sigmoid(1.702 x)` with exponentials by shifts and sums, one division a code.
//!
//! With `e(I)` the exponential of [shiftmax](super::shiftmax) at `x0 = -inverse_scale` (`floor(-1 / S')`, `S' = 1.702 S` in float32) and `octaves`, not
//! above `2^31 - 1`, and `m` the row's maximum: `F = floor(K / min(e(x - m) + e(-m), 2^31 - 1))`, `y = x (e(x - m) F >> (32 - sigmoid_bits))`, in units of
//! `S 2^(1 - sigmoid_bits)`. Codes far below the row's maximum lose their exponential: with 23 octaves, some 9 above `1 / 1.702`. Source: zkkli/I-ViT
//! (commit 380ba99).
//!
//! A row is as long as its frame, in whole beats; it is cut after `columns`, and what follows is a row of its own, up to the end of the frame. With
//! `absent` a lane has one bit more, and a number that no code of `bits` is stands for none: it is no part of the maximum, and its result is 0.
//!
//! Contract for a row of `n` beats, no longer than `columns`: II `max(n, 4)`. A division a lane and cycle is most of its area.

mod golden;
mod proofs;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

pub(crate) use proofs::obligations;

use crate::blocks::parts::row_codes;
use crate::blocks::parts::shift_exp::{Half, Numerator};
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, Prng};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Codes of the longest row.
        columns: u32 = 64, in 1..=4096;
        /// Codes of a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of a code, two's complement.
        bits: u32 = 8, in 2..=12;
        /// Lanes have one bit more, and a number that is no code is no part of its row.
        absent: bool = false;
        /// `-floor(-1 / (1.702 S))`: codes that make 1.0 of what is exponentiated.
        inverse_scale: u32 = 10, in 1..=8192;
        /// `n`: exponentials reach down to `2^-n` of the largest.
        octaves: u32 = 23, in 1..=30;
        /// What is divided by the sum: `less` is 2^31 - 1, `whole` is 2^31.
        numerator: Numerator = Numerator::Less;
        /// `r / 2` in an exponential: `floor`, or `keep` until the shift.
        half: Half = Half::Floor;
        /// Bits of the sigmoid.
        sigmoid_bits: u32 = 8, in 2..=16;
    }
}

impl Config {
    /// Cycles of a longest row, behind others like it.
    pub fn row_cycles(&self) -> u64 {
        self.timing(self.rows().beats().into()).1
    }

    /// Bits of a result.
    fn out_bits(&self) -> u32 {
        self.bits + self.sigmoid_bits
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "shiftgelu",
        summary: "computes I-ViT's GELU of rows by shifts and sums",
        equation: "y[i] = x[i] (e(x[i] - m) floor(K / (e(x[i] - m) + e(-m))) >> (32 - b)), m = max x, e(d) near 2^n exp(1.702 d S)",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("DeiT", "columns=1536 numerator=whole half=keep inverse_scale=19")];
    // Rows that fill the ring, and rows of one beat, of which as many wait as may.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("long rows", "columns=12 inverse_scale=19 octaves=15 sigmoid_bits=16"),
        (
            "short rows",
            "columns=2 lanes=2 inverse_scale=9 octaves=14 numerator=whole half=keep absent=true sigmoid_bits=16",
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
        let (latency, ii) = c.timing((inputs[0].len() as u64).div_ceil(c.lanes.into()));
        Contract { latency, ii }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let (lanes, size) = (u64::from(c.lanes), c.size());
        let mut cost = Cost::logic(500 + 1500 * lanes)
            .ram(size.ring.into(), size.beat_bits.into())
            .ram(size.rows.into(), size.length_bits().into())
            .ram(size.rows.into(), size.number_bits.into())
            .ram(c.places().into(), lanes * u64::from(c.out_bits()) + 1);
        for [a, b] in c.products() {
            // A base of one bit makes no product.
            cost = if a > 2 { cost.multipliers(lanes, a, b) } else { cost };
        }
        cost
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
        stimulus::bins(c, &inputs[0], &outputs[0])
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![c.rows().note()]
    }
}
