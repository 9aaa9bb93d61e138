//! Operands of a node: what is found under their names, with scales and zero points.

use super::binding::{Binding, Kind, Real};
use super::scope::{At, Scope};
use crate::error::clean;
use niello_net::{Codes, DType};

impl Scope {
    /// The bound at an input; an error, where a constant stands there.
    pub fn binding(&mut self, at: &At, i: usize) -> Option<Binding> {
        let found = self.bindings.get(at.input(i)).cloned();
        if found.is_none() {
            let why = format!("its operand `{}` is a constant", clean(at.input(i)));
            let nearest = "operands that the model computes (onnxsim folds constants)";
            self.refuse(at, &why, nearest);
        }
        found
    }

    /// Behind an operator that only moves or picks: what ONNX Runtime then finds no pattern for is computed in float.
    pub fn behind(&self, at: &At, mut bound: Binding) -> Binding {
        match &mut bound.kind {
            // qonnx looks for no patterns.
            _ if !self.finds_patterns() => {}
            Kind::Real(r) => {
                r.passed = true;
                let pulled = ["Reshape", "Squeeze", "Unsqueeze", "Transpose", "MaxPool"];
                r.kept |= !pulled.contains(&at.node.op_type.as_str());
            }
            Kind::Pending(p) => p.float = true,
            Kind::Plain(_) => {}
        }
        bound
    }

    /// Codes with nothing done to them, behind a DequantizeLinear, at input `i`.
    pub fn operand(&mut self, at: &At, i: usize) -> Option<(Codes, Binding)> {
        let bound = self.binding(at, i)?;
        match &bound.kind {
            Kind::Real(Real { codes, function: None, .. }) => Some((*codes, bound)),
            Kind::Real(Real { function: Some((op, _)), .. }) => {
                let op = op.clone();
                self.unquantized(at, &op);
                None
            }
            Kind::Pending(p) => {
                let op = p.op.clone();
                self.unquantized(at, &op);
                None
            }
            Kind::Plain(DType::F32) => {
                self.never_quantized(at);
                None
            }
            Kind::Plain(_) => {
                self.quantization(at, "its input is not dequantized codes");
                None
            }
        }
    }

    /// Integer codes at input `i` with scale and zero point at `s` and `s + 1`.
    pub fn integer_operand(&mut self, at: &At, i: usize, s: usize) -> Option<(Codes, Binding)> {
        let bound = self.binding(at, i)?;
        let codes = self.codes(at, s, s + 1)?;
        if !matches!(bound.kind, Kind::Plain(d) if d == codes.dtype) {
            self.inconsistent(at, format!("input `{}` is not {}", clean(at.input(i)), codes.dtype.name()));
            return None;
        }
        Some((codes, bound))
    }

    /// Scales and zero points given as inputs `s` and `z`.
    pub fn scale(&mut self, at: &At, s: usize, z: usize) -> Option<(Vec<f32>, Vec<i64>, DType)> {
        let Some(scales) = self.constants.get(at.input(s)).map(|c| c.floats.clone()).filter(|f| !f.is_empty()) else {
            self.quantization(at, format!("scale `{}` is not a constant", clean(at.input(s))));
            return None;
        };
        let rank = [s, z].into_iter().filter_map(|k| self.constants.get(at.input(k))).find(|c| c.shape.len() > 1);
        if let Some(shape) = rank.map(|c| c.shape.clone()) {
            let what = format!("scale or zero point of shape {shape:?}: a scalar or a vector is one");
            self.quantization(at, what);
            return None;
        }
        if let Some(bad) = scales.iter().find(|s| !(s.is_normal() && **s > 0.0)) {
            self.quantization(at, format!("scale {bad} is not a positive normal number"));
            return None;
        }
        match self.constants.get(at.input(z)) {
            // Without a zero point the type is uint8, as the operator's definition says.
            None if at.input(z).is_empty() => Some((scales, vec![0], DType::U8)),
            Some(c) if c.floats.is_empty() && (c.len() == 1 || c.len() == scales.len()) => {
                Some((scales, c.ints.clone(), c.dtype))
            }
            _ => {
                self.quantization(at, format!("zero point `{}` is not a fitting constant", clean(at.input(z))));
                None
            }
        }
    }

    /// One scale and zero point of an 8-bit activation.
    pub fn codes(&mut self, at: &At, s: usize, z: usize) -> Option<Codes> {
        let (scales, zeros, dtype) = self.scale(at, s, z)?;
        match (&scales[..], &zeros[..]) {
            ([scale], [zero]) if dtype.bits() == 8 => Some(Codes { scale: *scale, zero: *zero, dtype }),
            _ => {
                self.quantization(at, format!("activations of {} with {} scales", dtype.name(), scales.len()));
                None
            }
        }
    }

    /// Nothing makes codes of the result of `op`.
    pub fn unquantized(&mut self, at: &At, op: &str) {
        self.unsupported(&at.place, op, "its result is never quantized", "a QuantizeLinear after it");
    }

    /// Floats come to a node that are no codes.
    pub fn never_quantized(&mut self, at: &At) {
        self.refuse(at, "it works on floats that were never quantized", "quantize the model (quantize_static does)");
    }
}
