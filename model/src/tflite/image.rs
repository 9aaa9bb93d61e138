//! Operators on images: CONV_2D, DEPTHWISE_CONV_2D, MAX_POOL_2D, AVERAGE_POOL_2D. Rules: framework-rules.md 1.

use niello_gen::num::tflite::quantize_multiplier;
use niello_gen::num::Scale;

use super::import::{File, Profile};
use super::schema::Operator;
use crate::window::{window, Described, Padding};
use niello_net::layers::{Conv, Dense, Depthwise, Grouped, Pool};
use niello_net::{Codes, DType, Op, Recode, Value, Window};

/// What a window's options say: strides, dilations (down, across), padding SAME.
struct Options {
    kernel: [u32; 2],
    stride: [i32; 2],
    dilation: [i32; 2],
    padding: i8,
}

impl File<'_> {
    /// `clamp(double_rounding(acc * m) + zero)`, `m = s_in * s_w[n] / s_out` in binary64; uint8: `s_in * s_w` in binary32 first.
    pub(super) fn conv(
        &mut self,
        place: &str,
        op: &Operator,
        input: i32,
        output: i32,
        x: &Value,
        y: &Value,
    ) -> Option<Op> {
        let kind = "CONV_2D";
        let Some(o) = op.conv() else { return self.no_options(place, kind) };
        let (w_index, w) = self.kernel(place, op, x)?;
        let [outputs, kh, kw, depth] = w.shape[..] else { return self.bad_kernel(place, &w) };
        let options = Options {
            kernel: [kh as u32, kw as u32],
            stride: [o.stride_h(), o.stride_w()],
            dilation: [o.dilation_h(), o.dilation_w()],
            padding: o.padding(),
        };
        let window = self.window(place, kind, x, y, &options)?;
        let channels = window.channels as usize;
        let groups = channels / depth.max(1);
        if depth == 0 || !channels.is_multiple_of(depth) || !outputs.is_multiple_of(groups) {
            self.inconsistent(place, format!("{outputs} kernels of {depth} channels on {channels} channels"));
            return None;
        }
        self.outputs_are(place, y, outputs)?;
        let (weights, bias, recode, x_zero) =
            self.scaled(place, op, (input, w_index, output), (x, &w, y), o.activation(), 0)?;
        if groups > 1 {
            return Some(Op::from(Grouped { window, groups: groups as u32, x_zero, weights, bias, recode }));
        }
        let dense = Dense { x_zero, weights, bias, recode: Some(recode) };
        Some(Op::from(Conv { window, dense }))
    }

    /// As CONV_2D; kernels lie `[1][ky][kx][channel]`.
    pub(super) fn depthwise(
        &mut self,
        place: &str,
        op: &Operator,
        input: i32,
        output: i32,
        x: &Value,
        y: &Value,
    ) -> Option<Op> {
        let kind = "DEPTHWISE_CONV_2D";
        let Some(o) = op.depthwise() else { return self.no_options(place, kind) };
        let (w_index, w) = self.kernel(place, op, x)?;
        let [1, kh, kw, channels] = w.shape[..] else { return self.bad_kernel(place, &w) };
        let options = Options {
            kernel: [kh as u32, kw as u32],
            stride: [o.stride_h(), o.stride_w()],
            dilation: [o.dilation_h(), o.dilation_w()],
            padding: o.padding(),
        };
        let window = self.window(place, kind, x, y, &options)?;
        self.outputs_are(place, y, channels)?;
        let (given, bias, recode, x_zero) =
            self.scaled(place, op, (input, w_index, output), (x, &w, y), o.activation(), 3)?;
        // Channel by channel.
        let taps = kh * kw;
        let weights: Vec<i64> =
            (0..channels).flat_map(|c| (0..taps).map(move |t| t * channels + c)).map(|i| given[i]).collect();
        self.fits_32_bits(place, &weights, &bias, x_zero, x.dtype)?;
        if window.channels == 1 {
            // One channel under several kernels is a dense convolution.
            let dense = Dense { x_zero, weights, bias, recode: Some(recode) };
            return Some(Op::from(Conv { window, dense }));
        }
        if !channels.is_multiple_of(window.channels as usize) {
            return self.bad_kernel(place, &w);
        }
        if window.channels as usize != channels {
            // Several kernels for each channel: a group each.
            return Some(Op::from(Grouped { window, groups: window.channels, x_zero, weights, bias, recode }));
        }
        Some(Op::from(Depthwise { window, x_zero, weights, bias, recode }))
    }

    /// On codes, with the input's quantization.
    pub(super) fn pool(
        &mut self,
        place: &str,
        kind: &str,
        op: &Operator,
        (input, output): (i32, i32),
        x: &Value,
        y: &Value,
    ) -> Option<Op> {
        let Some(o) = op.pool() else { return self.no_options(place, kind) };
        let (cx, cy) = (self.codes(place, input, x)?, self.codes(place, output, y)?);
        if cx != cy {
            self.quantization(place, "input and output of a pooling have different scales or zero points".into());
            return None;
        }
        let kernel = [o.filter_h(), o.filter_w()].map(|k| k.max(0) as u32);
        let stride = [o.stride_h(), o.stride_w()];
        let options = Options { kernel, stride, dilation: [1, 1], padding: o.padding() };
        let window = self.window(place, kind, x, y, &options)?;
        self.outputs_are(place, y, window.channels as usize)?;
        let (min, max) = self.bounds(place, o.activation(), &cy)?;
        let (lo, hi) = x.dtype.range();
        let average = kind.starts_with("AVERAGE");
        if window.taps() == 1 || (!average && (min, max) != (lo, hi)) {
            let why = if window.taps() == 1 { "a patch of one pixel" } else { "a fused activation" };
            self.unsupported(place, kind, why, "patches of two pixels or more, the activation in the layer before");
            return None;
        }
        let scales = if window.pads == [0; 4] { vec![Scale::MeanHalfAway(window.taps())] } else { divisors(&window) };
        let outside = if average { 0 } else { lo };
        let average = average.then_some(Recode { scales, zero_point: 0, min, max });
        Some(Op::from(Pool { window, average, outside, float32: None }))
    }

    fn no_options(&mut self, place: &str, kind: &str) -> Option<Op> {
        self.inconsistent(place, format!("{kind} without its options"));
        None
    }

    fn bad_kernel(&mut self, place: &str, w: &Value) -> Option<Op> {
        self.inconsistent(place, format!("kernels {} of {:?}", w.dtype.name(), w.shape));
        None
    }

    /// The kernels' tensor, with all its dimensions.
    fn kernel(&mut self, place: &str, op: &Operator, x: &Value) -> Option<(i32, Value)> {
        let index = op.inputs().get(1).copied().unwrap_or(-1);
        let mut w = self.value(index)?;
        let shape = self.tensors.get(index as usize).map(|t| t.shape()).unwrap_or_default();
        w.shape = shape.iter().map(|d| (*d).max(0) as usize).collect();
        if w.dtype.bits() != 8 || w.shape.len() != 4 || w.dtype != x.dtype {
            self.inconsistent(place, format!("kernels {} of {:?} on {}", w.dtype.name(), w.shape, x.dtype.name()));
            return None;
        }
        Some((index, w))
    }

    fn outputs_are(&mut self, place: &str, y: &Value, outputs: usize) -> Option<()> {
        let right = y.shape.last() == Some(&outputs);
        if !right {
            self.inconsistent(place, format!("{outputs} outputs for a result of {:?}", y.shape));
        }
        right.then_some(())
    }

    /// Where the taps lie; padding SAME puts the odd one behind.
    fn window(&mut self, place: &str, kind: &str, x: &Value, y: &Value, o: &Options) -> Option<Window> {
        let (&[height, width, channels], 3) = (&x.shape[..], y.shape.len()) else {
            self.unsupported(place, kind, &format!("{:?} becomes {:?}", x.shape, y.shape), "one image a sample");
            return None;
        };
        let padding = match o.padding {
            0 => Padding::SameUpper,
            1 => Padding::Explicit([0; 4]),
            other => {
                self.inconsistent(place, format!("padding {other}: 0 and 1 are legal"));
                return None;
            }
        };
        let [stride, dilation] = [o.stride, o.dilation].map(|v| v.map(i64::from));
        let kernel = o.kernel.map(i64::from);
        let described = Described { image: [height, width, channels], kernel, stride, dilation, padding };
        let window = self.windowed(place, &described)?;
        let [rows, cols] = window.out();
        if y.shape[..2] != [rows as usize, cols as usize] {
            self.inconsistent(place, format!("a window of {:?} on {:?} gives {:?}", o.kernel, x.shape, y.shape));
            return None;
        }
        Some(window)
    }

    pub(super) fn windowed(&mut self, place: &str, d: &Described) -> Option<Window> {
        window(d).map_err(|fault| self.errors.push(fault.at(place))).ok()
    }

    /// Weights, biases and requantizers; several scales of the weights belong to `axis`.
    #[allow(clippy::type_complexity)]
    fn scaled(
        &mut self,
        place: &str,
        op: &Operator,
        (input, kernel, output): (i32, i32, i32),
        (x, w, y): (&Value, &Value, &Value),
        activation: i8,
        axis: i32,
    ) -> Option<(Vec<i64>, Vec<i64>, Recode, i64)> {
        let (cx, cy): (Codes, Codes) = (self.codes(place, input, x)?, self.codes(place, output, y)?);
        let outputs = w.shape[axis as usize];
        let (scales, zeros) = self.scales(place, kernel, axis)?;
        let (lo, hi) = w.dtype.range();
        // The kernels of int8 take no zero point.
        let zeros_fit = (zeros.len() == 1 && x.dtype == DType::U8) || zeros.iter().all(|z| *z == 0);
        if (scales.len() != 1 && scales.len() != outputs) || !zeros_fit || !zeros.iter().all(|z| (lo..=hi).contains(z))
        {
            let what = format!("{} scales and zero points {:?} for {outputs} kernels", scales.len(), zeros.first());
            self.quantization(place, what);
            return None;
        }
        if x.dtype == DType::U8 {
            self.bias_scale(place, op.inputs().get(2).copied(), [cx.scale, scales[0], cy.scale])?;
        }
        let weights: Vec<i64> = self.constant(place, kernel, w)?.into_iter().map(|v| v - zeros[0]).collect();
        let bias = self.bias(place, op.inputs().get(2).copied(), outputs)?;
        let ratio = |s: &f32| match x.dtype {
            DType::U8 => f64::from(cx.scale * s) / f64::from(cy.scale),
            _ => f64::from(cx.scale) * f64::from(*s) / f64::from(cy.scale),
        };
        let profile = self.profile;
        let scale = |s: &f32| {
            if profile == Profile::Xnnpack {
                return Some(Scale::Float32HalfEven(cx.scale * s / cy.scale)).filter(Scale::is_legal);
            }
            let (multiplier, shift) = quantize_multiplier(ratio(s))?;
            Some(Scale::TfliteDouble { multiplier, shift }).filter(Scale::is_legal)
        };
        let Some(scales) = scales.iter().map(scale).collect::<Option<Vec<Scale>>>() else {
            self.quantization(place, "a scale ratio is not positive, finite and below 2^30".into());
            return None;
        };
        if axis == 0 {
            self.fits_32_bits(place, &weights, &bias, cx.zero, x.dtype)?;
        }
        let (min, max) = self.bounds(place, activation, &cy)?;
        Some((weights, bias, Recode { scales, zero_point: cy.zero, min, max }, cx.zero))
    }
}

/// For each patch, the mean over its taps inside of the image.
fn divisors(w: &Window) -> Vec<Scale> {
    let [rows, cols] = w.out();
    let inside = |at: u32, axis: usize, size: u32| {
        let taps = (0..w.kernel[axis]).map(|k| i64::from(at * w.stride[axis] + k) - i64::from(w.pads[axis]));
        taps.filter(|i| (0..i64::from(size)).contains(i)).count() as u32
    };
    let patch = |y: u32| (0..cols).map(move |x| inside(y, 0, w.height) * inside(x, 1, w.width));
    (0..rows).flat_map(patch).map(|n| Scale::MeanHalfAway(n.max(1))).collect()
}
