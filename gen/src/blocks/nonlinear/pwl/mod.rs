//! `pwl`: a function of wide numbers by lines, one for each of equal segments.
//!
//! A code `n` above the lowest one is in segment `s = floor(n / 2^w)` at `d = n mod 2^w`, `w = bits - segment_bits`:
//! `y = clamp(floor((base[s] + slope[s] d) / 2^fraction))`. Lines are fitted when the block is configured: the chord of the function's
//! values in results' codes, saturated, moved until it is as far above them as below. The largest distance from them over all codes is the bound that
//! the block states (note `error`); a configuration whose bound is above `most_error` is refused.
//!
//! Contract for a frame of `b` beats: II `b`, latency `b + 4`.

mod fit;
mod function;
mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

pub use fit::Segments;
pub use function::Function;

use crate::blocks::parts::line;
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_range, Prng, Range};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// What is computed.
        function: Function = Function::Sigmoid;
        /// Elements a beat.
        lanes: u32 = 1, in 1..=64;
        /// Bits of an element.
        bits: u32 = 12, in 4..=16;
        /// Elements are two's complement.
        signed: bool = true;
        /// What one step of a code is worth.
        scale: f64 = 0.00390625, in 0..=65536;
        /// Upper bits of an element that choose its segment.
        segment_bits: u32 = 5, in 1..=12;
        /// Bits behind the point of lines.
        fraction: u32 = 10, in 0..=16;
        /// Bits of a result.
        out_bits: u32 = 8, in 2..=16;
        /// Results are two's complement.
        out_signed: bool = false;
        /// What one step of a result is worth.
        out_scale: f64 = 0.00390625, in 0..=65536;
        /// The result that stands for 0.
        out_zero: i64 = 0, in -32768..=65535;
        /// Results may be so many codes away from the function's real values.
        most_error: f64 = 65536.0, in 0..=65536;
    }
}

/// Registers in line.
const CYCLES: u32 = 5;

/// Widest slope: a multiplier's operand.
const SLOPE_BITS: u32 = 18;

fn bits_of(values: &[i64]) -> u32 {
    let (lo, hi) = values.iter().fold((0, 0), |(lo, hi), v| (*v.min(&lo), *v.max(&hi)));
    bits_for_range(Range::new(lo.into(), hi.into()), true)
}

impl Segments {
    /// Bits of a slope.
    fn slope_bits(&self) -> u32 {
        bits_of(&self.slopes)
    }

    /// Bits of a base.
    fn base_bits(&self) -> u32 {
        bits_of(&self.bases)
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "pwl",
        summary: "gives a function of wide numbers by lines, with the error that they have",
        equation: "y = clamp(floor((base[s] + slope[s] d) / 2^fraction)), s and d upper and lower bits of x",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("gelu", "function=gelu bits=16 scale=0.000244140625 segment_bits=6 out_bits=12 out_signed=true out_scale=0.00390625"),
        ("rsqrt", "function=rsqrt bits=14 signed=false scale=0.0009765625 segment_bits=8 out_scale=0.03125 lanes=2"),
    ];
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("saturating", "function=exp bits=8 scale=0.03125 segment_bits=3 fraction=6 out_scale=0.0625"),
        ("signed", "function=gelu bits=8 scale=0.0625 segment_bits=4 fraction=4 out_signed=true out_scale=0.0625"),
        ("lanes", "function=rsqrt lanes=2 bits=7 signed=false scale=0.0625 segment_bits=3 fraction=5 out_bits=6 out_scale=0.0625"),
    ];
    type Derived = Segments;

    fn derive(&self) -> Result<Segments, Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        if self.segment_bits >= self.bits {
            let (value, useful) = (self.segment_bits.into(), u64::from(self.bits) - 1);
            return Err(vec![ConfigError::NoEffect { block, field: "segment_bits", value, useful }]);
        }
        let scales = [("scale", self.scale), ("out_scale", self.out_scale)];
        let unusable = |(_, s): &(&'static str, f64)| !(s.is_normal() && *s > 0.0);
        if let Some((field, value)) = scales.into_iter().find(unusable) {
            let with = "a function of numbers; help: a positive number".into();
            return Err(vec![ConfigError::NotServed { block, field, value: value.to_string(), with }]);
        }
        let (lo, hi) = self.ends();
        if !(lo..=hi).contains(&self.out_zero) {
            let (value, bits) = (self.out_zero, self.out_bits);
            return Err(vec![ConfigError::DoesNotFit { block, field: "out_zero", value, bits }]);
        }
        let segments = self.fit();
        let bits = segments.slope_bits();
        if bits > SLOPE_BITS {
            let help = "fewer bits behind the point, or coarser results";
            return Err(vec![ConfigError::TooWide { block, what: "a slope", bits, limit: SLOPE_BITS, help }]);
        }
        if segments.error > self.most_error {
            let with = format!(
                "lines that are {:.3} codes away; help: more segments or bits behind the point",
                segments.error
            );
            let value = self.most_error.to_string();
            return Err(vec![ConfigError::NotServed { block, field: "most_error", value, with }]);
        }
        Ok(segments)
    }
    fn key(&self) -> String {
        let sign = if self.signed { "s" } else { "u" };
        let name = self.function.text().replace('-', "_");
        format!("{name}_{}x{sign}{}_{}_h{}", self.lanes, self.bits, self.out_bits, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        line::contract(inputs[0].len(), c.lanes, CYCLES)
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let s = c.derived();
        let (slope, base) = (s.slope_bits(), s.base_bits());
        let logic = u64::from(c.lanes) * u64::from(2 * base + 2 * c.bits + 2 * c.out_bits);
        Cost::logic(logic).roms(c.lanes.into(), 1 << c.segment_bits, (slope + base).into()).multipliers(
            c.lanes.into(),
            slope,
            c.inner_bits() + 1,
        )
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} in {} lines", c.function.text(), c.derived().slopes.len()), c.lanes)
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
            ("segments", format!("{} of {} codes", s.slopes.len(), 1u32 << c.inner_bits())),
            ("error", format!("at most {:.3} codes of a result, over all codes", s.error)),
        ]
    }
}
