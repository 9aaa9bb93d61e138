//! Sums that a framework itself keeps in float32, where they leave as floats: how far they may lie from exact ones.

use crate::layers::Dense;
use crate::{Graph, Op};

/// Roundings besides those of the sum: of operands, products, scales, alpha, a normalization, the bias, on both sides.
const MORE: usize = 16;

impl Graph {
    /// For each output the largest distance that rounding leaves between the framework's float32 sum, in any order, and the exact sum
    /// that the host scales: `(n + 16) 2^-24` of what its terms weigh at most. None: no such sums leave as floats.
    pub fn float_slack(&self) -> Option<Vec<f32>> {
        let last = self.nodes.last()?;
        let Op::Dequantize { scales, bias, .. } = &last.op else { return None };
        let sums = self.nodes.get(last.inputs[0].checked_sub(1)?).filter(|n| n.float_in_framework)?;
        let d = sums.op.layer::<Dense>()?;
        if d.recode.is_some() {
            return None;
        }
        let (lo, hi) = self.value(sums.inputs[0]).dtype.range();
        let most = (d.x_zero - lo).abs().max((hi - d.x_zero).abs()) as f64;
        let columns = d.weights.len() / d.bias.len();
        let slack = |(n, row): (usize, &[i64])| {
            let terms = row.iter().map(|w| w.abs() as f64).sum::<f64>() * most + d.bias[n].abs() as f64;
            let real = bias.get(n).map_or(0.0, |b| f64::from(b.abs()));
            let weight = terms * f64::from(scales[n % scales.len()]) + real;
            (weight * (columns + MORE) as f64 * 2f64.powi(-24)) as f32
        };
        Some(d.weights.chunks(columns).enumerate().map(slack).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DType, Node, Value};

    fn sums(float_in_framework: bool) -> Graph {
        let value = |name: &str, n: usize, dtype| Value { name: name.into(), shape: vec![n], dtype };
        let node = |name: &str, op, inputs, output| Node {
            name: name.into(),
            kind: name.into(),
            op,
            inputs,
            output,
            float_in_framework,
        };
        let dense = Dense { x_zero: 100, weights: vec![3, -5, 7, 1], bias: vec![0, 0], recode: None };
        let back = Op::Dequantize { scales: vec![0.5], zero: 0, bias: vec![2.0, 0.0] };
        Graph {
            name: "sums".into(),
            format: "onnx",
            profile: "ort-int",
            input: value("x", 2, DType::U8),
            nodes: vec![
                node("Gemm", dense.into(), vec![0], value("t", 2, DType::I32)),
                node("DequantizeLinear", back, vec![1], value("y", 2, DType::F32)),
            ],
            hardware_softmax: false,
        }
    }

    #[test]
    fn float_slack__is_what_rounding_of_all_terms_can_leave() {
        let graph = sums(true);
        // Terms weigh 8 * 155 and as much, times the scale, and the bias.
        let slack = graph.float_slack().unwrap();
        let unit = 18.0 * 2f32.powi(-24);
        assert_eq!(slack, [622.0 * unit, 620.0 * unit]);
        assert_eq!(sums(false).float_slack(), None);
    }
}
