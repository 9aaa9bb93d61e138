//! The larger or smaller one of two reals. ONNX Runtime has no kernel of codes and takes it in float32, exactly: quantizing never turns the
//! order of two reals, so what it quantizes is the larger or smaller one of both operands' codes in the result's scale.

use super::recoded::{code, recoded};
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

/// Of an operator's name.
pub fn which(op: &str) -> Option<Which> {
    match op {
        "Max" => Some(Which::Largest),
        "Min" => Some(Which::Smallest),
        _ => None,
    }
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
