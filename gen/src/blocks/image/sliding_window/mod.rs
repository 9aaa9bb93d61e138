//! `sliding_window`: the patches of an image that a convolution or a pooling sees, from a stream of pixels.
//!
//! `y[oy][ox][ky][kx][c] = x[oy stride_h - pad_top + ky dilation_h][ox stride_w - pad_left + kx dilation_w][c]`, and
//! `pad_value` where that lies outside of the image. Pixels come row by row, channels innermost (HWC), `lanes` channels a
//! beat; `lanes` divides `channels`. A signal of one dimension is an image of height 1 (or width 1).
//!
//! `order=taps`: for each patch all taps, each with all its channels: what a dense convolution multiplies. `order=channels`: for
//! each patch and each beat of channels all taps: what depthwise convolutions and pooling reduce.
//!
//! # Memory
//!
//! A ring buffer of `min((kernel_h - 1) dilation_h + stride_h, height)` rows: those of a patch, and what the next row of patches
//! needs; and `spare` beats more. A beat is freed as soon as no later patch needs it, not row by row; rows and columns that no patch needs are dropped.
//!
//! # Contract
//!
//! A patch beat leaves in every cycle in which the patch's pixels are there; [`schedule`](fn@schedule) gives the exact cycles
//! by following the fill level.

mod geometry;
mod golden;
mod rtl;
mod schedule;
mod stimulus;
#[cfg(test)]
mod tests;

pub use geometry::Geometry;
pub(in crate::blocks) use rtl::held::{Held, Place};
pub use schedule::schedule;

use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost, Summary};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{range_of, Prng};

crate::choice! {
    /// The order inside a patch.
    pub enum Order {
        /// Taps outermost.
        Taps = "taps",
        /// Beats of channels outermost.
        Channels = "channels",
    }
}

crate::config! {
    /// Settings of the block.
    pub struct Config {
        /// Rows of the image.
        height: u32 = 6, in 1..=8192;
        /// Pixels of a row.
        width: u32 = 6, in 1..=8192;
        /// Channels of a pixel.
        channels: u32 = 2, in 1..=8192;
        /// Channels a beat; divides `channels`.
        lanes: u32 = 1, in 1..=1024;
        /// Bits of an element.
        bits: u32 = 8, in 1..=63;
        /// Elements are two's complement.
        signed: bool = true;
        /// Rows of a patch.
        kernel_h: u32 = 3, in 1..=1024;
        /// Pixels of a patch's row.
        kernel_w: u32 = 3, in 1..=1024;
        /// Rows from patch to patch.
        stride_h: u32 = 1, in 1..=1024;
        /// Pixels from patch to patch.
        stride_w: u32 = 1, in 1..=1024;
        /// Rows between a patch's taps.
        dilation_h: u32 = 1, in 1..=1024;
        /// Pixels between a patch's taps.
        dilation_w: u32 = 1, in 1..=1024;
        /// Rows in front of the image.
        pad_top: u32 = 0, in 0..=1024;
        /// Pixels in front of a row.
        pad_left: u32 = 0, in 0..=1024;
        /// Rows behind the image.
        pad_bottom: u32 = 0, in 0..=1024;
        /// Pixels behind a row.
        pad_right: u32 = 0, in 0..=1024;
        /// What stands outside of the image; a zero point, as a rule.
        pad_value: i64 = 0, in -4611686018427387904..=4611686018427387903;
        /// The order inside a patch.
        order: Order = Order::Taps;
        /// Beats held besides the rows that patches need: the next image comes while the last patches are still read.
        spare: u32 = 0, in 0..=16777216;
    }
}

/// Most beats of an image, and of a frame of patches.
const MAX_BEATS: u64 = 1 << 30;

