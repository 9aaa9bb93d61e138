//! `width_converter`: the same elements, another number of lanes. Uneven ratios too.
//!
//! A frame of `elements` elements comes as `ceil(elements / in_lanes)` beats and leaves as
//! `ceil(elements / out_lanes)`. Padding lanes of the last beat are zeros at the output and ignored at the
//! input. Elements wait in a shift register: a taken beat leaves at the bottom, an accepted one is merged
//! at the fill level; `ready` depends on that level alone, so no path runs from receiver to sender.
//!
//! Contract: the wider side moves every cycle that the narrower one allows; [`schedule`](fn@schedule) gives the exact
//! cycles by following the fill level.

mod golden;
mod rtl;
mod schedule;
mod stimulus;
#[cfg(test)]
mod tests;

pub use schedule::schedule;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Bits of an element.
        bits: u32 = 8, in 1..=63;
        /// Elements are two's complement (passed on to whoever connects).
        signed: bool = false;
        /// Elements of an input beat.
        in_lanes: u32 = 4, in 1..=1024;
        /// Elements of an output beat.
        out_lanes: u32 = 1, in 1..=1024;
        /// Elements of a frame.
        elements: u32 = 16, in 1..=16777216;
    }
}

/// Sizes that follow from the settings, in units of `gcd(in_lanes, out_lanes)` elements.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Elements of a unit.
    pub unit: u32,
    /// Units of an input beat.
    pub take: u32,
    /// Units of an output beat.
    pub give: u32,
    /// Units that the last beat of a frame adds, its padding to whole output beats included.
    pub tail: u32,
    /// Places, in units.
    pub places: u32,
    /// Input beats of a frame.
    pub beats_in: u64,
    /// Output beats of a frame.
    pub beats_out: u64,
}

impl Config {
    fn sizes(&self) -> Sizes {
        let (a, b, n) = (self.in_lanes, self.out_lanes, self.elements);
        let unit = gcd(a, b);
        let (take, give) = (a / unit, b / unit);
        let (beats_in, beats_out) = (n.div_ceil(a), n.div_ceil(b));
        let tail = (u64::from(beats_out) * u64::from(b) - u64::from(beats_in - 1) * u64::from(a)) / u64::from(unit);
        let (tail, most) = (tail as u32, take.max(tail as u32));
        // Enough that the slower side never waits: see `schedule` for the level's course.
        let places = (give - 1 + 2 * most).max(most + 2 * give - 1);
        Sizes { unit, take, give, tail, places, beats_in: beats_in.into(), beats_out: beats_out.into() }
    }
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 {
        a
    } else {
        gcd(b, a % b)
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "width_converter",
        summary: "changes the number of lanes of a stream",
        equation: "y[i] = x[i], in_lanes to out_lanes elements a beat",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("wide to narrow", "in_lanes=8 out_lanes=1 elements=64")];
    type Derived = Sizes;

    fn derive(&self) -> Result<Sizes, Vec<ConfigError>> {
        Ok(self.sizes())
    }
    fn key(&self) -> String {
        format!(
            "{}{}_{}to{}_n{}",
            if self.signed { "s" } else { "u" },
            self.bits,
            self.in_lanes,
            self.out_lanes,
            self.elements
        )
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(_: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        schedule(c.derived())
    }
    fn notes(_: &Checked<Self>) -> Vec<(&'static str, String)> {
        vec![("last", "ignored at the input: a frame ends by count".into())]
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.elements as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(u64::from(c.in_lanes + c.out_lanes) * u64::from(c.bits) * 9 / 2)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(c.elements.to_string(), c.out_lanes).simd(c.in_lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
}
