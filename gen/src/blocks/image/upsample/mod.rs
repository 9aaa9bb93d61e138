//! `upsample`: every pixel of an image becomes a rectangle of pixels (nearest neighbour).
//!
//! `y[oy][ox][c] = x[oy / factor_h][ox / factor_w][c]`. Pixels come row by row, channels innermost, `lanes` channels a beat; `lanes`
//! divides `channels`. Two rows are held: one is repeated while the next one comes.
//!
//! Contract for an image: II is the number of beats that leave; latency that and a row's beats.

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
        /// Rows of the image.
        height: u32 = 3, in 1..=8192;
        /// Pixels of a row.
        width: u32 = 4, in 1..=8192;
        /// Channels of a pixel.
        channels: u32 = 2, in 1..=8192;
        /// Channels a beat; divides `channels`.
        lanes: u32 = 1, in 1..=1024;
        /// Bits of an element.
        bits: u32 = 8, in 1..=63;
        /// Elements are two's complement (passed on to whoever connects).
        signed: bool = true;
        /// Rows that each row becomes.
        factor_h: u32 = 2, in 1..=8192;
        /// Pixels that each pixel of a row becomes.
        factor_w: u32 = 2, in 1..=8192;
    }
}

impl Config {
    /// Beats of a pixel.
    fn pixel(&self) -> u32 {
        self.channels / self.lanes
    }

    /// Beats of an image that leave.
    fn beats(&self) -> u64 {
        let image = u64::from(self.height) * u64::from(self.width) * u64::from(self.pixel());
        image * u64::from(self.factor_h) * u64::from(self.factor_w)
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "upsample",
        summary: "enlarges an image: every pixel becomes a rectangle",
        equation: "y[oy][ox][c] = x[oy / factor_h][ox / factor_w][c]",
    };
    type Derived = ();

    fn bounds(&self) -> Vec<Bound> {
        vec![Bound::new(
            "height * width * channels * factor_h * factor_w",
            [self.height, self.width, self.channels, self.factor_h, self.factor_w],
            MOST_ELEMENTS,
        )]
    }
    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        if self.channels.is_multiple_of(self.lanes) {
            return Ok(());
        }
        let with = format!("channels={}; help: take a divisor, or a width_converter", self.channels);
        let (block, value) = (Self::ABOUT.name, self.lanes.to_string());
        Err(vec![ConfigError::NotServed { block, field: "lanes", value, with }])
    }
    fn key(&self) -> String {
        format!("{}x{}x{}_l{}_h{}", self.height, self.width, self.channels, self.lanes, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        let row = u64::from(c.width) * u64::from(c.pixel());
        Contract { latency: row + c.beats(), ii: c.beats() }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.height as usize * c.width as usize * c.channels as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let row = u64::from(c.width) * u64::from(c.channels / c.lanes);
        Cost::logic(100).ram(2 * row, u64::from(c.lanes * c.bits))
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} x {} by {} x {}", c.height, c.width, c.factor_h, c.factor_w), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let (rows, cols) = (c.height * c.factor_h, c.width * c.factor_w);
        vec![
            ("image", format!("{} x {} becomes {rows} x {cols}", c.height, c.width)),
            (
                "last",
                "ignored at the input: a frame is an image by count; marks an image's last beat at the output".into(),
            ),
        ]
    }
}
