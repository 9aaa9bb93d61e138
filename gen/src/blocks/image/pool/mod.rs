//! `pool`: the maximum or the sum of each channel over the taps of a patch, or over a whole image.
//!
//! `y[c] = max_t x[c][t]` or `y[c] = start + sum_t x[c][t]`, exact and two's complement, for `c < channels`, `t < taps`. An average is a sum and a `requant`
//! behind it, which rounds as the framework does. `kind=float32`: the sum as float32 arithmetic takes it, tap by tap, every sum rounded to
//! 24 significant bits, half to even; elements are numbers in fixed point.
//!
//! `order=channels`: a frame is one patch as `sliding_window` gives it: for each beat of `lanes` channels all taps; one register
//! a lane. `order=taps`: for each tap all beats of channels, as an image's pixels come; the running values are in a RAM, so
//! that pooling over a whole image stores no image. The tail lanes of the last beat of channels are padding.
//!
//! Contract, with `n = ceil(channels / lanes) taps`: II `n`; latency `n`, or `n + 1` where values are in a RAM.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::sliding_window::Order;
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::{BeatShape, ModuleId};
use crate::num::{bits_for_range, nearest_in_24_bits, range_of, Prng, Range};

crate::choice! {
    /// What is computed.
    pub enum Kind {
        /// The largest.
        Max = "max",
        /// The sum.
        Sum = "sum",
        /// The sum in float32.
        Float32 = "float32",
    }
}

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Channels of a pixel.
        channels: u32 = 4, in 1..=8192;
        /// Channels a beat.
        lanes: u32 = 2, in 1..=1024;
        /// Taps of a patch, or pixels of an image.
        taps: u32 = 4, in 2..=16777216;
        /// Bits of an element.
        bits: u32 = 8, in 1..=48;
        /// Elements are two's complement.
        signed: bool = true;
        /// What is computed.
        kind: Kind = Kind::Max;
        /// The order inside a frame.
        order: Order = Order::Channels;
        /// Where sums start: minus the zero points of all taps, for the sum of what lies above them.
        start: i64 = 0, in -4294967296..=4294967296;
    }
}

/// What follows from a configuration.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Beats of channels.
    pub groups: u32,
    /// Values of a result, partial ones included.
    pub result: Range,
    /// Bits of a result.
    pub bits: u32,
    /// Running values are in a RAM.
    pub ram: bool,
}

/// Widest sum: what a stream's element may have.
const MAX_BITS: u32 = 62;

impl Config {
    /// A beat of results.
    pub fn out_beat(&self, s: &Shape) -> BeatShape {
        BeatShape::new(self.lanes, s.bits, self.signed || self.kind != Kind::Max)
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "pool",
        summary: "maximum or sum of each channel over a patch or an image",
        equation: "y[c] = max or start + sum over t of x[c][t]",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", ""), ("global average", "channels=64 lanes=4 taps=125 kind=sum order=taps")];
    type Derived = Shape;

    fn derive(&self) -> Result<Shape, Vec<ConfigError>> {
        if self.kind != Kind::Sum && self.start != 0 {
            let (block, value) = (Self::ABOUT.name, self.start.to_string());
            let with = format!("kind={}; help: set start=0", self.kind.text());
            return Err(vec![ConfigError::NotServed { block, field: "start", value, with }]);
        }
        if self.lanes > self.channels {
            let (block, value, useful) = (Self::ABOUT.name, self.lanes.into(), self.channels.into());
            return Err(vec![ConfigError::NoEffect { block, field: "lanes", value, useful }]);
        }
        let x = range_of(self.bits, self.signed).unwrap_or(Range::new(0, 0));
        let n = i128::from(self.taps);
        let result = match self.kind {
            Kind::Max => x,
            Kind::Sum => {
                let (first, all) = (Range::new(x.lo, x.hi), Range::new(x.lo * n, x.hi * n));
                let start = i128::from(self.start);
                let sums = first.union(all);
                Range::new(sums.lo + start, sums.hi + start)
            }
            // Rounding never falls: the largest sum is that of the largest elements.
            Kind::Float32 => {
                let far = |x: i128| (0..n).fold(0i128, |sum, _| nearest_in_24_bits(sum + x));
                let one = Range::new(nearest_in_24_bits(x.lo), nearest_in_24_bits(x.hi));
                one.union(Range::new(far(x.lo), far(x.hi)))
            }
        };
        if bits_for_range(result, true) > MAX_BITS {
            let (block, what, bits) = (Self::ABOUT.name, "the sum", bits_for_range(result, true));
            let help = "narrow the elements, or sum fewer taps";
            return Err(vec![ConfigError::TooWide { block, what, bits, limit: MAX_BITS, help }]);
        }
        let groups = self.channels.div_ceil(self.lanes);
        Ok(Shape {
            groups,
            result,
            // Sums are signed, as what rounds them takes them.
            bits: bits_for_range(result, self.signed || self.kind != Kind::Max),
            ram: self.order == Order::Taps && groups > 1,
        })
    }
    fn key(&self) -> String {
        let sign = if self.signed { "s" } else { "u" };
        let (k, c, t, l) = (self.kind.text(), self.channels, self.taps, self.lanes);
        let start = if self.start == 0 { String::new() } else { format!("_h{}", crate::blocks::digest(self)) };
        format!("{k}_{c}x{t}_l{l}_{sign}{}_{}{start}", self.bits, self.order.text())
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let n = u64::from(c.derived().groups) * u64::from(c.taps);
        Contract { latency: n + u64::from(c.derived().ram), ii: n }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.derived().groups as usize * c.taps as usize * c.lanes as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let s = c.derived();
        // Each place that a float32 sum can be rounded at has its own rounding.
        let places = if c.kind == Kind::Float32 { (s.bits + 1).saturating_sub(24) } else { 0 };
        let cost = Cost::logic(30 + (60 + 70 * u64::from(places)) * u64::from(c.lanes));
        let bits = if s.ram { u64::from(c.lanes * s.bits) } else { 0 };
        cost.ram(s.groups.into(), bits)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} of {}", c.kind.text(), c.taps), c.lanes)
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
            ("result", format!("{} bits, {}..={}", s.bits, s.result.lo, s.result.hi)),
            ("last", "ignored at the input: a frame ends by count".into()),
        ]
    }
}
