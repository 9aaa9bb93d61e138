use super::{Checked, Config};

/// Pair by pair.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (lo, hi) = (-1i64 << (c.bits - 1), (1i64 << (c.bits - 1)) - 1);
    let half = 1i64 << (c.fraction - 1);
    let mut out = Vec::new();
    for (x, (cosine, sine)) in inputs[0].chunks(2).zip(c.turns()) {
        let first = x[0] * cosine - x[1] * sine;
        let second = x[0] * sine + x[1] * cosine;
        for sum in [first, second] {
            out.push(((sum + half) >> c.fraction).clamp(lo, hi));
        }
    }
    vec![out]
}
