//! Add, Sub, Mul and Div of a tensor and one constant: functions of a code.

use super::elementwise::then;
use super::flow::{Flow, Kind, What};
use super::import::{At, Importer};
use crate::error::clean;
use crate::graph::{DType, Op};
use crate::ops::{Codes, FloatAdd, FloatMul};

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
    pub(super) fn table(&self, to: Codes, bounds: (i64, i64)) -> Op {
        let (lo, hi) = self.codes[0].dtype.range();
        let (add, mul) = (FloatAdd::new(self.codes, to, bounds), FloatMul::new(self.codes, to, bounds));
        let code = |q: i64| if self.sum { add.code(q, self.code) } else { mul.code(q, self.code) };
        Op::Table((lo..=hi).map(code).collect())
    }
}

impl Importer {
    /// An operand is one constant, quantized or not. False: none is.
    pub(super) fn with_constant(&mut self, at: &At) -> bool {
        for i in 0..2 {
            let name = at.input(i);
            if self.flows.contains_key(name) {
                continue;
            }
            if let Some(c) = self.constants.get(name).cloned() {
                match c.floats[..] {
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
        let ([code], [scale], [zero]) = (&q.codes.ints[..], &q.scales[..], &q.zeros[..]) else {
            return self.constant_operand(at);
        };
        let constant = Codes { scale: *scale, zero: *zero, dtype: q.codes.dtype };
        let scalar = Scalar { codes: [codes, constant], code: *code, sum: at.node.op_type == "Add" };
        let mut pending = self.pending(at, flow.source, What::Scalar(scalar));
        pending.float = self.takes_int8_or_passed(at) || constant.dtype == DType::I8;
        self.put(at, Flow { kind: Kind::Pending(Box::new(pending)), ..flow });
    }

    /// QLinearAdd and QLinearMul with a constant at input `i` (0 or 3).
    pub(super) fn qlinear_with_constant(&mut self, at: &At, i: usize) {
        let Some((codes, flow)) = self.integer_operand(at, 3 - i, 4 - i) else { return };
        let Some(constant) = self.codes(at, i + 1, i + 2) else { return };
        let value = self.constants.get(at.input(i)).filter(|c| c.dtype == constant.dtype).map(|c| c.ints.clone());
        let Some([code]) = value.as_deref() else { return self.constant_operand(at) };
        let Some(to) = self.codes(at, 6, 7) else { return };
        let sum = at.node.op_type == "QLinearAdd";
        let pending =
            self.pending(at, flow.source, What::Scalar(Scalar { codes: [codes, constant], code: *code, sum }));
        self.finish(at, pending, flow.layout, to);
    }

    fn constant_operand(&mut self, at: &At) {
        let op = clean(&at.node.op_type);
        self.unsupported(
            &at.place,
            &op,
            "an operand is a constant tensor",
            "one constant, or two tensors that the model computes",
        );
    }
}
