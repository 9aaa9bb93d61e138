//! What an operator makes of two operands.

use crate::onnx::binding::What;
use niello_net::Codes;

/// Of two tensors, or of one and a constant.
pub struct Binary {
    /// Of two tensors of codes.
    pub tensors: fn([Codes; 2]) -> What,
    /// Where one operand is constant.
    pub constant: WithConstant,
}

/// Of a tensor and a constant.
pub struct WithConstant {
    /// Of two reals, in float32, the first operand's first.
    pub reals: fn(f32, f32) -> f32,
    /// Of codes. None: of one code what reals give, of a tensor nothing.
    pub codes: fn(Beside) -> Option<What>,
}

/// What stands beside a tensor of codes.
#[derive(Clone, Debug)]
pub enum Beside {
    /// One code; types of the tensor, and of the constant.
    One { codes: [Codes; 2], code: i64 },
    /// A code for each element.
    Tensor(ConstantTensor),
}

/// A constant tensor of codes beside a tensor.
#[derive(Clone, Debug)]
pub struct ConstantTensor {
    /// Of the tensor, and of the constant.
    pub codes: [Codes; 2],
    /// The constant's codes, as the tensor's elements are stored, over and over.
    pub values: Vec<i64>,
    /// The constant is the kernel's first operand.
    pub first: bool,
}
