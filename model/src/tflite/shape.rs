//! PAD, PADV2, CONCATENATION, DEPTH_TO_SPACE and RESIZE_NEAREST_NEIGHBOR: codes that move, and codes that stand around them. Rules: framework-rules.md 1.

use super::import::File;
use super::schema::Operator;
use crate::window::{Described, Padding};
use niello_net::layers::{Concat, Enlarge, Enlarging, Pad, Permute, Table};
use niello_net::{DType, Node, Op, Value};

/// Most operands of a concatenation.
const MOST_OPERANDS: usize = 16;

impl File<'_> {
    /// Rows and columns around an image, of the zero point or, PADV2, of a constant.
    pub(super) fn pad(
        &mut self,
        place: &str,
        kind: &str,
        op: &Operator,
        (input, output): (i32, i32),
        (x, y): (&Value, &Value),
    ) -> Option<Op> {
        let (cx, cy) = (self.codes(place, input, x)?, self.codes(place, output, y)?);
        if cx != cy {
            self.quantization(place, "input and output of a padding have different scales or zero points".into());
            return None;
        }
        let inputs = op.inputs();
        let index = inputs.get(1).copied().unwrap_or(-1);
        let counts = self.value(index)?;
        let counts = if counts.dtype == DType::I32 { self.constant(place, index, &counts)? } else { Vec::new() };
        let (&[height, width, channels], &[0, 0, top, bottom, left, right, 0, 0]) = (&x.shape[..], &counts[..]) else {
            let why = format!("{counts:?} around {:?}", x.shape);
            self.unsupported(place, kind, &why, "constant rows and columns around one image");
            return None;
        };
        let value = match inputs.get(2).copied() {
            Some(i) => {
                let v = self.value(i)?;
                if self.codes(place, i, &v)? != cy {
                    let what = "the value of a padding has another type, scale or zero point than the result";
                    self.quantization(place, what.into());
                    return None;
                }
                match self.constant(place, i, &v)?[..] {
                    [code] => code,
                    _ => {
                        self.inconsistent(place, format!("a padding of {:?} values", v.shape));
                        return None;
                    }
                }
            }
            None => cx.zero,
        };
        let (one, padding) = ([1, 1], Padding::Explicit([top, left, bottom, right]));
        let described =
            Described { image: [height, width, channels], kernel: one, stride: one, dilation: one, padding };
        let window = self.windowed(place, &described)?;
        let [rows, cols] = window.out().map(|n| n as usize);
        if y.shape != [rows, cols, channels] {
            self.inconsistent(place, format!("{:?} with {counts:?} around it is {:?}", x.shape, y.shape));
            return None;
        }
        Some(Op::from(Pad { window, value }))
    }

    /// Along the last dimension; the codes are copied.
    pub(super) fn concatenation(
        &mut self,
        place: &str,
        op: &Operator,
        inputs: &[i32],
        output: i32,
        y: &Value,
    ) -> Option<Op> {
        let Some(o) = op.concatenation() else {
            self.inconsistent(place, "CONCATENATION without its options".into());
            return None;
        };
        let rank = self.tensors.get(output as usize).map_or(0, |t| t.shape().len()) as i32;
        let kind = "CONCATENATION";
        if !(-rank..rank).contains(&o.axis()) {
            self.inconsistent(place, format!("axis {} of {rank} dimensions", o.axis()));
            return None;
        }
        if o.activation() != 0 || o.axis().rem_euclid(rank.max(1)) != rank - 1 || inputs.len() > MOST_OPERANDS {
            let why = format!("axis {} of {rank}, {} operands, activation {}", o.axis(), inputs.len(), o.activation());
            self.unsupported(place, kind, &why, "up to 16 operands along the channels, without activation");
            return None;
        }
        let cy = self.codes(place, output, y)?;
        let mut channels = Vec::new();
        for i in inputs {
            let x = self.value(*i)?;
            // The kernel rescales uint8: those come through their tables.
            if self.codes(place, *i, &x)? != cy && y.dtype != DType::U8 {
                let what = "operands of a concatenation have other scales or zero points than the result";
                self.quantization(place, what.into());
                return None;
            }
            let split = |v: &Value| v.shape.split_last().map(|(c, pixels)| (*c, pixels.to_vec()));
            let (Some((own, pixels)), Some((_, all))) = (split(&x), split(y)) else { return None };
            if pixels != all {
                self.inconsistent(place, format!("{:?} becomes part of {:?}", x.shape, y.shape));
                return None;
            }
            channels.push(own as u32);
        }
        if channels.iter().sum::<u32>() as usize != *y.shape.last().unwrap_or(&0) || channels.len() < 2 {
            self.inconsistent(place, format!("operands of {channels:?} channels give {:?}", y.shape));
            return None;
        }
        Some(Op::from(Concat { channels }))
    }

    /// Dimensions that change places; the batch stays.
    pub(super) fn transpose(&mut self, place: &str, op: &Operator, input: i32, x: &Value, y: &Value) -> Option<Op> {
        let index = op.inputs().get(1).copied().unwrap_or(-1);
        let perm = self.value(index).filter(|p| p.dtype == DType::I32 && self.is_constant(index));
        let Some(perm) = perm else {
            self.unsupported(place, "TRANSPOSE", "its permutation is not constant", "a constant int32 permutation");
            return None;
        };
        let perm = self.constant(place, index, &perm)?;
        // A batch of one is no dimension of a value.
        let lead = self.tensors.get(input as usize).map_or(0, |t| t.shape().len()) - x.shape.len();
        let mut sorted = perm.clone();
        sorted.sort();
        let legal = sorted.iter().copied().eq(0..(x.shape.len() + lead) as i64);
        if !legal || perm.iter().take(lead).any(|p| *p != 0) {
            let why = format!("permutation {perm:?} of {} dimensions", x.shape.len() + lead);
            self.unsupported(place, "TRANSPOSE", &why, "a permutation that leaves the batch where it is");
            return None;
        }
        let steps: Vec<usize> = perm[lead..].iter().map(|p| *p as usize - lead).collect();
        if y.dtype != x.dtype || steps.iter().map(|s| x.shape[*s]).ne(y.shape.iter().copied()) {
            self.inconsistent(place, format!("{:?} becomes {:?} by {perm:?}", x.shape, y.shape));
            return None;
        }
        Some(Op::from(Permute::new(&x.shape, &steps)))
    }

    /// uint8 operands of a CONCATENATION with other scales than the result: the operand's number, and the node that comes in front.
    /// In float32, with `c = s_in (1 / s_out)`, `b = -z_in c`: `y = clamp(round_half_away(x c + b) + z_out)`.
    pub(super) fn rescaled(
        &mut self,
        place: &str,
        inputs: &[i32],
        values: &[usize],
        output: i32,
        before: usize,
    ) -> Vec<(usize, Node)> {
        let mut found = Vec::new();
        let Some(y) = self.value(output).filter(|y| y.dtype == DType::U8) else { return found };
        let Some(to) = self.codes(place, output, &y) else { return found };
        for (k, input) in inputs.iter().enumerate() {
            let Some(x) = self.value(*input).filter(|x| x.dtype == DType::U8) else { continue };
            let Some(from) = self.codes(place, *input, &x).filter(|c| *c != to) else { continue };
            let scale = from.scale * (1.0 / to.scale);
            let bias = -from.zero as f32 * scale;
            if [0.0, 255.0].iter().any(|q| (q * scale + bias).abs() >= 2f32.powi(31)) {
                self.quantization(place, format!("an operand leaves 32 bits in codes of scale {}", to.scale));
                return found;
            }
            let code = |q: i64| (((q as f32 * scale + bias).round() as i64).saturating_add(to.zero)).clamp(0, 255);
            let name = format!("{}_rescaled{}", y.name, before + found.len());
            let output = Value { name: name.clone(), ..x };
            let (op, kind, inputs) = (
                Op::from(Table { lowest: 0, entries: (0..256).map(code).collect() }),
                "CONCATENATION".into(),
                vec![values[k]],
            );
            found.push((k, Node { name, kind, op, inputs, output, float_in_framework: false }));
        }
        found
    }

    /// A larger image of the same codes: by whole factors, or of the channels.
    pub(super) fn enlarge(
        &mut self,
        place: &str,
        kind: &str,
        op: &Operator,
        (input, output): (i32, i32),
        (x, y): (&Value, &Value),
    ) -> Option<Op> {
        if self.codes(place, input, x)? != self.codes(place, output, y)? {
            self.quantization(place, format!("input and output of {kind} have different scales or zero points"));
            return None;
        }
        let (&[height, width, channels], &[rows, cols, _]) = (&x.shape[..], &y.shape[..]) else {
            let why = format!("{:?} becomes {:?}", x.shape, y.shape);
            self.unsupported(place, kind, &why, "one image a sample");
            return None;
        };
        let factors = [rows / height.max(1), cols / width.max(1)].map(|f| f as u32);
        let by = match (op.depth_to_space(), op.resize_nearest()) {
            (Some(o), _) => Enlarging::DepthToSpace(o.size().clamp(0, 17) as u32),
            (_, Some(o)) if o.align_corners() == 0 => Enlarging::Nearest(factors),
            _ => Enlarging::Nearest([0, 0]),
        };
        let legal = match by {
            Enlarging::DepthToSpace(n) => (1..=16).contains(&n) && (channels as u32).is_multiple_of(n * n),
            Enlarging::Nearest(f) => f.iter().all(|f| (1..=16).contains(f)),
        };
        let e = Enlarge { height: height as u32, width: width as u32, channels: channels as u32, by };
        if !legal || height.max(width).max(channels) > 8192 || e.out().map(|n| n as usize) != y.shape[..] {
            let why = format!("{:?} becomes {:?}, or corners are aligned", x.shape, y.shape);
            self.unsupported(place, kind, &why, "whole factors up to 16, corners not aligned");
            return None;
        }
        Some(Op::from(e))
    }
}
