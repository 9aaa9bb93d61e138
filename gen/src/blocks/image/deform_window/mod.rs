//! `deform_window`: the 3x3 patches of a deformable convolution whose taps lie on a square: each patch has its own dilation.
//!
//! `y[oy][ox][ky][kx][c] = x[oy stride + (ky - 1) d][ox stride + (kx - 1) d][c]` with `d = min(dilation[oy][ox], max_dilation)`, and
//! `pad_value` where that lies outside of the image; `oy < ceil(height / stride)`, `ox < ceil(width / stride)`. Pixels come at
//! `s_axis` row by row, channels innermost (HWC), `lanes` channels a beat; `lanes` divides `channels`. Dilations come at `d_axis`, one a
//! beat, patch by patch. A patch leaves as `sliding_window`'s `order=channels`: for each beat of channels all nine taps, which
//! `depthwise` multiplies.
//!
//! Source: CoDeNet (square, depthwise, integer dilations; operators.md 9). Its buffer of 15 rows is right for dilations up to 6 only;
//! this one holds what `max_dilation` needs.
//!
//! # Memory
//!
//! That of `sliding_window` with 3x3 taps `max_dilation` apart: a ring buffer of `min(2 max_dilation + stride, height)` rows, and `spare`
//! beats more. Where a tap lies in the ring is looked up by the dilation; nothing is multiplied.
//!
//! # Contract
//!
//! A patch waits for what `max_dilation` needs, so that no time depends on the data: the exact cycles are those of that
//! `sliding_window`, where dilations are there in time.

mod golden;
mod rtl;
mod stimulus;
#[cfg(test)]
mod tests;

use crate::blocks::sliding_window::{self, schedule, Geometry};
use crate::blocks::{About, BlockConfig, Checked, ConfigError, Contract, Cost};
use crate::hdl::Build;
use crate::ir::ModuleId;
use crate::num::{bits_for_unsigned, Prng};

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
        /// Rows, and pixels, from patch to patch.
        stride: u32 = 1, in 1..=16;
        /// Bits of a dilation (unsigned).
        d_bits: u32 = 4, in 1..=8;
        /// Largest dilation; larger ones count as this one.
        max_dilation: u32 = 8, in 1..=15;
        /// What stands outside of the image; a zero point, as a rule.
        pad_value: i64 = 0, in -4611686018427387904..=4611686018427387903;
        /// Beats held besides the rows that patches need.
        spare: u32 = 0, in 0..=16777216;
    }
}

impl Config {
    /// The window whose taps are `max_dilation` apart: it holds what every patch may need, and frees what none needs any more.
    fn window(&self) -> sliding_window::Config {
        let far = self.max_dilation;
        sliding_window::Config {
            height: self.height,
            width: self.width,
            channels: self.channels,
            lanes: self.lanes,
            bits: self.bits,
            signed: self.signed,
            kernel_h: 3,
            kernel_w: 3,
            stride_h: self.stride,
            stride_w: self.stride,
            dilation_h: far,
            dilation_w: far,
            pad_top: far,
            pad_left: far,
            pad_bottom: far,
            pad_right: far,
            pad_value: self.pad_value,
            order: sliding_window::Order::Channels,
            spare: self.spare,
        }
    }
}

impl BlockConfig for Config {
    const ABOUT: About = About {
        name: "deform_window",
        summary: "cuts the patches of a deformable 3x3 convolution, each with a dilation of its own",
        equation: "y[oy][ox][ky][kx][c] = x[oy * stride + (ky - 1) * d][ox * stride + (kx - 1) * d][c], d = min(dilation[oy][ox], max_dilation)",
    };
    const CANONICAL: &'static [(&'static str, &'static str)] =
        &[("small", "max_dilation=2"), ("CoDeNet", "height=32 width=32 channels=16 lanes=8 pad_value=-128")];
    type Derived = Geometry;

    fn derive(&self) -> Result<Geometry, Vec<ConfigError>> {
        let block = Self::ABOUT.name;
        let mut errors = Vec::new();
        let bits = bits_for_unsigned(self.max_dilation.into());
        if bits > self.d_bits {
            let (field, value) = ("max_dilation", self.max_dilation.into());
            errors.push(ConfigError::DoesNotFit { block, field, value, bits: self.d_bits });
        }
        // The rest are that window's rules: the fields have its names.
        match sliding_window::Config::derive(&self.window()) {
            Ok(g) if errors.is_empty() => return Ok(g),
            Ok(_) => {}
            Err(more) => errors.extend(more.into_iter().map(|e| e.of_block(block))),
        }
        Err(errors)
    }
    fn key(&self) -> String {
        let (h, w, c, l) = (self.height, self.width, self.channels, self.lanes);
        format!("{h}x{w}x{c}_d{}_l{l}_h{}", self.max_dilation, crate::blocks::digest(self))
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
        let g = c.derived();
        Some(vec![c.height as usize * c.width as usize * c.channels as usize, g.rows as usize * g.cols as usize])
    }
    fn cost(c: &Checked<Self>) -> Cost {
        let g = c.derived();
        let cost = Cost::logic(420).ram(g.capacity.into(), u64::from(c.lanes * c.bits));
        // A patch's row and column, in pixels; a power of two is no multiplication.
        let places = [g.rows, g.cols].into_iter().filter(|n| *n > 1 && !c.stride.is_power_of_two());
        let product = |cost: Cost, n: u32| {
            cost.multipliers(1, bits_for_unsigned((n - 1).into()), bits_for_unsigned(c.stride.into()))
        };
        places.fold(cost, product)
    }
    fn random(rng: &mut Prng) -> Self {
        stimulus::config(rng)
    }
    fn random_frame(c: &Checked<Self>, rng: &mut Prng) -> Vec<Vec<i64>> {
        stimulus::frame(c, rng)
    }
    fn bins(c: &Checked<Self>, inputs: &[Vec<i64>], _: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
        stimulus::bins(c, inputs)
    }
    fn notes(c: &Checked<Self>) -> Vec<(&'static str, String)> {
        let g = c.derived();
        vec![
            ("patches", format!("{} x {} of 9 taps", g.rows, g.cols)),
            ("buffer", format!("{} beats; a row of the image has {}", g.capacity, g.row)),
            (
                "last",
                "ignored at the inputs: a frame is an image by count; marks an image's last beat at the output".into(),
            ),
        ]
    }
}
