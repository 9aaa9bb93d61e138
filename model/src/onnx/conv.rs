//! Conv and QLinearConv of one and two dimensions; BatchNormalization behind a Conv.

use super::dense::Quantized;
use super::flow::{Flow, Kind, Pending, Shape, Sums, What};
use super::import::{At, Importer};
use super::layout::Layout;
use crate::error::clean;
use crate::window::{window, Described, Padding};
use niello_net::layers::Pad;
use niello_net::{Codes, DType, Node, Op, Value, Window};

impl Importer {
    pub(super) fn conv(&mut self, at: &At) {
        let Some((x, flow)) = self.operand(at, 0) else { return };
        let Some(w) = self.dequantized(at, 1) else { return };
        let Some((flow, mut pending)) = self.convolution(at, x, flow, w) else { return };
        // On some machines, and in some graphs on all.
        pending.float = x.dtype == DType::I8 || flow.passed();
        if !self.bias_lies(at, 2) {
            return;
        }
        if !at.input(2).is_empty() && !self.bias(at, 2, &mut pending) {
            return;
        }
        self.put(at, Flow { kind: Kind::Pending(Box::new(pending)), ..flow });
    }

    pub(super) fn qlinear_conv(&mut self, at: &At) {
        let Some((x, flow)) = self.integer_operand(at, 0, 1) else { return };
        let Some(w) = self.weights_beside(at, x) else { return };
        let Some((flow, mut pending)) = self.convolution(at, x, flow, w) else { return };
        let Some(to) = self.codes(at, 6, 7) else { return };
        if self.integer_bias(at, 8, &mut pending) {
            self.finish(at, pending, flow.layout, to);
        }
    }

    /// `acc[m] = sum w[m][c][ky][kx] (x[c][y][x] - x_zero)` in `group` groups of channels.
    fn convolution(&mut self, at: &At, x: Codes, flow: Flow, w: Quantized) -> Option<(Flow, Pending)> {
        let signal = flow.layout.shape.len() == 2;
        let (image, flow) = self.image(at, flow)?;
        let groups = at.int("group", 1);
        let (outputs, depth, kernel) = match w.codes.shape[..] {
            [outputs, depth, ky, kx] if !signal => (outputs, depth, [ky, kx]),
            [outputs, depth, k] if signal => (outputs, depth, [1, k]),
            _ => {
                self.inconsistent(at, format!("kernels of {:?} on {:?}", w.codes.shape, flow.layout.shape));
                return None;
            }
        };
        self.fits_outputs(at, &w, 0, outputs)?;
        let whole = |n: usize| groups > 0 && n > 0 && (n as i64) % groups == 0;
        if !whole(outputs) || !whole(image[2]) || depth as i64 != image[2] as i64 / groups.max(1) {
            let shape = &w.codes.shape;
            self.inconsistent(at, format!("kernels of {shape:?} in {groups} groups on {} channels", image[2]));
            return None;
        }
        let window = self.attributes(at, image, kernel.map(|k| k as i64), signal, false)?;
        let (window, source) = self.padded_apart(at, window, flow.source, x.zero)?;
        let flow = Flow { source, ..flow };
        let taps = window.taps() as usize;
        // Channels innermost, as they are stored.
        let tap = |m: usize, t: usize, c: usize| (m * depth + c) * taps + t;
        let place = |m: usize| (0..taps).flat_map(move |t| (0..depth).map(move |c| tap(m, t, c)));
        let zero = |i: usize| w.zeros[i / (depth * taps) % w.zeros.len()];
        let weights = (0..outputs).flat_map(place).map(|i| w.codes.ints[i] - zero(i)).collect();
        let shape = match groups as usize {
            1 => Shape::Conv(window),
            g if g == outputs && g == image[2] => Shape::Depthwise(window),
            g => Shape::Grouped(window, g as u32),
        };
        let scales = w.scales.iter().map(|s| x.scale * s).collect();
        let sums = Sums {
            x_zero: x.zero,
            weights,
            bias: None,
            offset: None,
            reals: None,
            rows: outputs,
            scales,
            scaled_by_alpha: false,
            in_blocks: false,
            shape,
        };
        let pending = self.pending(at, flow.source, What::Sums(sums));
        Some((Flow { layout: result(&window, outputs, signal), ..flow }, pending))
    }

