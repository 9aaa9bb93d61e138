// Indices as in the defining formula.
#![allow(clippy::needless_range_loop)]

use super::{Checked, Config};

/// The defining sums, for the weights that the planes so far make.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (a, counts, bits) = (&inputs[0], &inputs[1], &inputs[2]);
    let (k, cols, depth) = (c.k as usize, c.cols as usize, c.depth as usize);
    let beats = k.div_ceil(depth);
    let bit = |plane: usize, x: usize, j: usize| bits[((plane * beats + x / depth) * cols + j) * depth + x % depth];
    let (mut planes, mut out) = (0usize, Vec::new());
    for count in counts {
        planes += *count as usize;
        for j in 0..cols {
            let mut sum = 0;
            for x in 0..k {
                let mut weight = -bit(0, x, j);
                for p in 1..planes {
                    weight = 2 * weight + bit(p, x, j);
                }
                sum += a[x] * weight;
            }
            out.push(sum);
        }
    }
    vec![out]
}
