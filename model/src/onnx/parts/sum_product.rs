//! Sums and products of two tensors, of one and a constant, of one and a constant tensor, as ONNX Runtime's kernels compute them.

use super::binary::{Beside, Binary, ConstantTensor, WithConstant};
use crate::onnx::binding::What;
use crate::onnx::waiting::{is_power, Fused, Seen, Target, Unserved, Waiting};
use niello_gen::num::RealRounding;
use niello_net::host::{quantize, FloatRounding};
use niello_net::layers::{Constant, FloatAdd, FloatMul, Pairing, Table};
use niello_net::{Codes, Op};

/// `a + b`.
pub const SUM: Binary = Binary {
    tensors: |codes| Sum(codes).into(),
    constant: WithConstant { reals: |a, b| a + b, codes: |c| with(c, true) },
};

/// `a * b`.
pub const PRODUCT: Binary = Binary {
    tensors: |codes| Product(codes).into(),
    constant: WithConstant { reals: |a, b| a * b, codes: |c| with(c, false) },
};

fn with(constant: Beside, sum: bool) -> Option<What> {
    Some(match constant {
        Beside::One { codes, code } => Scalar { codes, code, sum }.into(),
        Beside::Tensor(constant) => WithTensor { constant, sum }.into(),
    })
}

/// The sum of two tensors.
#[derive(Clone, Copy, Debug)]
pub struct Sum(pub [Codes; 2]);

/// The product of two tensors.
#[derive(Clone, Copy, Debug)]
pub struct Product(pub [Codes; 2]);

impl Waiting for Sum {
    fn becomes(&self, to: &Target) -> Result<Fused, String> {
        let add = to.seen.sum(FloatAdd::new(self.0, to.codes, to.bounds));
        Ok(Pairing::FloatAdd(FloatAdd { rounding: to.rounding, ..add }).of_tensors(to.channels).into())
    }

    fn is_exact(&self, to: f32, _rounding: RealRounding) -> bool {
        self.0.iter().all(|o| is_power(o.scale)) && is_power(to)
    }

    fn rounds(&self, _rounding: RealRounding, _zero: i64) -> Result<(), Unserved> {
        Ok(())
    }
}

impl Waiting for Product {
    fn becomes(&self, to: &Target) -> Result<Fused, String> {
        let shift = to.seen.shift(to.codes);
        let mul = FloatMul { shift, rounding: to.rounding, ..FloatMul::new(self.0, to.codes, to.bounds) };
        Ok(Pairing::FloatMul(mul).of_tensors(to.channels).into())
    }

    fn is_exact(&self, to: f32, _rounding: RealRounding) -> bool {
        // Codes without their zero points have a bit more.
        let bits: u32 = self.0.iter().map(|o| o.dtype.bits() + 1).sum();
        self.0.iter().all(|o| is_power(o.scale)) && is_power(to) && bits <= 24
    }

    fn rounds(&self, _rounding: RealRounding, _zero: i64) -> Result<(), Unserved> {
        Ok(())
    }
}

/// A quantized constant beside a tensor of codes.
#[derive(Clone, Copy, Debug)]
pub struct Scalar {
    /// Of the tensor, and of the constant.
    pub codes: [Codes; 2],
    /// The constant's code.
    pub code: i64,
    /// The sum, not the product.
    pub sum: bool,
}

impl Waiting for Scalar {
    /// A code for each code of the tensor. ONNX Runtime takes the tensor as its first operand, wherever the constant stands.
    fn becomes(&self, target: &Target) -> Result<Fused, String> {
        let &Target { codes: to, bounds: (least, most), seen, .. } = target;
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
        Ok(Op::from(Table { lowest: lo, entries: (lo..=hi).map(code).collect() }).into())
    }
}

/// A quantized constant tensor beside a tensor of codes.
#[derive(Clone, Debug)]
pub struct WithTensor {
    /// Both operands.
    constant: ConstantTensor,
    /// The sum, not the product.
    sum: bool,
}

impl Waiting for WithTensor {
    fn becomes(&self, target: &Target) -> Result<Fused, String> {
        let &Target { codes: to, bounds, seen, channels, .. } = target;
        let [tensor, constant] = self.constant.codes;
        let first = self.sum && self.constant.first;
        let operands = if first { [constant, tensor] } else { [tensor, constant] };
        let pairing = if self.sum {
            Pairing::FloatAdd(seen.sum(FloatAdd::new(operands, to, bounds)))
        } else {
            Pairing::FloatMul(FloatMul { shift: seen.shift(to), ..FloatMul::new(operands, to, bounds) })
        };
        let constant = Constant { codes: self.constant.values.clone(), dtype: constant.dtype, first };
        Ok(pairing.beside(constant, channels).into())
    }
}
