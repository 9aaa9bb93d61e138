//! Biases that ONNX Runtime adds as reals: behind a matrix times rows, and where sums leave as floats.

use super::flow::{Flow, Pending, Sums, What};
use super::import::{At, Importer};

impl Sums {
    /// Adds the bias as reals, if there are any.
    pub(super) fn add_reals(&mut self) -> bool {
        let Some(reals) = self.reals.take() else { return false };
        self.bias = None;
        self.offset = Some(reals.into_iter().map(f64::from).collect());
        true
    }

    /// What the host adds where sums leave as floats; then their bias holds no part of it.
    pub(super) fn take_reals(&mut self) -> Vec<f32> {
        if let Some(offset) = self.offset.take() {
            return offset.into_iter().map(|o| o as f32).collect();
        }
        let Some(reals) = self.reals.take() else { return Vec::new() };
        self.bias = None;
        reals
    }
}

impl Importer {
    /// Of rows, ONNX Runtime dequantizes a bias of codes, and adds it to what has become float.
    pub(super) fn dequantized_bias(&self, at: &At, i: usize, flow: &Flow, p: &mut Pending) {
        let What::Sums(s) = &mut p.what else { return };
        let scales = self.producers.get(at.input(i)).and_then(|dq| self.constants.get(dq.input.get(1)?));
        if let (Some(scales), Some(codes), true) = (scales, &s.bias, p.op == "MatMul" && flow.layout.shape.len() > 1) {
            let real = |(n, b): (usize, &i64)| *b as f32 * scales.floats[n % scales.floats.len()];
            s.reals = Some(codes.iter().enumerate().map(real).collect());
        }
    }
}
