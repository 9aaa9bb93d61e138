//! Add, Sub, Mul and Div of a tensor and one constant: functions of a code. Add and Mul of a tensor and a constant one.

use super::elementwise::then;
use super::flow::{Flow, Kind, What};
use super::import::{At, Importer};
use super::kernels::Seen;
use crate::error::clean;
use crate::spread::spread;
use niello_net::host::{quantize, FloatRounding};
use niello_net::layers::{Constant, FloatAdd, FloatMul, Pairing, Table};
use niello_net::{Codes, DType, Op};

/// A quantized constant beside a tensor of codes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scalar {
    /// Of the tensor, and of the constant.
    pub(super) codes: [Codes; 2],
    /// The constant's code.
    pub(super) code: i64,
    /// The sum, not the product.
    pub(super) sum: bool,
}

impl Scalar {
    /// A code for each code of the tensor. ONNX Runtime takes the tensor as its first operand, wherever the constant stands.
    pub(super) fn table(&self, to: Codes, (least, most): (i64, i64), seen: Seen) -> Op {
        let (lo, hi) = self.codes[0].dtype.range();
        let add = seen.sum(FloatAdd::new(self.codes, to, (least, most)));
        let mul = FloatMul { shift: seen.shift(to), ..FloatMul::new(self.codes, to, (least, most)) };
        let real = |i: usize, q: i64| (q - self.codes[i].zero) as f32 * self.codes[i].scale;
        let code = |q: i64| match (seen, self.sum) {
            (Seen::Reals, _) => {
                let (x, c) = (real(0, q), real(1, self.code));
                let v = if self.sum { x + c } else { x * c };
                quantize(v, to.scale, to.zero, FloatRounding::HalfEven, to.dtype).clamp(least, most)
            }
            (_, true) => add.code(q, self.code),
            (_, false) => mul.code(q, self.code),
        };
        Op::from(Table { lowest: lo, entries: (lo..=hi).map(code).collect() })
    }
}

/// A quantized constant tensor beside a tensor of codes.
#[derive(Clone, Debug)]
pub(super) struct Beside {
    /// Of the tensor, and of the constant.
    codes: [Codes; 2],
    /// The constant's codes, as the tensor's elements are stored, over and over.
    values: Vec<i64>,
    /// The sum, not the product.
    sum: bool,
    /// The constant is the kernel's first operand.
    first: bool,
}

impl Beside {
    /// The node's operator, on pixels of so many channels.
    pub(super) fn op(self, to: Codes, bounds: (i64, i64), seen: Seen, channels: u32) -> Op {
        let [tensor, constant] = self.codes;
        let operands = if self.first { [constant, tensor] } else { [tensor, constant] };
        let pairing = if self.sum {
            Pairing::FloatAdd(seen.sum(FloatAdd::new(operands, to, bounds)))
        } else {
            Pairing::FloatMul(FloatMul { shift: seen.shift(to), ..FloatMul::new(operands, to, bounds) })
        };
        pairing.beside(Constant { codes: self.values, dtype: constant.dtype, first: self.first }, channels)
    }
}

/// One value stands beside a run of elements: along the tensor's innermost dimension that is not one. Of such operands ONNX
/// Runtime's kernels take the other one first, as of one constant.
fn runs(shape: &[usize], dims: &[usize]) -> bool {
    let inner = dims.iter().rev().position(|d| *d != 1);
    inner.is_some_and(|k| shape.iter().rev().nth(k).is_none_or(|own| *own == 1))
}

impl Importer {
    /// A sum or product of a tensor with a constant one at input `i`; `place` of the two operands. None: an error is noted.
    fn beside(
        &mut self,
        at: &At,
        codes: [Codes; 2],
        flow: &Flow,
        constant: (&[i64], &[usize]),
        place: usize,
    ) -> Option<What> {
        let (values, shape) = constant;
        // The batch is no dimension of a layout.
        let dims: Vec<usize> = std::iter::once(1).chain(flow.layout.shape.iter().copied()).collect();
        let pixel = flow.layout.stored().last().copied().unwrap_or(1);
        let Some(values) = spread(values, shape, &dims, &flow.layout.indices(), pixel) else {
            let why = format!("a constant of {shape:?} and a tensor of {:?}", flow.layout.shape);
            let op = clean(&at.node.op_type);
            self.unsupported(&at.place, &op, &why, "a constant that spreads to the tensor's shape");
            return None;
        };
        let sum = at.node.op_type.ends_with("Add");
        let first = sum && place == 0 && !runs(shape, &flow.layout.shape);
        Some(What::Beside(Beside { codes, values, sum, first }))
    }

