//! `threshold`: integer accumulators to codes by counting the thresholds that they reach.
//!
//! `y = lowest + #{k : acc >= t[set][k]}` for each element: any function that never falls, whatever framework rounds it, exact by
//! construction. All elements share one set of thresholds, or each channel has its own, or `which` names one for each element of
//! a frame.
//!
//! A lane searches by halves: with `d` bits for the count of `steps` thresholds, `d` comparisons one behind the other, each with a
//! memory twice as deep as the one before. No multiplier. Cheap for few codes; `requant` is for many.
//!
//! Source: FINN's thresholds for quantized activations (Umuroglu et al. 2017); the search by halves is that of any sorted table.
//!
//! Contract for a frame of `n` beats: II `n`, latency `n + d`, and one more with `which`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_range, bits_for_unsigned, range_of, Prng, Range};

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements of a frame: channels of one pixel, or of one vector.
        channels: u32 = 4, in 1..=1048576;
        /// Elements a beat.
        lanes: u32 = 1, in 1..=1024;
        /// Bits of an accumulator (two's complement).
        acc_bits: u32 = 12, in 2..=62;
        /// Bits of an output code.
        out_bits: u32 = 2, in 1..=16;
        /// Output codes are two's complement.
        out_signed: bool = false;
        /// The code below all thresholds.
        lowest: i64 = 0, in -32768..=65535;
        /// Thresholds of a set; codes are `lowest..=lowest + steps`.
        steps: u32 = 3, in 1..=65535;
        /// The thresholds, set by set, each in ascending order (`steps` values a set): one set, or one for each channel, or
        /// as many as `which` names.
        thresholds: Vec<i64> = vec![-100, 0, 100], in -2305843009213693952..=2305843009213693952;
        /// The set of each element. Empty: the one set, or each channel's own.
        which: Vec<i64> = Vec::new(), in 0..=65535;
    }
}

/// What follows from a configuration.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Comparisons of a lane.
    pub depth: u32,
    /// Sets of thresholds.
    pub sets: u32,
    /// Sets that a lane's memories hold.
    pub held: u32,
    /// Bits of a threshold.
    pub bits: u32,
}

impl Shape {
    /// Bits of the name of a set.
    fn name_bits(&self) -> u32 {
        bits_for_unsigned((self.sets - 1).into())
    }

    /// Every comparison of the search has a memory twice as deep as the one before; the first one with one set only has none.
    fn search(&self, c: &Config) -> Cost {
        let (lanes, logic) = (u64::from(c.lanes), u64::from(self.depth * c.acc_bits));
        let levels = (0..self.depth).map(|k| u64::from(self.held) << k);
        levels.fold(Cost::logic(lanes * logic), |cost, words| cost.roms(lanes, words, self.bits.into()))
    }

    /// The search, and the names of the sets.
    pub fn cost(&self, c: &Config) -> Cost {
        let beats = c.which.len().div_ceil(c.lanes as usize) as u64;
        let mut cost = self.search(c).roms(1, beats, u64::from(c.lanes * self.name_bits()));
        cost.logic += if c.which.is_empty() { 10 } else { 0 };
        cost
    }
}

impl Config {
    fn shape(&self) -> Shape {
        let sets = (self.thresholds.len() as u32 / self.steps).max(1);
        let held = if sets > 1 && self.which.is_empty() { self.channels.div_ceil(self.lanes) } else { sets };
        let (lo, hi) = (self.thresholds.iter().min(), self.thresholds.iter().max());
        let span = Range::new(lo.map_or(0, |v| i128::from(*v)), hi.map_or(0, |v| i128::from(*v)));
        Shape { depth: bits_for_unsigned(self.steps.into()), sets, held, bits: bits_for_range(span, true) }
    }

    /// The thresholds of an element of a frame.
    pub fn set(&self, element: usize) -> &[i64] {
        let (steps, sets) = (self.steps as usize, self.thresholds.len() / self.steps as usize);
        let set = match self.which.get(element) {
            Some(w) => *w as usize,
            None if sets > 1 => element,
            None => 0,
        };
        &self.thresholds[set * steps..][..steps]
    }

    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let (found, steps) = (self.thresholds.len(), self.steps as usize);
        let sets = found / steps;
        let named = self.which.iter().max().map_or(0, |w| *w as usize + 1);
        let fits = if self.which.is_empty() { sets == 1 || sets == self.channels as usize } else { sets == named };
        if found == 0 || !found.is_multiple_of(steps) || !fits {
            let expected =
                format!("{steps} or {steps} for each of {} channels, or for each set of which", self.channels);
            let help = "give whole sets of thresholds";
            errors.push(ConfigError::Count { block, field: "thresholds", found, expected, help });
        }
        let found = self.which.len();
        if found != 0 && found != self.channels as usize {
            let (expected, help) = (format!("0 or {}", self.channels), "give none, or one for each element of a frame");
            errors.push(ConfigError::Count { block, field: "which", found, expected, help });
        }
        if let Some(falls) = self.thresholds.chunks(steps).flat_map(|set| set.windows(2)).find(|w| w[0] > w[1]) {
            let value = format!("..,{},{},..", falls[0], falls[1]);
            let with = "a threshold below the one before it; help: sort each set".into();
            errors.push(ConfigError::NotServed { block, field: "thresholds", value, with });
        }
        // One above the highest accumulator is never reached.
        let top = 1i64 << (self.acc_bits - 1);
        if let Some(value) = self.thresholds.iter().copied().find(|t| *t < -top || *t > top) {
            errors.push(ConfigError::DoesNotFit { block, field: "thresholds", value, bits: self.acc_bits });
        }
        for (field, value) in [("lowest", self.lowest), ("steps", self.lowest + i64::from(self.steps))] {
            if !range_of(self.out_bits, self.out_signed).is_some_and(|r| r.contains(value.into())) {
                errors.push(ConfigError::DoesNotFit { block, field, value, bits: self.out_bits });
            }
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "threshold",
        summary: "turns accumulators into codes by counting the thresholds that they reach",
        equation: "y = lowest + #{k : acc >= t[set][k]}",
    };
    type Derived = Shape;

    fn derive(&self) -> Result<Shape, Vec<ConfigError>> {
        let errors = self.rules();
        if errors.is_empty() {
            Ok(self.shape())
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let sign = if self.out_signed { "s" } else { "u" };
        format!(
            "a{}_{sign}{}_c{}x{}_h{}",
            self.acc_bits,
            self.out_bits,
            self.channels,
            self.lanes,
            crate::blocks::digest(self)
        )
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let n = u64::from(c.channels.div_ceil(c.lanes));
        Contract { latency: n + u64::from(c.derived().depth) + u64::from(!c.which.is_empty()), ii: n }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.channels as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        c.derived().cost(c)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(c.channels.to_string(), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        stimulus::bins(c, inputs, outputs)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let s = c.derived();
        // Names by channel, without those of padding lanes.
        let bits = s.search(c).memory_bits() + c.which.len() as u64 * u64::from(s.name_bits());
        vec![
            ("search", format!("{} comparisons a lane, {bits} bits of memory", s.depth)),
            ("last", "passed on; channels are counted, a frame has as many elements".into()),
        ]
    }
}
