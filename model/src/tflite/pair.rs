//! ADD, SUB and MUL.

use niello_gen::num::Scale;

use super::import::File;
use super::schema::Operator;
use crate::spread::spread;
use niello_net::layers::{Add, Constant, Enlarge, Enlarging, Mul, Pairing};
use niello_net::{Node, Op, Recode, Value};

impl File<'_> {
    /// Operands of ADD, SUB and MUL that have one value for each channel, spread over the pixels of the result: the operand's number, and the
    /// node that comes in front. The image has `before` nodes so far.
    pub(super) fn spread(
        &mut self,
        inputs: &[i32],
        values: &[usize],
        output: i32,
        before: usize,
    ) -> Vec<(usize, Node)> {
        let Some(y) = self.value(output) else { return Vec::new() };
        let mut found = Vec::new();
        for (k, input) in inputs.iter().enumerate() {
            let Some(x) = self.value(*input).filter(|x| spreads(&x.shape, &y.shape)) else { continue };
            let [height, width, channels] = [0, 1, 2].map(|i| y.shape[i] as u32);
            let name = format!("{}_spread{}", y.name, before + found.len());
            let output = Value { name: name.clone(), shape: y.shape.clone(), dtype: x.dtype };
            let by = Enlarging::Nearest([height, width]);
            let op = Op::from(Enlarge { height: 1, width: 1, channels, by });
            let (kind, inputs) = ("BROADCAST".into(), vec![values[k]]);
            found.push((k, Node { name, kind, op, inputs, output, float_in_framework: false }));
        }
        found
    }

    /// ADD, SUB or MUL of two tensors of one shape, of an image and a value for each channel, or of a tensor and a constant.
    pub(super) fn pair(
        &mut self,
        place: &str,
        kind: &str,
        op: &Operator,
        inputs: [i32; 2],
        output: i32,
        y: &Value,
    ) -> Option<Op> {
        let [a, b] = [self.value(inputs[0])?, self.value(inputs[1])?];
        let fixed = (0..2).find(|k| self.is_constant(inputs[*k]));
        let fits = |x: &Value| x.shape == y.shape || spreads(&x.shape, &y.shape);
        let small = y.shape.iter().all(|d| *d <= 8192);
        if fixed.is_none() && (!fits(&a) || !fits(&b) || (a.shape != y.shape && b.shape != y.shape) || !small) {
            let why = format!("{:?} and {:?} become {:?}: a broadcast", a.shape, b.shape, y.shape);
            self.unsupported(place, kind, &why, "two tensors of one shape, or an image and a value for each channel");
            return None;
        }
        let (ca, cb, cy) =
            (self.codes(place, inputs[0], &a)?, self.codes(place, inputs[1], &b)?, self.codes(place, output, y)?);
        if ca.dtype != cy.dtype || cb.dtype != cy.dtype {
            self.inconsistent(place, format!("operands and result of {kind} have different types"));
            return None;
        }
        let activation = op.add().map(|o| o.activation()).or(op.mul().map(|o| o.activation()));
        let activation = activation.or(op.sub().map(|o| o.activation())).unwrap_or(0);
        let bounds = self.bounds(place, activation, &cy)?;
        let legal = |r: Recode| r.scales.iter().all(Scale::is_legal);
        let found = match kind {
            "ADD" | "SUB" => {
                let add = Add::new(ca, cb, cy, bounds).filter(|a| legal(a.recode()));
                add.map(|a| Pairing::Add(Add { minus: kind == "SUB", ..a }))
            }
            _ => Mul::new(ca, cb, cy, bounds).filter(|m| legal(m.recode())).map(Pairing::Mul),
        };
        let Some(found) = found else {
            self.quantization(place, "a scale ratio is not positive, finite and below 2^30".into());
            return None;
        };
        let channels = y.shape.last().map_or(1, |c| *c as u32);
        let Some(k) = fixed else { return Some(found.of_tensors(channels)) };
        let (constant, tensor) = if k == 0 { (&a, &b) } else { (&b, &a) };
        let values = self.constant(place, inputs[k], constant)?;
        let order: Vec<usize> = (0..y.elements()).collect();
        let pixel = y.shape.last().copied().unwrap_or(1);
        let codes =
            (tensor.shape == y.shape).then(|| spread(&values, &constant.shape, &y.shape, &order, pixel)).flatten();
        let Some(codes) = codes else {
            let why = format!("{:?} and a constant of {:?} become {:?}", tensor.shape, constant.shape, y.shape);
            self.unsupported(place, kind, &why, "a constant that spreads to the tensor's shape");
            return None;
        };
        Some(found.beside(Constant { codes, dtype: cy.dtype, first: k == 0 }, channels))
    }
}

/// One value for each channel, beside an image of more pixels.
fn spreads(one: &[usize], image: &[usize]) -> bool {
    matches!((one, image), ([1, 1, c], [h, w, channels]) if c == channels && h * w > 1)
}
