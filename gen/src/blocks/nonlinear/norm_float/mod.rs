//! `norm_float`: LayerNorm and RMSNorm of rows of codes as frameworks compute them in float, in integers precise enough to differ seldom.
//!
//! Of a row `x` of `C` codes, all numbers with `p - bits` bits behind the point, `p` the `precision`: `mu` the mean, to the nearest (a half to the even
//! one), or `zero` for `rms`; `y = x - mu`; `W = floor(sum y^2 / C) + epsilon`; `R = floor(2^(3p - 7) / floor(sqrt(2^(2p - 12) W)))`, ones of `2p` bits where
//! that is more; `t = y R / 2^(2p - 1 - f)`, rounded half up, in `p + 1` bits of which `f` lie behind the point: as many as `sqrt(columns)`, the most that a
//! norm can be, leaves; `y = clamp((t gain[i] + offset[i]) / 2^shift, rounded half up)`. So with a scale `S` of codes, `S_y` of results, and float's `gamma`,
//! `beta` and `eps`: `epsilon = eps / S^2 2^(2p - 2 bits)`, `gain = gamma / S_y 2^(shift - f)`, `offset = (beta / S_y + zero_y) 2^shift`. Against real
//! numbers, rounded once, a result of 8 bits differs with `p = 17` by one code at most, and seldom (test `norm_float__is_near_the_norm_of_reals`).
//!
//! A row is as long as its frame, in whole beats; it is cut after `columns`, and what follows is a row of its own, up to the end of the frame. With
//! `absent` a lane has one bit more, and a number that no code of `bits` is stands for none: it is not counted, and its `y` is 0.
//!
//! Contract for a row of `n` beats, no longer than `columns`: II `max(n, 2p + 1)`, or what the root takes where a large `epsilon` makes that longer.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::parts::passes::Passes;
use crate::blocks::parts::product;
use crate::blocks::parts::row_codes::{self, Rows};
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_range, Prng, Range};

crate::choice! {
    /// Which norm.
    pub enum Kind {
        /// LayerNorm: around the mean.
        Layer = "layer",
        /// RMSNorm: around zero.
        Rms = "rms",
    }
}

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Codes of the longest row.
        columns: u32 = 64, in 1..=4096;
        /// Codes of a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of a code.
        bits: u32 = 8, in 2..=16;
        /// Codes are two's complement.
        signed: bool = true;
        /// Lanes have one bit more, and a number that is no code is no part of its row.
        absent: bool = false;
        /// `layer` is LayerNorm, `rms` is RMSNorm.
        kind: Kind = Kind::Layer;
        /// Of `rms`: the code that stands for 0.
        zero: i64 = 0, in -32768..=65535;
        /// Added to the mean of squares, in units of `2^(2 bits - 2p)` steps of a code squared.
        epsilon: i64 = 0, in 0..=1099511627776;
        /// Steps of a result for one of the norm, in units of `2^(f - shift)`: one for each code of the longest row, or one for all. Empty: 32768.
        gain: Vec<i64> = Vec::new(), in -131072..=131071;
        /// Added to a result, in units of `2^-shift`: one for each code of the longest row, or one for all. Empty: 0.
        offset: Vec<i64> = Vec::new(), in -140737488355328..=140737488355327;
        /// Bits of a sum behind the point.
        shift: u32 = 24, in 0..=40;
        /// Bits of a result.
        out_bits: u32 = 8, in 2..=16;
        /// Results are two's complement.
        out_signed: bool = true;
        /// `p`: bits of a distance from the middle, before and behind the point.
        precision: u32 = 17, in 8..=17;
    }
}

