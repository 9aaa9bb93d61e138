//! `depth_to_space`: channels become pixels: each pixel a square of `size` x `size` pixels with fewer channels.
//!
//! `y[oy][ox][c] = x[oy / size][ox / size][((oy % size) size + ox % size) out + c]` with `out = channels / size^2` (TFLite's
//! DEPTH_TO_SPACE, ONNX's with mode DCR). Pixels come row by row, channels innermost, `lanes` channels a beat; `lanes` divides
//! `out`. Two rows are held: one is taken apart while the next one comes.
//!
//! Contract for an image: II is its number of beats; latency that and a row's beats.

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
        /// Channels of a pixel: `size^2` times those of the result.
        channels: u32 = 8, in 1..=8192;
        /// Channels a beat; divides those of the result.
        lanes: u32 = 1, in 1..=1024;
        /// Bits of an element.
        bits: u32 = 8, in 1..=63;
        /// Elements are two's complement (passed on to whoever connects).
        signed: bool = true;
        /// Rows and columns that a pixel becomes.
        size: u32 = 2, in 1..=16;
    }
}

impl Config {
    /// Channels of the result.
    pub fn out(&self) -> u32 {
        self.channels / (self.size * self.size)
    }

    /// Beats of a row.
    fn row(&self) -> u64 {
        u64::from(self.width) * u64::from(self.channels / self.lanes)
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "depth_to_space",
        summary: "enlarges an image: channels become pixels",
        equation: "y[oy][ox][c] = x[oy / size][ox / size][((oy % size) size + ox % size) out + c]",
    };
    type Derived = ();

    fn bounds(&self) -> Vec<Bound> {
        vec![Bound::new("height * width * channels", [self.height, self.width, self.channels], MOST_ELEMENTS)]
    }
    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let (block, squares) = (Self::ABOUT.name, self.size * self.size);
        let mut errors = Vec::new();
        if !self.channels.is_multiple_of(squares) {
            let with = format!("size={}; help: take a multiple of {squares}", self.size);
            errors.push(ConfigError::NotServed { block, field: "channels", value: self.channels.to_string(), with });
        } else if !self.out().is_multiple_of(self.lanes) {
            let with = format!("{} channels of the result; help: take a divisor", self.out());
            errors.push(ConfigError::NotServed { block, field: "lanes", value: self.lanes.to_string(), with });
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
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
        let beats = c.row() * u64::from(c.height);
        Contract { latency: c.row() + beats, ii: beats }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.height as usize * c.width as usize * c.channels as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let row = u64::from(c.width) * u64::from(c.channels / c.lanes);
        Cost::logic(100).ram(2 * row, u64::from(c.lanes * c.bits))
    }
    fn summary(c: &Checked<Self>) -> Summary {
        Summary::new(format!("{} x {} by {}", c.height, c.width, c.size), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let (rows, cols) = (c.height * c.size, c.width * c.size);
        vec![
            ("image", format!("{} x {} x {} becomes {rows} x {cols} x {}", c.height, c.width, c.channels, c.out())),
            (
                "last",
                "ignored at the input: a frame is an image by count; marks an image's last beat at the output".into(),
            ),
        ]
    }
}
