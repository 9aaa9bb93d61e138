//! `operand_buffer`: stores a frame of an array's operand, and gives it in the order in which the array takes it, as often as it does.
//!
//! A frame is `x[o][i][b]`, `o < outer`, `i < middle`, `b < beats`, of `lanes` elements a beat. It is read by four nested loops: over groups of `banks`
//! outer indices, over middle indices, over beats, and over repetitions; `order` says which one is outside of which. A beat of the result holds the
//! elements of `banks` outer indices at once, bank by bank, or with `across` lane by lane; outer indices beyond the last one give zeros.
//!
//! So the columns of a matrix come as tiles to [mac_array](crate::blocks::mac_array), whichever of its dimensions is the inner one of the stream: a transposition is an
//! order of loops. Heads that lie between rows and columns are the middle dimension.
//!
//! Each bank is a RAM of two halves: a frame is written while the one before it is read.
//!
//! Contract for a frame of `W` beats that is read in `R`: II `max(W, R)`, latency `W + R + 1`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::config::MOST_ELEMENTS;
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Outer indices of a frame.
        outer: u32 = 6, in 1..=65536;
        /// Middle indices: heads, where they lie between an operand's two dimensions.
        middle: u32 = 1, in 1..=65536;
        /// Beats at each of them.
        beats: u32 = 2, in 1..=65536;
        /// Elements of a beat that comes.
        lanes: u32 = 4, in 1..=1024;
        /// Outer indices in a beat that leaves.
        banks: u32 = 2, in 1..=1024;
        /// Elements of a beat that leaves are in the order of the lanes, those of all banks for each of them.
        across: bool = false;
        /// How often a frame is read.
        times: u32 = 3, in 1..=65536;
        /// Loops, outermost first: 0 groups of outer indices, 1 middle indices, 2 beats, 3 repetitions.
        order: Vec<i64> = vec![3, 0, 1, 2], in 0..=3;
        /// Bits of an element.
        bits: u32 = 8, in 1..=63;
        /// Elements are two's complement.
        signed: bool = true;
    }
}

/// A loop of the reading side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loop {
    /// Of its counter.
    pub name: &'static str,
    /// How often.
    pub times: u32,
    /// Words of a bank between one turn and the next.
    pub stride: u64,
}

/// What follows from a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reads {
    /// Groups of outer indices.
    pub groups: u32,
    /// Words of a bank that a group has.
    pub group: u32,
    /// Words of a frame in a bank.
    pub words: u32,
    /// Loops of more than one turn, outermost first.
    pub loops: Vec<Loop>,
}

impl Config {
    fn reads(&self) -> Reads {
        let (groups, group) = (self.outer.div_ceil(self.banks), self.middle * self.beats);
        let of = |k: i64| match k {
            0 => Loop { name: "group", times: groups, stride: group.into() },
            1 => Loop { name: "middle", times: self.middle, stride: self.beats.into() },
            2 => Loop { name: "beat", times: self.beats, stride: 1 },
            _ => Loop { name: "pass", times: self.times, stride: 0 },
        };
        let loops = self.order.iter().map(|k| of(*k)).filter(|l| l.times > 1).collect();
        Reads { groups, group, words: groups * group, loops }
    }

    /// Beats that are written and read.
    fn moved(&self) -> [u64; 2] {
        let row = u64::from(self.middle) * u64::from(self.beats);
        [u64::from(self.outer) * row, u64::from(self.outer.div_ceil(self.banks)) * row * u64::from(self.times)]
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "operand_buffer",
        summary: "stores a frame and gives it in the order and as often as an array takes it",
        equation:
            "y[..][p][l] = x[group * banks + p][i][b][l], by loops over groups, i, b and repetitions in any order",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        ("keys", "outer=64 beats=8 lanes=8 banks=4 times=64"),
        ("values", "outer=64 middle=4 beats=4 lanes=4 banks=8 across=true times=64 order=3,1,2,0"),
        ("rows", "outer=1 beats=16 lanes=4 banks=1 times=8"),
    ];
    type Derived = Reads;

    fn bounds(&self) -> Vec<Bound> {
        let row = self.middle.saturating_mul(self.beats);
        vec![
            Bound::new("middle * beats", [self.middle, self.beats], MOST_ELEMENTS),
            Bound::new("outer * middle * beats", [self.outer, row], MOST_ELEMENTS),
            Bound::new("banks * lanes", [self.banks, self.lanes], 1 << 14),
        ]
    }
    fn derive(&self) -> Result<Reads, Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let mut sorted = self.order.clone();
        sorted.sort();
        if sorted != [0, 1, 2, 3] {
            let (value, with) = (format!("{:?}", self.order), "four loops; help: name each of 0 to 3 once".into());
            errors.push(ConfigError::NotServed { block, field: "order", value, with });
        }
        if self.banks > self.outer {
            let (value, useful) = (self.banks.into(), self.outer.into());
            errors.push(ConfigError::NoEffect { block, field: "banks", value, useful });
        }
        if self.across && (self.banks == 1 || self.lanes == 1) {
            let with = "one bank or one lane, whose order it is anyhow; help: leave it out".into();
            errors.push(ConfigError::NotServed { block, field: "across", value: "true".into(), with });
        }
        if errors.is_empty() {
            Ok(self.reads())
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let sign = if self.signed { "s" } else { "u" };
        let (size, beat) = ([self.outer, self.middle, self.beats], format!("{}x{sign}{}", self.lanes, self.bits));
        let size: Vec<String> = size.iter().map(u32::to_string).collect();
        format!("{}_{beat}_b{}_t{}_h{}", size.join("x"), self.banks, self.times, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let [write, read] = c.moved();
        Contract { latency: write + read + 1, ii: write.max(read) }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.moved()[0] as usize * c.lanes as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let word = u64::from(c.lanes) * u64::from(c.bits);
        let one = Cost::logic(80 + word * u64::from(c.banks)).ram(2 * u64::from(c.derived().words), word);
        (1..c.banks).fold(one, |cost, _| cost.ram(2 * u64::from(c.derived().words), word))
    }
    fn summary(c: &Checked<Self>) -> Summary {
        let by = format!("{} x {} x {} beats, {} times", c.outer, c.middle, c.beats, c.times);
        Summary::new(by, c.lanes * c.banks)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let [write, read] = c.moved();
        vec![
            ("buffer", format!("{} bank(s) of two halves of {} words", c.banks, c.derived().words)),
            ("frame", format!("{write} beats come, {read} leave")),
            ("last", "ignored at the input: a frame goes by count; marks the last beat of the last repetition".into()),
        ]
    }
}
