//! `concat`: several streams of pixels become one, whose pixels have the channels of all of them.
//!
//! `y[p] = (x_0[p][0], ..., x_0[p][c_0 - 1], x_1[p][0], ...)` for each pixel `p`; stream `k` has `channels[k]` channels. `lanes` divides
//! every one of them, so that no beat holds channels of two streams.
//!
//! All streams end their frames together: the same number of pixels; `last` is that of the last stream.
//!
//! Contract for a frame of `n` beats on all inputs together: latency `n`, II `n`.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::Prng;

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Elements a beat.
        lanes: u32 = 2, in 1..=1024;
        /// Bits of an element.
        bits: u32 = 8, in 1..=63;
        /// Elements are two's complement (passed on to whoever connects).
        signed: bool = true;
        /// Channels of each stream `s0_axis`, `s1_axis`, ...
        channels: Vec<i64> = vec![4, 2], in 1..=65536;
    }
}

/// Most streams.
pub const MOST_STREAMS: usize = 16;

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "concat",
        summary: "joins the channels of several streams, pixel by pixel",
        equation: "y[p] = (x_0[p][..], x_1[p][..], ...)",
    };
    type Derived = ();

    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let found = self.channels.len();
        if !(2..=MOST_STREAMS).contains(&found) {
            let (expected, help) = (format!("2 to {MOST_STREAMS}"), "give the channels of each stream");
            errors.push(ConfigError::Count { block, field: "channels", found, expected, help });
        }
        if let Some(c) = self.channels.iter().find(|c| *c % i64::from(self.lanes) != 0) {
            let with = format!("channels={c}; help: take a divisor of every stream's channels");
            errors.push(ConfigError::NotServed { block, field: "lanes", value: self.lanes.to_string(), with });
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
    fn key(&self) -> String {
        let sign = if self.signed { "s" } else { "u" };
        format!("{sign}{}x{}_{}to1_h{}", self.lanes, self.bits, self.channels.len(), crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Contract {
        let n = inputs.iter().map(|x| x.len() as u64 / u64::from(c.lanes)).sum();
        Contract { latency: n, ii: n }
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(20 + u64::from(c.lanes * c.bits) * c.channels.len() as u64 / 2)
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{:?}", c.channels), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
}
