//! Dense layers: FULLY_CONNECTED, Gemm, MatMul and their quantized forms.
//!
//! `acc[n] = sum_k w[n][k] (x[k] - x_zero) + bias[n]`, exact; then `clamp(scale(acc) + zero, min, max)` with the
//! scale of the framework (framework-rules.md 1 and 2).

use super::Dense;

pub fn run(d: &Dense, x: &[i64]) -> Vec<i64> {
    let k = x.len();
    let mut out = Vec::with_capacity(d.bias.len());
    for (n, bias) in d.bias.iter().enumerate() {
        let mut acc = *bias;
        for (w, v) in d.weights[n * k..(n + 1) * k].iter().zip(x) {
            acc += w * (v - d.x_zero);
        }
        out.push(match &d.recode {
            Some(r) => r.requant(n).apply(acc),
            None => acc,
        });
    }
    out
}
