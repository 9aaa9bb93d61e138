//! `softmax_float`: softmax of rows of codes as frameworks compute it in float, from a table of exponentials.
//!
//! With `f` the `fraction`, `e(d) = round(2^(f + 7) exp(-d scale))` of each code's distance `d` below the row's maximum, `s` their sum,
//! `K = round(2^k / out_scale)` and `F = floor(K / s)`: `y = clamp((e'(d) F / 2^(k - 7), rounded half up) + out_zero)`, where `e'` is `e` rounded to `f`
//! bits behind the point. `k` is as large as lets `F` have `f + 1` bits, so that with 17 a product of 18 by 18 bits is all that a lane needs. Against
//! exponentials and quotients of real numbers, rounded once, a result of 8 bits differs with them by one code at most, and seldom (test
//! `softmax_float__is_near_the_softmax_of_reals`).
//!
//! A row is as long as its frame, in whole beats; it is cut after `columns`, and what follows is a row of its own, up to the end of the frame. With
//! `absent` a lane has one bit more, and a number that no code of `bits` is stands for none: it is no part of the maximum or the sum, and its result is
//! the code of 0. A row of nothing else has such results only.
//!
//! Contract for a row of `n` beats, no longer than `columns`: II `max(n, f + 2)`.

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

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Codes of the longest row.
        columns: u32 = 64, in 1..=4096;
        /// Codes of a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of a code.
        bits: u32 = 8, in 2..=12;
        /// Codes are two's complement.
        signed: bool = true;
        /// Lanes have one bit more, and a number that is no code is no part of its row.
        absent: bool = false;
        /// What one step of a code is worth.
        scale: f64 = 0.0625, in 0..=65536;
        /// Bits of a result.
        out_bits: u32 = 8, in 2..=10;
        /// Results are two's complement.
        out_signed: bool = true;
        /// What one step of a result is worth.
        out_scale: f64 = 0.00390625, in 0..=1;
        /// The result that stands for 0.
        out_zero: i64 = -128, in -512..=1023;
        /// `f`: bits behind the point of an exponential in products.
        fraction: u32 = 17, in 8..=17;
    }
}

/// Bits behind the point that exponentials have in the sum beside those in products.
pub const GUARD_BITS: u32 = 7;

impl Config {
    fn softmax(&self) -> Softmax<'_, Config> {
        Softmax { rows: self.rows(), lane: self }
    }

    /// Cycles of a longest row, behind others like it.
    pub fn row_cycles(&self) -> u64 {
        self.softmax().shape().timing(self.rows().beats().into()).1
    }

    fn rows(&self) -> Rows {
        let Config { columns, lanes, bits, signed, absent, out_bits, out_signed, .. } = *self;
        Rows { columns, lanes, bits, signed, absent, out_bits, out_signed }
    }

    /// Bits behind the point of exponentials in the sum.
    fn sum_fraction(&self) -> u32 {
        self.fraction + GUARD_BITS
    }

    /// Bits of the quotient, and of an exponential in a product.
    fn factor_bits(&self) -> u32 {
        self.fraction + 1
    }

    /// `k`: the quotient of a row of one code has [`Config::factor_bits`].
    fn binary_point(&self) -> i32 {
        let one = 2f64.powi(self.sum_fraction() as i32);
        let ones = one * (2f64.powi(self.factor_bits() as i32) - 1.0);
        (ones * self.out_scale).log2().floor() as i32
    }

    /// `K`.
    fn numerator(&self) -> u64 {
        (2f64.powi(self.binary_point()) / self.out_scale).round() as u64
    }

    /// Bits that a product is shifted down by.
    fn down(&self) -> u32 {
        (self.binary_point() - GUARD_BITS as i32) as u32
    }

    /// The exponential of each distance.
    fn table(&self) -> Vec<u64> {
        let exp = |d: u32| ((-f64::from(d) * self.scale).exp() * 2f64.powi(self.sum_fraction() as i32)).round() as u64;
        (0..1 << self.bits).map(exp).collect()
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "softmax_float",
        summary: "computes the softmax of rows as frameworks do in float",
        equation: "y[i] = round(exp(S x[i]) / sum over k of exp(S x[k]) / S_y) + zero",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("attention", "columns=256 absent=true"), ("eight lanes", "columns=256 lanes=8")];
    // Rows that fill the ring, and short rows, of which as many wait as may; few bits behind the point, and results fine enough to show them.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("long rows", "columns=24 bits=7 fraction=10 out_bits=10 out_scale=0.000244140625 out_signed=false out_zero=0"),
        (
            "short rows",
            "columns=4 lanes=2 bits=6 signed=false absent=true scale=0.07 fraction=9 out_bits=10 out_scale=0.00048828125 out_zero=-512",
        ),
    ];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors: Vec<ConfigError> = self.rows().broken(block).into_iter().collect();
        if self.scale <= 0.0 {
            errors.push(ConfigError::Scale { block, scale: format!("{:?}", self.scale), help: "above 0" });
        }
        if self.out_scale < 2f64.powi(-12) {
            let (scale, help) =
                (format!("{:?}", self.out_scale), "results of 2^-12 and more: more of them would be noise");
            errors.push(ConfigError::Scale { block, scale, help });
        }
        let (least, most) = self.rows().results_range();
        if !(least..=most).contains(&self.out_zero) {
            let (value, bits) = (self.out_zero, self.out_bits);
            errors.push(ConfigError::DoesNotFit { block, field: "out_zero", value, bits });
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
        let bits = bits_for_unsigned(c.largest().into());
        c.softmax().cost(345, 147).roms(c.lanes.into(), 1 << c.bits, bits.into())
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
        let most = c.rows().results_range().1.min(c.out_zero + (1.0 / c.out_scale) as i64);
        row_codes::stimulus::bins(
            &c.rows(),
            c.softmax().shape().second.apart,
            [c.out_zero, most],
            &inputs[0],
            &outputs[0],
        )
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![
            c.rows().note(),
            ("table", format!("{} exponentials of {} bits behind the point", 1 << c.bits, c.sum_fraction())),
            ("division", format!("{} bits a row, one a cycle", c.factor_bits())),
        ]
    }
}
