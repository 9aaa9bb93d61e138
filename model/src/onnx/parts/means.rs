//! Means of images and of patches, which wait for the scale of their results.

use niello_gen::num::{RealRounding, Scale};

use crate::onnx::binding::Binding;
use crate::onnx::layout::Layout;
use crate::onnx::scope::At;
use crate::onnx::waiting::{is_power, Fused, Target, Unserved, Waiting, OTHER_ROUNDING};
use niello_net::layers::{FloatMean, Pool, Table};
use niello_net::{Codes, Op, Recode, Window};

/// One pixel is left.
pub fn averaged(before: &Layout) -> Layout {
    let shape: Vec<usize> = before.shape.iter().enumerate().map(|(i, d)| if i == 0 { *d } else { 1 }).collect();
    Layout::image(&shape)
}

/// Channels are the last dimension in the file: they become the first one.
pub fn declared_last(at: &At, bound: &mut Binding) -> bool {
    let (last, rank) = (at.int("channels_last", 0) != 0, bound.layout.shape.len());
    if last && rank > 1 {
        let perm: Vec<usize> = std::iter::once(rank - 1).chain(0..rank - 1).collect();
        bound.layout = bound.layout.transposed(&perm);
    }
    last
}

/// Channels are the last dimension again.
pub fn back_to_last(layout: &Layout) -> Layout {
    layout.transposed(&(1..layout.shape.len()).chain([0]).collect::<Vec<usize>>())
}

/// The mean of an image: one patch, which is all of it.
#[derive(Clone, Copy, Debug)]
pub struct Mean {
    /// The operand's codes.
    pub from: Codes,
    /// Where its pixels lie.
    pub window: Window,
}

/// The means of patches.
#[derive(Clone, Copy, Debug)]
pub struct Means {
    /// The operand's codes.
    pub from: Codes,
    /// Where patches lie.
    pub window: Window,
    /// Taps outside of the image are counted.
    pub count_outside: bool,
}

impl Mean {
    /// One pixel is its own mean: a function of its code.
    fn of_one(&self, to: &Target) -> Result<Op, String> {
        let (Codes { scale, zero, .. }, (min, max)) = (to.codes, to.bounds);
        let scale = self.from.scale / scale;
        if !(scale.is_finite() && scale > 0.0) {
            return Err("a scale ratio is not positive and finite in float32".into());
        }
        let (lo, hi) = self.from.dtype.range();
        let rounded = |q: i64| ((q - self.from.zero) as f32 * scale).round_ties_even() as i64;
        let code = |q: i64| rounded(q).saturating_add(zero).clamp(min, max);
        Ok(Op::from(Table { lowest: lo, entries: (lo..=hi).map(code).collect() }))
    }
}

impl Waiting for Mean {
    fn becomes(&self, to: &Target) -> Result<Fused, String> {
        let (x, n) = (self.from, self.window.taps());
        if n == 1 {
            return Ok(self.of_one(to)?.into());
        }
        let (Codes { scale, zero, .. }, (min, max)) = (to.codes, to.bounds);
        let real = to.zero_inside && (to.rounding != RealRounding::HalfEven || zero % 2 != 0);
        let (scale, zero_point) = if real {
            let gain = f64::from(x.scale) / (f64::from(scale) * f64::from(n));
            (Scale::Affine { gain, offset: zero as f64, rounding: to.rounding }, 0)
        } else {
            (Scale::Float32HalfEven(x.scale / (scale * n as f32)), zero)
        };
        let average = Some(Recode { scales: vec![scale], zero_point, min, max });
        Ok(Op::from(Pool { window: self.window, average, outside: x.zero, float32: None }).into())
    }

    fn is_exact(&self, to: f32, _rounding: RealRounding) -> bool {
        is_power(self.from.scale) && is_power(to) && self.window.taps().is_power_of_two()
    }

    fn rounds(&self, rounding: RealRounding, zero: i64) -> Result<(), Unserved> {
        match self.window.taps() {
            1 if rounding != RealRounding::HalfEven => Err(OTHER_ROUNDING),
            // The zero point stands outside of the rounding, where an even one may.
            1 if zero % 2 != 0 => Err(("an odd zero point behind a mean", "an even zero point, or 0")),
            _ => Ok(()),
        }
    }
}

impl Means {
    /// Patches of as many terms each are rounded as one mean is.
    fn as_mean(&self) -> Option<Mean> {
        let alike = self.window.taps() > 1 && (self.count_outside || self.window.pads == [0; 4]);
        alike.then_some(Mean { from: self.from, window: self.window })
    }
}

impl Waiting for Means {
    fn becomes(&self, to: &Target) -> Result<Fused, String> {
        if let (Some(mean), true) = (self.as_mean(), to.rounding != RealRounding::HalfEven) {
            return mean.becomes(to);
        }
        let &Means { from, window, count_outside } = self;
        let (shift, bounds) = (to.seen.shift(to.codes), to.bounds);
        let mean = FloatMean { window, from, to: to.codes, count_outside, shift, bounds };
        if mean.pool().is_none() {
            return Err("its scales are out of range: a tensor's range is degenerate".into());
        }
        Ok(Op::from(mean).into())
    }

    fn is_exact(&self, to: f32, rounding: RealRounding) -> bool {
        if let (Some(mean), true) = (self.as_mean(), rounding != RealRounding::HalfEven) {
            return mean.is_exact(to, rounding);
        }
        let power = is_power(self.from.scale) && is_power(to);
        power && self.window.pads == [0; 4] && self.window.taps().is_power_of_two()
    }

    fn rounds(&self, rounding: RealRounding, _zero: i64) -> Result<(), Unserved> {
        match self.as_mean() {
            None if rounding != RealRounding::HalfEven => Err(OTHER_ROUNDING),
            _ => Ok(()),
        }
    }
}
