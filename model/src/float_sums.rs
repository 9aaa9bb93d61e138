//! Sums that a framework itself keeps in float32, where they leave as floats: how far they may lie from exact ones.

use crate::graph::{Graph, Op, Tensor};

/// Roundings besides those of the sum: of operands, products, scales, alpha, a normalization, the bias, on both sides.
const MORE: usize = 16;

impl Graph {
    /// For each output the largest distance that rounding leaves between the framework's float32 sum, in any order, and the exact sum
    /// that the host scales: `(n + 16) 2^-24` of what its terms weigh at most. None: no such sums leave as floats.
    pub fn float_slack(&self) -> Option<Vec<f32>> {
        let last = self.nodes.last()?;
        let Op::Dequantize { scales, bias, .. } = &last.op else { return None };
        let sums = self.nodes.get(last.inputs[0].checked_sub(1)?).filter(|n| n.float_in_framework)?;
        let Op::Dense(d) = &sums.op else { return None };
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

    /// Elements of a sample's result that lie farther from the framework's than its own float sums may ([`Graph::float_slack`]).
    pub fn beyond_slack(&self, got: &Tensor, want: &Tensor) -> Option<usize> {
        let slack = self.float_slack()?;
        let apart = |(i, (a, b)): (usize, (&f32, &f32))| {
            a != b && ((a - b).abs() > slack[i % slack.len()] || a.is_nan() || b.is_nan())
        };
        Some(got.floats().iter().zip(want.floats()).enumerate().filter(|e| apart(*e)).count())
    }
}