impl Config {
    fn rules(&self) -> Vec<ConfigError> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let mut not = |field, value: u32, with: String| {
            errors.push(ConfigError::NotServed { block, field, value: value.to_string(), with });
        };
        if !self.channels.is_multiple_of(self.lanes) {
            not("lanes", self.lanes, format!("channels={}; help: take a divisor, or a width_converter", self.channels));
        }
        for (kernel, k, dilation, d, size, sides) in [
            (
                "kernel_h",
                self.kernel_h,
                "dilation_h",
                self.dilation_h,
                self.height,
                [("pad_top", self.pad_top), ("pad_bottom", self.pad_bottom)],
            ),
            (
                "kernel_w",
                self.kernel_w,
                "dilation_w",
                self.dilation_w,
                self.width,
                [("pad_left", self.pad_left), ("pad_right", self.pad_right)],
            ),
        ] {
            let extent = (k - 1) * d + 1;
            let padded = size + sides[0].1 + sides[1].1;
            if extent > padded {
                not(kernel, k, format!("an image of {padded} with its padding; help: no patch fits, pad more"));
            }
            for (side, pad) in sides {
                if pad >= extent && pad > 0 {
                    not(
                        side,
                        pad,
                        format!("patches of {extent}; help: some would hold nothing of the image, pad less"),
                    );
                }
            }
            if k == 1 && d > 1 {
                not(dilation, d, "one tap; help: set it to 1, there is nothing between taps".into());
            }
        }
        let most = self.height.saturating_mul(self.width).saturating_mul(self.channels / self.lanes);
        if self.spare > most {
            errors.push(ConfigError::NoEffect { block, field: "spare", value: self.spare.into(), useful: most.into() });
        }
        let padded = [self.pad_top, self.pad_left, self.pad_bottom, self.pad_right].iter().any(|p| *p > 0);
        if !range_of(self.bits, self.signed).is_some_and(|r| r.contains(self.pad_value.into())) {
            let (value, bits) = (self.pad_value, self.bits);
            errors.push(ConfigError::DoesNotFit { block, field: "pad_value", value, bits });
        } else if !padded && self.pad_value != 0 {
            let (value, with) = (self.pad_value.to_string(), "no padding; help: set 0, or pad".into());
            errors.push(ConfigError::NotServed { block, field: "pad_value", value, with });
        }
        errors
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "sliding_window",
        summary: "cuts the patches of a convolution out of a stream of pixels",
        equation: "y[oy][ox][ky][kx][c] = x[oy * stride_h - pad_top + ky * dilation_h][ox * stride_w - pad_left + kx * dilation_w][c]",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] = &[
        ("small", ""),
        (
            "3x3 same",
            "height=28 width=28 channels=8 lanes=4 pad_top=1 pad_left=1 pad_bottom=1 pad_right=1 pad_value=-128",
        ),
        ("depthwise, stride 2", "height=48 width=48 channels=16 lanes=4 stride_h=2 stride_w=2 order=channels"),
    ];
    type Derived = Geometry;

    fn derive(&self) -> Result<Geometry, Vec<ConfigError>> {
        let errors = self.rules();
        if !errors.is_empty() {
            return Err(errors);
        }
        let g = Geometry::new(self);
        let most = (g.beats_in()).max(g.beats_out());
        if most > MAX_BEATS {
            let (bits, limit) = (crate::num::bits_for_count(most), 30);
            let help = "take more lanes, or a smaller image";
            return Err(vec![ConfigError::TooWide {
                block: Self::ABOUT.name,
                what: "a frame's beats",
                bits,
                limit,
                help,
            }]);
        }
        Ok(g)
    }
    fn key(&self) -> String {
        let (h, w, c, l) = (self.height, self.width, self.channels, self.lanes);
        format!("{h}x{w}x{c}_k{}x{}_l{l}_h{}", self.kernel_h, self.kernel_w, crate::blocks::digest(self))
    }
    fn elaborate(c: &Checked<Self>, build: &Build) -> ModuleId {
        rtl::elaborate(c, build)
    }
    fn golden(c: &Checked<Self>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
        golden::run(c, inputs)
    }
    fn contract(c: &Checked<Self>, _: &[Vec<i64>]) -> Contract {
        schedule(c.derived())
    }
    fn frame_elements(c: &Checked<Self>) -> Option<Vec<usize>> {
        Some(vec![c.height as usize * c.width as usize * c.channels as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        Cost::logic(260).ram(c.derived().capacity.into(), u64::from(c.lanes * c.bits))
    }
    fn summary(c: &Checked<Self>) -> Summary {
        let g = c.derived();
        let shape = format!("{} x {} of {}x{}x{}", g.rows, g.cols, c.kernel_h, c.kernel_w, c.channels);
        Summary { shape, simd: Some(c.lanes), ..Summary::default() }
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let g = c.derived();
        vec![
            ("patches", format!("{} x {} of {} taps", g.rows, g.cols, g.taps)),
            ("buffer", format!("{} beats; a row of the image has {}", g.capacity, g.row)),
            (
                "last",
                "ignored at the input: a frame is an image by count; marks an image's last beat at the output".into(),
            ),
        ]
    }
}
