//! Concat and QLinearConcat along the channels; Pad of an image.

use super::flow::{Flow, Kind, Real, What};
use super::import::{At, Importer};
use super::layout::Layout;
use crate::error::clean;
use crate::window::{Described, Padding};
use niello_net::host::{quantize, FloatRounding};
use niello_net::layers::Pad;
use niello_net::{Codes, Node, Op, Value};

/// Most operands of a concatenation.
const MOST_OPERANDS: usize = 16;

impl Importer {
    pub(super) fn concat(&mut self, at: &At) {
        let operands: Option<Vec<(Codes, Flow)>> = (0..at.node.input.len()).map(|i| self.operand(at, i)).collect();
        let Some((layout, inputs, what)) = operands.and_then(|o| self.side_by_side(at, o)) else { return };
        let mut pending = self.pending(at, 0, what);
        pending.inputs = inputs;
        // On some machines, and in some graphs on all.
        pending.float = self.takes_int8_or_passed(at);
        self.put(at, Flow { layout, source: 0, kind: Kind::Pending(Box::new(pending)) });
    }

    /// The result's scale and zero point, then each operand with its own.
    pub(super) fn qlinear_concat(&mut self, at: &At) {
        if at.node.input.len() % 3 != 2 || at.node.input.iter().any(String::is_empty) {
            return self.inconsistent(
                at,
                format!("{} inputs: each operand has a scale and a zero point", at.node.input.len()),
            );
        }
        let Some(to) = self.codes(at, 0, 1) else { return };
        let count = at.node.input.len().saturating_sub(2) / 3;
        let operands: Option<Vec<(Codes, Flow)>> =
            (0..count).map(|k| self.integer_operand(at, 2 + 3 * k, 3 + 3 * k)).collect();
        let Some((layout, inputs, what)) = operands.and_then(|o| self.side_by_side(at, o)) else { return };
        let mut pending = self.pending(at, 0, what);
        pending.inputs = inputs;
        self.finish(at, pending, layout, to);
    }

    /// Operands in the order of images, channels last.
    fn side_by_side(&mut self, at: &At, operands: Vec<(Codes, Flow)>) -> Option<(Layout, Vec<usize>, What)> {
        let op = clean(&at.node.op_type);
        let first = operands.first()?.1.layout.shape.clone();
        let rank = first.len() as i64 + 1;
        let given = at.node.attribute.iter().any(|a| a.name == "axis");
        let axis = if given { at.int("axis", 1) } else { rank };
        if !(-rank..rank).contains(&axis) && given {
            self.inconsistent(at, format!("axis {axis} of {rank} dimensions"));
            return None;
        }
        let others_agree = operands.iter().all(|(_, f)| f.layout.shape.get(1..) == first.get(1..));
        if !(axis == 1 || axis == 1 - rank) || !(2..=MOST_OPERANDS).contains(&operands.len()) || !others_agree {
            let shapes: Vec<_> = operands.iter().map(|(_, f)| f.layout.shape.clone()).collect();
            let why = format!("axis {axis} of {shapes:?}");
            self.unsupported(&at.place, &op, &why, "2 to 16 operands along their channels, axis 1");
            return None;
        }
        let (mut inputs, mut parts, mut channels) = (Vec::new(), Vec::new(), 0);
        for (codes, flow) in operands {
            let own = flow.layout.shape[0];
            let order = flow.layout.channels_last();
            inputs.push(self.arrange(flow, order).source);
            parts.push((codes, own as u32));
            channels += own;
        }
        let shape: Vec<usize> = std::iter::once(channels).chain(first[1..].iter().copied()).collect();
        Some((Layout::image(&shape), inputs, What::Concat(parts)))
    }

    /// Rows and columns of one constant around an image, in the operand's codes.
    pub(super) fn pad(&mut self, at: &At) {
        let Some(flow) = self.flow(at, 0) else { return };
        let counts = match at.ints("pads") {
            Some(p) => Some(p.to_vec()),
            None => self.constants.get(at.input(1)).map(|c| c.ints.clone()),
        };
        let value = match &flow.kind {
            Kind::Real(Real { codes, function: None, .. }) => {
                let real = match self.constants.get(at.input(2)) {
                    Some(c) if c.floats.len() == 1 => Some(c.floats[0]),
                    None if at.input(2).is_empty() => Some(at.float("value", 0.0)),
                    _ => None,
                };
                // A value that the codes do not reach would be another one.
                let (lo, hi) = codes.dtype.range();
                let reach = ((lo - codes.zero) as f32 * codes.scale)..=((hi - codes.zero) as f32 * codes.scale);
                real.filter(|v| reach.contains(v))
                    .map(|v| quantize(v, codes.scale, codes.zero, FloatRounding::HalfEven, codes.dtype))
                    .filter(|q| real == Some((q - codes.zero) as f32 * codes.scale))
            }
            Kind::Plain(d) if d.bits() == 8 => match self.constants.get(at.input(2)) {
                Some(c) if c.dtype == *d && c.ints.len() == 1 => Some(c.ints[0]),
                None if at.input(2).is_empty() => Some(0),
                _ => None,
            },
            _ => None,
        };
        let signal = flow.layout.shape.len() == 2;
        let sides = match (counts.as_deref(), signal) {
            (Some(&[0, 0, top, left, 0, 0, bottom, right]), false) => Some([top, left, bottom, right]),
            (Some(&[0, 0, left, 0, 0, right]), true) => Some([0, left, 0, right]),
            _ => None,
        };
        let constant = at.text("mode", "constant") == "constant" && at.input(3).is_empty();
        let (Some(value), Some(sides), true) = (value, sides, constant) else {
            let why = "other than constant rows and columns of one value around codes";
            return self.unsupported(&at.place, "Pad", why, "mode constant, constant pads around one image of codes");
        };
        let Some((image, flow)) = self.image(at, flow) else { return };
        let (one, padding) = ([1, 1], Padding::Explicit(sides));
        let described = Described { image, kernel: one, stride: one, dilation: one, padding };
        let Some(window) = self.windowed(at, &described) else { return };
        let layout = super::conv::result(&window, image[2], signal);
        let output = Value { name: clean(at.output()), shape: layout.stored(), dtype: self.dtype(flow.source) };
        let (name, kind, inputs) = (output.name.clone(), "Pad".into(), vec![flow.source]);
        let op = Op::from(Pad { window, value });
        let source = self.push(Node { name, kind, op, inputs, output, float_in_framework: false });
        let flow = self.behind(at, Flow { layout, source, kind: flow.kind });
        self.put(at, flow);
    }
}