    /// The weights of an integer operator that takes codes `x`. ONNX Runtime has no kernels of int8 with uint8.
    pub(super) fn weights_beside(&mut self, at: &At, x: Codes) -> Option<Quantized> {
        let w = self.quantized(at, 3, 4)?;
        if x.dtype == DType::I8 && w.codes.dtype == DType::U8 {
            let op = clean(&at.node.op_type);
            self.unsupported(
                &at.place,
                &op,
                "int8 activations with uint8 weights",
                "int8 weights, or uint8 activations",
            );
            return None;
        }
        Some(w)
    }

    /// Where patches would hold nothing of the image, a border is put around it first.
    fn padded_apart(&mut self, at: &At, w: Window, source: usize, value: i64) -> Option<(Window, usize)> {
        let extent = [0, 1].map(|i| (w.kernel[i] - 1) * w.dilation[i] + 1);
        if (0..4).all(|i| w.pads[i] < extent[i % 2].max(1) || w.pads[i] == 0) {
            return Some((w, source));
        }
        let one = [1, 1];
        let border = Window { kernel: one, stride: one, dilation: one, ..w };
        let [height, width] = border.out();
        let padding = Padding::Explicit(w.pads.map(i64::from));
        let size = [w.height as usize, w.width as usize, w.channels as usize];
        self.windowed(at, &Described { image: size, kernel: [1, 1], stride: [1, 1], dilation: [1, 1], padding })?;
        let name = format!("{}_padded", clean(at.output()));
        let shape = [height, width, w.channels].map(|n| n as usize).into_iter().filter(|n| *n != 1).collect();
        let output = Value { name: name.clone(), shape, dtype: self.dtype(source) };
        let (op, inputs) = (Op::from(Pad { window: border, value }), vec![source]);
        let source = self.push(Node { name, kind: "Conv".into(), op, inputs, output, float_in_framework: false });
        Some((Window { height, width, pads: [0; 4], ..w }, source))
    }

    /// A window from a node's attributes.
    pub(super) fn attributes(
        &mut self,
        at: &At,
        image: [usize; 3],
        kernel: [i64; 2],
        signal: bool,
        ceil: bool,
    ) -> Option<Window> {
        let pair = |name: &str| match (at.ints(name), signal) {
            (Some([down, across]), false) => Some([*down, *across]),
            (Some([along]), true) => Some([1, *along]),
            (None, _) => Some([1, 1]),
            _ => None,
        };
        let pads = match (at.ints("pads"), signal) {
            (Some([top, left, bottom, right]), false) => Some([*top, *left, *bottom, *right]),
            (Some([left, right]), true) => Some([0, *left, 0, *right]),
            (None, _) => Some([0; 4]),
            _ => None,
        };
        let named = at.ints("kernel_shape").is_none_or(|k| k == if signal { &kernel[1..] } else { &kernel[..] });
        let (Some(stride), Some(dilation), Some(pads), true) = (pair("strides"), pair("dilations"), pads, named) else {
            self.inconsistent(at, "kernel_shape, strides, dilations or pads do not fit the kernel");
            return None;
        };
        let padding = match at.text("auto_pad", "NOTSET").as_str() {
            "NOTSET" | "" if ceil => Padding::Ceil(pads),
            "NOTSET" | "" => Padding::Explicit(pads),
            "VALID" => Padding::Explicit([0; 4]),
            "SAME_UPPER" => Padding::SameUpper,
            "SAME_LOWER" => Padding::SameLower,
            other => {
                self.inconsistent(at, format!("auto_pad {}", clean(other)));
                return None;
            }
        };
        self.windowed(at, &Described { image, kernel, stride, dilation, padding })
    }

    pub(super) fn windowed(&mut self, at: &At, d: &Described) -> Option<Window> {
        window(d).map_err(|fault| self.errors.push(fault.at(&at.place))).ok()
    }

