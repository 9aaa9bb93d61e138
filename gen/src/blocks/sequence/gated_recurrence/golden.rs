use super::Config;

/// A frame, and what is kept of it.
pub fn next(c: &Config, inputs: &[Vec<i64>], state: &mut [i64]) -> Vec<Vec<i64>> {
    let half = 1i64 << (c.gate_bits - 1);
    let mut out = Vec::new();
    for ((f, v), h) in inputs[0].iter().zip(&inputs[1]).zip(state.iter_mut()) {
        let v = v << c.up;
        *h = v + ((f * (*h - v) + half) >> c.gate_bits);
        out.push(*h);
    }
    vec![out]
}
