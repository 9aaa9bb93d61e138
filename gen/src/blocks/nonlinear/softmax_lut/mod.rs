//! `softmax_lut`: TFLite's int8 softmax, bit for bit: gemmlowp's fixed point with the exponential in a table.
//!
//! For a row of `classes` codes, `d = max(x) - x`, `e = exp(-d beta scale)` in Q0.31 (`multiplier` and `shift` are
//! `q(beta scale 2^26)`), `s = sum of e / 2^12`, `r = 1 / s` by three Newton steps, `y = clamp(r e 2^8 - 128)`; codes whose exponential
//! leaves the fixed point give -128. Sources: framework-rules.md 1; google/gemmlowp `fixedpoint.h`.
//!
//! The row is stored and read three times: for its maximum, for the sum, for the results. One 32 x 32 multiplier serves the Newton
//! steps and then the results. The next row is stored meanwhile.
//!
//! Contract for a row of `n` codes: II `3 n + 24`, latency `4 n + 28`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::gemmlowp::exp_on_negative_values;
use crate::num::gemmlowp::srdhm;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Codes of a row. The sum of more exponentials could leave TFLite's fixed point.
        classes: u32 = 10, in 1..=511;
        /// `q(beta scale 2^26)`: the multiplier.
        multiplier: i64 = 1717986918, in 1073741824..=2147483647;
        /// `q(beta scale 2^26)`: the left shift.
        shift: u32 = 23, in 0..=31;
    }
}

/// Cycles from the last code of the sum to the first one of the results.
pub const RECIPROCAL: u64 = 24;

impl Config {
    /// The exponential of each difference `0..=255` in Q0.31; 0 where the kernel gives none.
    pub fn table(&self) -> Vec<i32> {
        let least = (31.0 * f64::from(1 << 26) / 2f64.powi(self.shift as i32)).floor() as i64;
        let exp = |d: i64| {
            let shifted = ((-d) << self.shift).clamp(i32::MIN.into(), i32::MAX.into()) as i32;
            if d <= least {
                exp_on_negative_values(srdhm(shifted, self.multiplier as i32))
            } else {
                0
            }
        };
        (0..256).map(exp).collect()
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "softmax_lut",
        summary: "computes TFLite's int8 softmax of a row",
        equation: "y[i] = 256 exp(b x[i]) / sum over k of exp(b x[k]) - 128, in gemmlowp's fixed point",
    };
    // Most bits of the fixed point show in few codes or in none: with two classes there are few enough rows to try them all.
    const MUTATED: &'static [(&'static str, &'static str)] = &[("two classes", "classes=2")];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        Ok(())
    }
    fn key(&self) -> String {
        format!("{}_h{}", self.classes, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let n = u64::from(c.classes);
        Contract { latency: 4 * n + RECIPROCAL + 4, ii: 3 * n + RECIPROCAL }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.classes as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(800).roms(1, 256, 31).ram(2 * u64::from(c.classes), 8).multipliers(1, 32, 32)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("rows of {}", c.classes), 1)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn every_frame(c: &Checked<Self>) -> Option<Vec<Vec<Vec<i64>>>> {
        stimulus::every_frame(c)
    }
    fn bins(_: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        stimulus::bins(inputs, outputs)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let zeros = c.table().iter().filter(|e| **e == 0).count();
        vec![
            ("table", format!("256 exponentials of 31 bits, {zeros} of them zero")),
            ("last", "ignored at the input: a frame is a row by count".into()),
        ]
    }
}