    /// The sums still have their outputs first, as a Conv gives them, or are one vector.
    pub(super) fn channels_lead(&self, flow: &Flow, p: &Pending) -> bool {
        let What::Sums(s) = &p.what else { return false };
        let first = flow.layout.shape.first() == Some(&s.rows);
        let moved = flow.layout.arranged(flow.layout.channels_last()).1.is_some();
        match s.shape {
            Shape::Dense => flow.layout.shape == [s.rows],
            _ => first && !moved && flow.layout.shape.len() > 1,
        }
    }

    /// Behind a Conv or Gemm: `y = (x - mean) g + b` with `g = scale / sqrt(var + epsilon)` scales sums and moves them. Frameworks
    /// compute the chain in float.
    pub(super) fn batch_normalization(&mut self, at: &At) {
        let Some(flow) = self.flow(at, 0) else { return };
        let parameters: Vec<Vec<f32>> =
            (1..5).map(|i| self.constants.get(at.input(i)).map_or(Vec::new(), |c| c.floats.clone())).collect();
        let Kind::Pending(mut p) = flow.kind.clone() else {
            let nearest = "BatchNormalization directly behind a Conv or Gemm (quant_pre_process folds it)";
            return self.unsupported(&at.place, "BatchNormalization", "it does not follow a Conv", nearest);
        };
        let free = p.lo == f32::NEG_INFINITY && p.hi == f32::INFINITY && self.channels_lead(&flow, &p);
        match &mut p.what {
            What::Sums(s) if free && parameters.iter().all(|v| v.len() == s.rows) => {
                if let Err(what) = normalize(s, &parameters, at.float("epsilon", 1e-5)) {
                    return self.quantization(at, what);
                }
            }
            _ if parameters.iter().any(Vec::is_empty) => {
                return self.quantization(at, "its scale, bias, mean or variance is no constant of float32");
            }
            _ if !free => {
                let nearest = "BatchNormalization directly behind a Conv or Gemm (quant_pre_process folds it)";
                let why = "something stands between it and the sums";
                return self.unsupported(&at.place, "BatchNormalization", why, nearest);
            }
            _ => return self.inconsistent(at, "its scale, bias, mean and variance do not fit its operand"),
        }
        p.float = true;
        self.put(at, Flow { kind: Kind::Pending(p), ..flow });
    }
}

/// Scales, weights and offsets of normalized sums, in binary64.
fn normalize(s: &mut Sums, parameters: &[Vec<f32>], epsilon: f32) -> Result<(), String> {
    let columns = s.weights.len() / s.rows;
    let bias = s.bias.take().unwrap_or_else(|| vec![0; s.rows]);
    let old = s.offset.take().unwrap_or_else(|| vec![0.0; s.rows]);
    let (mut scales, mut offset) = (Vec::new(), Vec::new());
    for n in 0..s.rows {
        let [gamma, beta, mean, variance] = [0, 1, 2, 3].map(|k| f64::from(parameters[k][n]));
        let gain = gamma / (variance + f64::from(epsilon)).sqrt();
        let scale = f64::from(s.scale(n));
        let moved = (bias[n] as f64 * scale + old[n] - mean) * gain + beta;
        if !(gain != 0.0 && gain.is_finite() && moved.is_finite()) {
            return Err(format!("channel {n} is normalized by {gain}"));
        }
        let row = &mut s.weights[n * columns..(n + 1) * columns];
        row.iter_mut().for_each(|w| *w = if gain < 0.0 { -*w } else { *w });
        scales.push((scale * gain.abs()) as f32);
        offset.push(moved);
    }
    (s.scales, s.offset) = (scales, Some(offset));
    Ok(())
}

/// The layout of a window's results.
pub(super) fn result(window: &Window, channels: usize, signal: bool) -> Layout {
    let [rows, cols] = window.out().map(|n| n as usize);
    if signal {
        Layout::image(&[channels, cols])
    } else {
        Layout::image(&[channels, rows, cols])
    }
}