    /// An operand is one constant, quantized or not. False: none is.
    pub(super) fn with_constant(&mut self, at: &At) -> bool {
        for i in 0..2 {
            let name = at.input(i);
            if self.flows.contains_key(name) {
                continue;
            }
            if let Some(c) = self.constants.get(name).cloned() {
                match c.floats[..] {
                    _ if self.raises_rank(at, 1 - i, &c.shape) => self.constant_operand(at),
                    [v] if c.dtype == DType::F32 => self.with_real(at, 1 - i, v),
                    _ => self.constant_operand(at),
                }
                return true;
            }
            if self.producers.contains_key(name) {
                self.with_code(at, i);
                return true;
            }
        }
        false
    }

    /// A constant with more dimensions than the tensor at input `tensor` gives the result all of them.
    fn raises_rank(&self, at: &At, tensor: usize, shape: &[usize]) -> bool {
        self.flows.get(at.input(tensor)).is_some_and(|flow| shape.len() > flow.layout.shape.len() + 1)
    }

    /// A float beside dequantized codes: float32 arithmetic of each code's real.
    fn with_real(&mut self, at: &At, tensor: usize, c: f32) {
        let Some(flow) = self.flow(at, tensor) else { return };
        let op = at.node.op_type.as_str();
        let first = tensor == 0;
        let function = move |v: f32| match (op, first) {
            ("Add", _) => v + c,
            ("Mul", _) => v * c,
            ("Sub", true) => v - c,
            ("Sub", false) => c - v,
            (_, true) => v / c,
            (_, false) => c / v,
        };
        match &flow.kind {
            Kind::Real(r) => {
                let real = then(r, op, function);
                if real.values().iter().any(|v| v.is_nan()) {
                    return self.quantization(at, "it makes something that is no number of a code");
                }
                self.put(at, Flow { kind: Kind::Real(real), ..flow });
            }
            Kind::Pending(p) => self.unquantized(at, &p.op.clone()),
            Kind::Plain(_) => self.never_quantized(at),
        }
    }

    fn with_code(&mut self, at: &At, i: usize) {
        let Some((codes, flow)) = self.operand(at, 1 - i) else { return };
        let Some(q) = self.dequantized(at, i) else { return };
        let ([scale], [zero]) = (&q.scales[..], &q.zeros[..]) else { return self.constant_operand(at) };
        if self.raises_rank(at, 1 - i, &q.codes.shape) {
            return self.constant_operand(at);
        }
        let constant = Codes { scale: *scale, zero: *zero, dtype: q.codes.dtype };
        let what = match (at.node.op_type.as_str(), &q.codes.ints[..]) {
            ("Add" | "Mul", [code]) => {
                What::Scalar(Scalar { codes: [codes, constant], code: *code, sum: at.node.op_type == "Add" })
            }
            // There is no kernel of codes: the difference or quotient of reals, in float32.
            (_, [code]) => return self.with_real(at, 1 - i, (code - zero) as f32 * scale),
            ("Add" | "Mul", _) => {
                let values = (&q.codes.ints[..], &q.codes.shape[..]);
                let Some(what) = self.beside(at, [codes, constant], &flow, values, i) else { return };
                what
            }
            _ => return self.constant_operand(at),
        };
        let mut pending = self.pending(at, flow.source, what);
        pending.kernel.push(constant.dtype);
        pending.float = self.takes_int8_or_passed(at) || constant.dtype == DType::I8;
        self.put(at, Flow { kind: Kind::Pending(Box::new(pending)), ..flow });
    }

    /// QLinearAdd and QLinearMul with a constant at input `i` (0 or 3).
    pub(super) fn qlinear_with_constant(&mut self, at: &At, i: usize) {
        let Some((codes, flow)) = self.integer_operand(at, 3 - i, 4 - i) else { return };
        let Some(constant) = self.codes(at, i + 1, i + 2) else { return };
        let found = self.constants.get(at.input(i)).filter(|c| c.dtype == constant.dtype).cloned();
        let found = found.filter(|c| !self.raises_rank(at, 3 - i, &c.shape));
        let Some(found) = found else { return self.constant_operand(at) };
        let Some(to) = self.codes(at, 6, 7) else { return };
        let sum = at.node.op_type == "QLinearAdd";
        let what = match found.ints[..] {
            [code] => What::Scalar(Scalar { codes: [codes, constant], code, sum }),
            _ => {
                let values = (&found.ints[..], &found.shape[..]);
                let Some(what) = self.beside(at, [codes, constant], &flow, values, i / 3) else { return };
                what
            }
        };
        let pending = self.pending(at, flow.source, what);
        self.finish(at, pending, flow.layout, to);
    }

    fn constant_operand(&mut self, at: &At) {
        let op = clean(&at.node.op_type);
        self.unsupported(
            &at.place,
            &op,
            "an operand is a constant tensor that is not quantized as a whole, is subtracted or divided, or has more dimensions",
            "Add or Mul of a constant with one scale, or of two tensors that the model computes",
        );
    }
}