impl Config {
    fn rows(&self) -> Rows {
        let Config { columns, lanes, bits, signed, absent, out_bits, out_signed, .. } = *self;
        Rows { columns, lanes, bits, signed, absent, out_bits, out_signed }
    }
    /// Cycles of a longest row, behind others like it.
    pub fn row_cycles(&self) -> u64 {
        self.shape().timing(self.rows().beats().into()).1
    }
    /// `f`: bits of a norm behind the point, so that `sqrt(columns)` fits in front of it, and 2 at least.
    fn norm_fraction(&self) -> u32 {
        self.precision - self.columns.next_power_of_two().trailing_zeros().div_ceil(2).max(2)
    }
    /// The gains, the default filled in.
    fn gains(&self) -> Vec<i64> {
        if self.gain.is_empty() {
            vec![32768]
        } else {
            self.gain.clone()
        }
    }
    fn offsets(&self) -> Vec<i64> {
        if self.offset.is_empty() {
            vec![0]
        } else {
            self.offset.clone()
        }
    }
}

/// Bits of each of these numbers in two's complement.
fn signed_bits(numbers: &[i64]) -> u32 {
    let bits = |v: &i64| bits_for_range(Range::new((*v).into(), (*v).into()), true);
    numbers.iter().map(bits).max().unwrap_or(1)
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "norm_float",
        summary: "computes LayerNorm and RMSNorm of rows as frameworks do in float",
        equation:
            "y[i] = round(((x[i] - mu) / sqrt(mean over k of (x[k] - mu)^2 + eps) gain[i] + offset[i]) / 2^shift)",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", "shift=17"),
        ("RMSNorm", "columns=256 kind=rms shift=17"),
        ("four lanes", "columns=256 lanes=4 shift=17"),
    ];
    // One lane and two; few bits, so that each shows; rows so long that their norm can be the largest there is.
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("layer", "columns=16 precision=8 shift=4 out_bits=11 out_signed=false gain=35 offset=12811"),
        ("rms", "columns=16 lanes=2 bits=5 precision=8 kind=rms zero=-3 absent=true epsilon=77 shift=3 out_bits=12 gain=10,-77,53,-111,-64,90,20,107,-33,-45,99,-128,127,64,-90,7 offset=1365,-900,-1366,1300,-7,-421,2000,-1900,-1800,333,-555,666,77,88,9,-1"),
    ];
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors: Vec<ConfigError> = self.rows().broken(block).into_iter().collect();
        let (low, high) = self.rows().codes_range();
        if self.kind == Kind::Layer && self.zero != 0 {
            let (value, with) = (self.zero.to_string(), "kind=layer".into());
            errors.push(ConfigError::NotServed { block, field: "zero", value, with });
        } else if !(low..=high).contains(&self.zero) {
            let (value, bits) = (self.zero, self.bits);
            errors.push(ConfigError::DoesNotFit { block, field: "zero", value, bits });
        }
        if self.precision < self.bits {
            let (value, with) = (self.precision.to_string(), format!("bits={}", self.bits));
            errors.push(ConfigError::NotServed { block, field: "precision", value, with });
        }
        for (field, found) in [("gain", self.gain.len()), ("offset", self.offset.len())] {
            if ![0, 1, self.columns as usize].contains(&found) {
                let help = "give one for each code of the longest row, or one for all";
                errors.push(ConfigError::Count { block, field, found, expected: self.columns.to_string(), help });
            }
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
        let (lanes, beats) = (u64::from(c.lanes), u64::from(c.rows().beats()));
        let mut cost = Cost::logic(700 + 150 * lanes).plus(c.shape().memories());
        let (y, low) = (c.precision + 1, product::LOW.min(2 * c.precision) + 1);
        cost = cost.multipliers(lanes, y, y).multipliers(lanes, y, low);
        if 2 * c.precision > product::LOW {
            cost = cost.multipliers(lanes, y, 2 * c.precision - product::LOW + 1);
        }
        if c.gain.len() > 1 || c.gains()[0].unsigned_abs().count_ones() > 1 {
            cost = cost.multipliers(lanes, y, signed_bits(&c.gains()));
        }
        for list in [&c.gain, &c.offset] {
            let bits = signed_bits(list);
            cost = if list.len() > 1 && beats > 1 { cost.roms(1, beats, u64::from(bits) * lanes) } else { cost };
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
        vec![
            c.rows().note(),
            ("norm", format!("{} bits, {} of them behind the point", c.precision + 1, c.norm_fraction())),
        ]
    }
}
