//! Weighted sums of codes, which wait for the scale of their results.

use niello_gen::num::{RealRounding, Scale};

use crate::onnx::layout::Layout;
use crate::onnx::waiting::{is_power, Fused, Target, Unserved, Waiting};
use niello_net::layers::{Conv, Dense, Depthwise, Grouped};
use niello_net::{Codes, Op, Recode, Window};

/// Accumulators, worth `scales` each.
#[derive(Clone, Debug)]
pub struct Sums {
    /// Zero point of the codes that are multiplied.
    pub x_zero: i64,
    /// By rows; as elements are stored.
    pub weights: Vec<i64>,
    /// For each row.
    pub bias: Option<Vec<i64>>,
    /// Reals that are added to what the sums are worth, where they are no multiples of it.
    pub offset: Option<Vec<f64>>,
    /// The bias as reals, which `bias` holds in multiples of `scales`: where ONNX Runtime adds it in float, these are added.
    pub reals: Option<Vec<f32>>,
    /// Outputs.
    pub rows: usize,
    /// `f32(f32(alpha * s_x) * s_w)`.
    pub scales: Vec<f32>,
    /// A factor of a Gemm is part of the scales.
    pub scaled_by_alpha: bool,
    /// Without a QuantizeLinear behind it ONNX Runtime would quantize the operand in blocks (MatMulNBits).
    pub in_blocks: bool,
    /// Where weights are multiplied.
    pub shape: Shape,
}

impl Sums {
    /// What an accumulator of row `n` is worth.
    pub fn scale(&self, n: usize) -> f32 {
        self.scales[n % self.scales.len()]
    }

    /// How codes of scale `to` come of rows with real offsets; `zero` is added inside of the rounding.
    pub fn affine(&self, to: f32, zero: i64, rounding: RealRounding) -> Vec<Scale> {
        let affine = |n: usize| {
            let offset = self.offset.as_ref().map_or(0.0, |o| o[n]);
            let to = f64::from(to);
            Scale::Affine { gain: f64::from(self.scale(n)) / to, offset: offset / to + zero as f64, rounding }
        };
        let scales: Vec<Scale> = (0..self.rows).map(affine).collect();
        if scales.iter().all(|s| *s == scales[0]) {
            return vec![scales[0]];
        }
        scales
    }

    /// Sums of which ONNX Runtime makes floats, to which it adds reals before it quantizes them.
    fn in_float32(&self, offset: &[f64], to: f32) -> Vec<Scale> {
        let sum = |n: usize| Scale::Float32Sum { scale: self.scale(n), offset: offset[n] as f32, to };
        let scales: Vec<Scale> = (0..self.rows).map(sum).collect();
        if scales.iter().all(|s| *s == scales[0]) {
            return vec![scales[0]];
        }
        scales
    }

    /// Adds the bias as reals, if there are any.
    pub fn add_reals(&mut self) -> bool {
        let Some(reals) = self.reals.take() else { return false };
        self.bias = None;
        self.offset = Some(reals.into_iter().map(f64::from).collect());
        true
    }

    /// What the host adds where sums leave as floats; then their bias holds no part of it.
    pub fn take_reals(&mut self) -> Vec<f32> {
        if let Some(offset) = self.offset.take() {
            return offset.into_iter().map(|o| o as f32).collect();
        }
        let Some(reals) = self.reals.take() else { return Vec::new() };
        self.bias = None;
        reals
    }

    /// Values of this layout still have their outputs first, as a Conv gives them, or are one vector.
    pub fn lead(&self, layout: &Layout) -> bool {
        let first = layout.shape.first() == Some(&self.rows);
        let moved = layout.arranged(layout.channels_last()).1.is_some();
        match self.shape {
            Shape::Dense => layout.shape == [self.rows],
            _ => first && !moved && layout.shape.len() > 1,
        }
    }

    /// A constant of this shape broadcasts along the outputs of results of this layout, and along nothing else.
    pub fn spans_outputs(&self, shape: &[usize], layout: &Layout) -> bool {
        let rank = layout.shape.len() + 1;
        let axis = match self.shape {
            Shape::Dense => rank - 1,
            // Rows of a matrix keep their order, images have their channels first.
            _ if layout.is_plain() && layout.shape.last() == Some(&self.rows) && rank == 3 => rank - 1,
            _ => 1,
        };
        let lead = rank.saturating_sub(shape.len());
        let fits = |(d, n): (usize, &usize)| if lead + d == axis { *n == self.rows } else { *n == 1 };
        let count: usize = shape.iter().product();
        shape.len() <= rank && shape.iter().enumerate().all(fits) && count == self.rows
    }

    /// How they become codes.
    fn recode(&self, to: &Target) -> Recode {
        let Codes { scale, zero, .. } = to.codes;
        let (min, max) = to.bounds;
        // What is not rounded half to even on a line through zero has its real function.
        let real = self.offset.is_some() || to.rounding != RealRounding::HalfEven || zero % 2 != 0;
        let (scales, zero_point) = match self.offset {
            _ if to.zero_inside && real => (self.affine(scale, zero, to.rounding), 0),
            None => (self.scales.iter().map(|v| Scale::Float32HalfEven(v / scale)).collect(), zero),
            Some(_) if to.zero_inside => (self.affine(scale, 0, RealRounding::HalfEven), zero),
            Some(ref offset) => (self.in_float32(offset, scale), zero),
        };
        Recode { scales, zero_point, min, max }
    }

    /// The sums themselves, as a layer: of a whole sample.
    pub fn plain(&self) -> Op {
        self.layer(None)
    }

    /// Without recoding they are dense: none others leave as they are.
    fn layer(&self, recode: Option<Recode>) -> Op {
        let (x_zero, weights) = (self.x_zero, self.weights.clone());
        let bias = self.bias.clone().unwrap_or_else(|| vec![0; self.rows]);
        match (self.shape, recode) {
            (Shape::Depthwise(window), Some(recode)) => Op::from(Depthwise { window, x_zero, weights, bias, recode }),
            (Shape::Grouped(window, groups), Some(recode)) => {
                Op::from(Grouped { window, groups, x_zero, weights, bias, recode })
            }
            (Shape::Conv(window), recode) => Op::from(Conv { window, dense: Dense { x_zero, weights, bias, recode } }),
            (_, recode) => Op::from(Dense { x_zero, weights, bias, recode }),
        }
    }
}

impl Waiting for Sums {
    fn becomes(&self, to: &Target) -> Result<Fused, String> {
        Ok(self.layer(Some(self.recode(to))).into())
    }

    fn is_exact(&self, to: f32, _rounding: RealRounding) -> bool {
        self.offset.is_none() && self.scales.iter().all(|s| is_power(*s)) && is_power(to)
    }

    fn rounds(&self, _rounding: RealRounding, _zero: i64) -> Result<(), Unserved> {
        Ok(())
    }
}

/// Where weights are multiplied.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// On the whole sample.
    Dense,
    /// On patches of all channels.
    Conv(Window),
    /// Channel by channel.
    Depthwise(Window),
    /// On patches of so many groups of channels.
    Grouped(Window, u32),
}
