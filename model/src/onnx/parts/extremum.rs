//! The larger or smaller one of two reals. ONNX Runtime has no kernel of codes and takes it in float32, exactly: quantizing never turns the
//! order of two reals, so what it quantizes is the larger or smaller one of both operands' codes in the result's scale.

use super::binary::{Beside, Binary, ConstantTensor, WithConstant};
use super::recoded::{code, recoded};
use crate::onnx::binding::What;
use crate::onnx::waiting::{Fused, Target, Waiting};
use niello_net::layers::{Extremum, Which};
use niello_net::{Codes, Op};

/// Of two tensors.
#[derive(Clone, Copy, Debug)]
pub struct OfTensors {
    /// Which one.
    pub which: Which,
    /// Of both operands.
    pub codes: [Codes; 2],
}

/// Of a tensor and a constant one.
#[derive(Clone, Debug)]
pub struct OfConstant {
    /// Which one.
    pub which: Which,
    /// Of the tensor.
    pub codes: Codes,
    /// The constant, as the tensor's elements are stored, over and over.
    pub reals: Vec<f32>,
}

/// `max(a, b)`.
pub const LARGEST: Binary = Binary {
    tensors: |codes| OfTensors { which: Which::Largest, codes }.into(),
    constant: WithConstant { reals: |a, b| numbers(a, b, a.max(b)), codes: |c| with(c, Which::Largest) },
};

/// `min(a, b)`.
pub const SMALLEST: Binary = Binary {
    tensors: |codes| OfTensors { which: Which::Smallest, codes }.into(),
    constant: WithConstant { reals: |a, b| numbers(a, b, a.min(b)), codes: |c| with(c, Which::Smallest) },
};

/// What is no number stays none.
fn numbers(a: f32, b: f32, picked: f32) -> f32 {
    if a.is_nan() || b.is_nan() {
        f32::NAN
    } else {
        picked
    }
}

/// One code is a real as any other one.
fn with(constant: Beside, which: Which) -> Option<What> {
    let Beside::Tensor(ConstantTensor { codes: [tensor, c], values, .. }) = constant else { return None };
    let reals = values.into_iter().map(|code| (code - c.zero) as f32 * c.scale).collect();
    Some(OfConstant { which, codes: tensor, reals }.into())
}

impl Waiting for OfTensors {
    fn becomes(&self, to: &Target) -> Result<Fused, String> {
        let in_front = self.codes.iter().map(|from| recoded(*from, to.codes, to.bounds)).collect();
        let op = Op::from(Extremum { which: self.which, constants: Vec::new(), channels: to.channels });
        Ok(Fused { op, in_front })
    }

    fn is_moved(&self) -> bool {
        true
    }
}

impl Waiting for OfConstant {
    fn becomes(&self, to: &Target) -> Result<Fused, String> {
        let constants = self.reals.iter().map(|v| code(*v, to.codes, to.bounds)).collect();
        let op = Op::from(Extremum { which: self.which, constants, channels: to.channels });
        Ok(Fused { op, in_front: vec![recoded(self.codes, to.codes, to.bounds)] })
    }

    fn is_moved(&self) -> bool {
        true
    }
}
