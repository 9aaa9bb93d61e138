//! `pad`: an image with rows and columns of one value around it.
//!
//! `y[oy][ox][c] = x[oy - top][ox - left][c]`, and `value` where that lies outside of the image. Pixels come row by row, channels
//! innermost, `lanes` channels a beat; `lanes` divides `channels`. Nothing is stored: pixels wait outside while the border passes.
//! The border in front of an image waits for its first pixel.
//!
//! Contract for an image: II is the number of beats that leave; latency the same without those in front of the first pixel.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::config::MOST_ELEMENTS;
use crate::blocks::{About, BlockConfig, Bound, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{range_of, Prng};

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
        /// Elements are two's complement.
        signed: bool = true;
        /// Rows in front of the image.
        top: u32 = 1, in 0..=1024;
        /// Pixels in front of a row.
        left: u32 = 1, in 0..=1024;
        /// Rows behind the image.
        bottom: u32 = 1, in 0..=1024;
        /// Pixels behind a row.
        right: u32 = 1, in 0..=1024;
        /// What stands outside of the image.
        value: i64 = 0, in -4611686018427387904..=4611686018427387903;
    }
}

impl Config {
    /// Beats of a pixel.
    pub fn pixel(&self) -> u64 {
        (self.channels / self.lanes).into()
    }

    /// Rows, and pixels of a row, that leave.
    pub fn out(&self) -> [u32; 2] {
        [self.top + self.height + self.bottom, self.left + self.width + self.right]
    }

    /// Beats of an image that leave.
    fn beats(&self) -> u64 {
        self.out().iter().map(|n| u64::from(*n)).product::<u64>() * self.pixel()
    }

    /// Those in front of the first pixel.
    fn lead(&self) -> u64 {
        (u64::from(self.top) * u64::from(self.out()[1]) + u64::from(self.left)) * self.pixel()
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "pad",
        summary: "puts rows and columns of one value around an image",
        equation: "y[oy][ox][c] = x[oy - top][ox - left][c], value outside",
    };
    type Derived = ();

    fn bounds(&self) -> Vec<Bound> {
        vec![
            Bound::new("height * width * channels", [self.height, self.width, self.channels], MOST_ELEMENTS),
            Bound::new(
                "height * width * channels with the border",
                [self.height + self.top + self.bottom, self.width + self.left + self.right, self.channels],
                MOST_ELEMENTS,
            ),
        ]
    }
    fn derive(&self) -> Result<(), Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        if !self.channels.is_multiple_of(self.lanes) {
            let with = format!("channels={}; help: take a divisor, or a width_converter", self.channels);
            errors.push(ConfigError::NotServed { block, field: "lanes", value: self.lanes.to_string(), with });
        }
        if !range_of(self.bits, self.signed).is_some_and(|r| r.contains(self.value.into())) {
            errors.push(ConfigError::DoesNotFit { block, field: "value", value: self.value, bits: self.bits });
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
        Contract { latency: c.beats() - c.lead(), ii: c.beats() }
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.height as usize * c.width as usize * c.channels as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(20 + u64::from(c.lanes * c.bits))
    }
    fn summary(c: &Checked<Self>) -> Summary {
        let [rows, cols] = c.out();
        Summary::new(format!("{rows} x {cols} x {}", c.channels), c.lanes)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let [rows, cols] = c.out();
        vec![
            ("image", format!("{} x {} becomes {rows} x {cols}", c.height, c.width)),
            (
                "last",
                "ignored at the input: a frame is an image by count; marks an image's last beat at the output".into(),
            ),
        ]
    }
}
