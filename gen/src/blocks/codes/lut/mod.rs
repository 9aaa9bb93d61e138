//! `lut`: a table for each element: any function of a small integer, exactly.
//!
//! `y = table[x - lowest x]`: entry 0 belongs to the lowest input code. Each lane has its own ROM port.
//! Contract for a frame of `n` beats: latency `n`, II `n`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_range, Prng, Range};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Bits of an input element.
        in_bits: u32 = 8, in 1..=12;
        /// Input elements are two's complement.
        in_signed: bool = true;
        /// Bits of an output element.
        out_bits: u32 = 8, in 1..=48;
        /// Output elements are two's complement.
        out_signed: bool = true;
        /// Elements a beat.
        lanes: u32 = 1, in 1..=1024;
        /// One value for each input code, the lowest code first. Empty: max(x, 0) where it fits.
        table: Vec<i64> = Vec::new(), in -140737488355328..=281474976710655;
    }
}

impl Config {
    /// The lowest input code.
    pub fn lowest(&self) -> i64 {
        if self.in_signed {
            -(1 << (self.in_bits - 1))
        } else {
            0
        }
    }

    /// The table, the default filled in.
    fn entries(&self) -> Vec<i64> {
        if !self.table.is_empty() {
            return self.table.clone();
        }
        let top = (1i64 << (self.out_bits - u32::from(self.out_signed))) - 1;
        (0..1i64 << self.in_bits).map(|i| (self.lowest() + i).clamp(0, top)).collect()
    }
}

impl BlockConfig for Config {
    const ABOUT: About =
        About { name: "lut", summary: "looks every element up in a table", equation: "y = table[x - lowest]" };
    /// The full table.
    type Derived = Vec<i64>;

    fn derive(&self) -> Result<Vec<i64>, Vec<ConfigError>> {
        let (block, entries) = (Self::ABOUT.name, self.entries());
        let expected = 1usize << self.in_bits;
        if entries.len() != expected {
            let (found, help) = (entries.len(), "give one value for each input code");
            return Err(vec![ConfigError::Count {
                block,
                field: "table",
                found,
                expected: expected.to_string(),
                help,
            }]);
        }
        let fits = |v: i64| {
            bits_for_range(Range::new(v.into(), v.into()), self.out_signed) <= self.out_bits
                && (self.out_signed || v >= 0)
        };
        match entries.iter().find(|v| !fits(**v)) {
            Some(v) => Err(vec![ConfigError::DoesNotFit { block, field: "table", value: *v, bits: self.out_bits }]),
            None => Ok(entries),
        }
    }
    fn key(&self) -> String {
        let kind = |signed: bool, bits: u32| format!("{}{bits}", if signed { "s" } else { "u" });
        let (from, to) = (kind(self.in_signed, self.in_bits), kind(self.out_signed, self.out_bits));
        format!("{from}_{to}x{}_h{}", self.lanes, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let n = inputs[0].len().div_ceil(c.lanes as usize) as u64;
        Contract { latency: n, ii: n }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(2).roms(c.lanes.into(), 1 << c.in_bits, c.out_bits.into())
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} codes", c.derived().len()), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
}
