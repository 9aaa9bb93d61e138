//! `hashed_attention`: EcoFormer's linear attention on hashed queries and keys: sums and differences, and one division for each result.
//!
//! Of codes `q[n]`, `k[n]` of `-1`, `0` and `1` and of values `v[n]`, with `B = codes + 1`:
//! `y[n] = clamp(round(2^fraction (sum over m of (q[n] . k[m]) v[m] + B v[n]) / (sum over m of q[n] . k[m] + B N)))`, halves away from zero. That is the
//! released form (ziplab/EcoFormer, commit a277f9e), whose offset takes a token's own value. With `offset = all` it takes all of them, as the algebra of
//! the kernel `q . k + B` does: `B sum over m of v[m]`. The sums over `m` come first, once: `C = sum of k[m] v[m]'` of `codes` rows, so that the cost
//! grows with the tokens, not with their square. The divisor is `N` at least. A number of a code that is neither -1 nor 1 counts as 0.
//!
//! # Streams
//! A beat of `k_axis` and of `q_axis` is a token's code; a beat of `v_axis` and of `w_axis` is `lanes` elements of a token's value. `k_axis` and `v_axis` make
//! the sums, `q_axis` and `w_axis` are read behind them: of one projection and one value, a fork sends both ways. With `offset = all` there is no
//! `w_axis`.
//!
//! Contract for a frame: II `tokens * max(width / lanes + 1, 4)`; the sums of one frame are made beside the results of the one before.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::config::MOST_ELEMENTS;
use crate::blocks::parts::{outlet, tree};
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_range, bits_for_unsigned, Prng, Range};

crate::choice! {
    /// Whose values the offset of the kernel takes.
    pub enum Offset {
        /// A token's own: the released form.
        Own = "own",
        /// All of them: the algebra's form.
        All = "all",
    }
}

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Tokens of a frame.
        tokens: u32 = 16, in 1..=65536;
        /// Numbers of a code: hash functions.
        codes: u32 = 16, in 1..=64;
        /// Elements of a value and of a result.
        width: u32 = 8, in 1..=1024;
        /// Elements of a beat; they divide `width`.
        lanes: u32 = 1, in 1..=64;
        /// Bits of an element of a value, two's complement.
        bits: u32 = 8, in 2..=16;
        /// Bits behind the point that results have beyond values.
        fraction: u32 = 0, in 0..=8;
        /// Bits of a result, two's complement.
        out_bits: u32 = 8, in 2..=16;
        /// Whose values the offset of the kernel takes.
        offset: Offset = Offset::Own;
    }
}

/// Cycles of a token at least: from the read of a sum to the read of what was written back.
const LEAST_SLOTS: u32 = 4;

/// What follows from a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widths {
    /// Cycles of a token: one for the divisor, one for each beat of values.
    pub slots: u32,
    /// Rows of sums: one for each number of a code, and one of all values where the offset takes them.
    pub rows: u32,
    /// Bits of a sum.
    pub sum_bits: u32,
    /// Bits of a numerator, with its sign.
    pub num_bits: u32,
    /// Bits of a divisor.
    pub den_bits: u32,
}

impl Config {
    /// `B`.
    fn weight(&self) -> u32 {
        self.codes + 1
    }

    fn widths(&self) -> Widths {
        let (n, codes) = (i128::from(self.tokens), i128::from(self.codes));
        let value = 1i128 << (self.bits - 1);
        let own = if self.offset == Offset::All { n } else { 1 };
        let num = (codes * n + i128::from(self.weight()) * own) * value;
        Widths {
            slots: (self.width / self.lanes + 1).max(LEAST_SLOTS),
            rows: self.codes + u32::from(self.offset == Offset::All),
            sum_bits: bits_for_range(Range::new(-n * value, n * value), true),
            num_bits: bits_for_range(Range::new(-num, num), true),
            den_bits: bits_for_unsigned(((codes + i128::from(self.weight())) * n) as u128),
        }
    }

    fn beats(&self) -> u32 {
        self.width / self.lanes
    }

