//! The sum or product of two tensors of one shape, of which one may be constant.

use super::{add, float_add, float_mul, mul, Add, FloatAdd, FloatMul, Mul};
use crate::graph::{DType, Op, Tensor};

/// How two codes become one.
#[derive(Clone, Debug, PartialEq)]
pub enum Pairing {
    /// The quantized sum.
    Add(Add),
    /// The quantized product.
    Mul(Mul),
    /// The quantized sum, in float32.
    FloatAdd(FloatAdd),
    /// The quantized product, in float32.
    FloatMul(FloatMul),
}

/// An operand that does not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// Its codes, over and over: whole pixels.
    pub codes: Vec<i64>,
    /// Their type.
    pub dtype: DType,
    /// It is the first operand.
    pub first: bool,
}

/// A sum or product.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// How codes become one.
    pub pairing: Pairing,
    /// The operand that is no tensor of the graph.
    pub constant: Option<Constant>,
}

impl Pairing {
    /// Of two tensors.
    pub fn of_tensors(self) -> Op {
        Op::Pair(Pair { pairing: self, constant: None })
    }

    /// Of a tensor and a constant.
    pub fn beside(self, constant: Constant) -> Op {
        Op::Pair(Pair { pairing: self, constant: Some(constant) })
    }

    fn run(&self, a: &[i64], b: &[i64]) -> Tensor {
        match self {
            Pairing::Add(p) => add::run(p, a, b),
            Pairing::Mul(p) => mul::run(p, a, b),
            Pairing::FloatAdd(p) => float_add::run(p, a, b),
            Pairing::FloatMul(p) => float_mul::run(p, a, b),
        }
    }
}

pub fn run(pair: &Pair, operands: &[&Tensor]) -> Tensor {
    let x = operands[0].ints();
    let Some(c) = &pair.constant else { return pair.pairing.run(x, operands[1].ints()) };
    let constant: Vec<i64> = c.codes.iter().cycle().take(x.len()).copied().collect();
    if c.first {
        pair.pairing.run(&constant, x)
    } else {
        pair.pairing.run(x, &constant)
    }
}
