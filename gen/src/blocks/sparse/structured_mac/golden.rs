use super::{Checked, Config};

/// Sums of kept weights times the activations that they name.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let [m, k, n, cols, depth, keep, of] = [c.m, c.k, c.n, c.cols, c.depth, c.keep, c.of].map(|v| v as usize);
    let (steps, half) = (k / (of * depth), 1i64 << (c.b_bits - 1));
    let mut sums = Vec::new();
    for i in 0..m {
        for j in 0..n {
            let mut sum = 0;
            for g in 0..k / of {
                // The beat of the row's tile in which the group is.
                let beat = (i * (n / cols) + j / cols) * steps + g / depth;
                for s in 0..keep {
                    let b = inputs[1][((beat * cols + j % cols) * depth + g % depth) * keep + s];
                    let (value, position) = (b & ((1 << c.b_bits) - 1), (b >> c.b_bits) as usize);
                    let value = if c.b_signed && value >= half { value - 2 * half } else { value };
                    sum += value * inputs[0][(beat * depth + g % depth) * of + position];
                }
            }
            sums.push(sum);
        }
    }
    vec![sums]
}