    /// Cycles from the read of sums to their results.
    fn result_cycles(&self) -> u32 {
        // Address, RAM and register, terms, their sum, the offset; magnitude, dividend; comparison and bits of the quotient; sign, saturation.
        3 + 1 + tree::levels(self.codes) + 1 + 2 + (1 + self.out_bits) + 2
    }

    /// Cycles of a frame.
    pub fn frame_cycles(&self) -> u64 {
        u64::from(self.tokens) * u64::from(self.widths().slots)
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "hashed_attention",
        summary: "EcoFormer's linear attention on hashed codes, by sums, differences and one division",
        equation: "y[n] = (sum over m of (q[n].k[m]) v[m] + B v[n]) / (sum over m of q[n].k[m] + B N), B = codes + 1",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("EcoFormer", "tokens=196 width=32"), ("algebra", "tokens=196 width=32 lanes=4 offset=all")];
    const MUTATED: &'static [(&'static str, &'static str)] = &[
        ("own", "tokens=3 codes=3 width=4 bits=4 fraction=3 out_bits=6"),
        ("all", "tokens=3 codes=2 width=4 lanes=2 bits=4 fraction=3 out_bits=6 offset=all"),
    ];
    type Derived = Widths;

    fn bounds(&self) -> Vec<Bound> {
        vec![
            Bound::new("tokens * width", [self.tokens, self.width], MOST_ELEMENTS),
            Bound::new("codes * lanes", [self.codes, self.lanes], 1 << 10),
        ]
    }
    fn derive(&self) -> Result<Widths, Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        if !self.width.is_multiple_of(self.lanes) {
            let (value, with) = (self.lanes.to_string(), format!("width={}; help: take a divisor", self.width));
            return Err(vec![ConfigError::NotServed { block, field: "lanes", value, with }]);
        }
        Ok(self.widths())
    }
    fn key(&self) -> String {
        let Config { tokens, codes, width, lanes, .. } = self;
        format!("{tokens}x{codes}_w{width}x{lanes}_h{}", crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let (slots, tokens) = (u64::from(c.derived().slots), u64::from(c.tokens));
        // The sums; the results of all tokens but the last one; that one's, whose last slot may come before its idle ones.
        let issued = tokens * slots + (tokens - 1) * slots + u64::from(c.beats());
        Contract { latency: issued - 1 + u64::from(c.result_cycles()) + outlet::CYCLES, ii: c.frame_cycles() }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        let (codes, values) = ((c.tokens * c.codes) as usize, (c.tokens * c.width) as usize);
        Some(match c.offset {
            Offset::Own => vec![codes, values, codes, values],
            Offset::All => vec![codes, values, codes],
        })
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let w = c.derived();
        let lanes = u64::from(c.lanes);
        let sums = u64::from(w.rows) * u64::from(w.sum_bits);
        let division = u64::from(c.out_bits + 2) * u64::from(2 * w.den_bits);
        let words = u64::from(c.beats() + 1);
        let cost = Cost::logic(150 + lanes * (6 * sums + division)).ram(2 * words, lanes * sums);
        let cost = if c.tokens > 1 { cost.ram(words, lanes * sums) } else { cost };
        cost.ram(outlet::places(c.result_cycles()).into(), lanes * u64::from(c.out_bits) + 1)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} tokens of {}, codes of {}", c.tokens, c.width, c.codes), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        let ends = [-(1i64 << (c.out_bits - 1)), (1i64 << (c.out_bits - 1)) - 1];
        vec![
            ("a number that is no code", inputs[0].contains(&-2) || inputs[2].contains(&-2)),
            ("a zero in a code", inputs[2].contains(&0)),
            ("a result at an end", outputs[0].iter().any(|y| ends.contains(y))),
        ]
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let w = c.derived();
        vec![
            ("sums", format!("{} of {} bits for each element", w.rows, w.sum_bits)),
            ("token", format!("{} cycles", w.slots)),
            ("last", "ignored at the inputs: a frame goes by count; marks a frame's last beat at the output".into()),
        ]
    }
}
