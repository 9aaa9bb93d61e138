// Indices as in the defining formula.
#![allow(clippy::needless_range_loop)]

use super::{Checked, Config, Dataflow};

/// The defining sums, on the streams' order of tiles.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let out = if c.dataflow == Dataflow::WeightStationary { weight_stationary(c, inputs) } else { tiled(c, inputs) };
    vec![out]
}

fn tiled(c: &Config, inputs: &[Vec<i64>]) -> Vec<i64> {
    let (rows, cols, m, k, n) = (c.rows as usize, c.cols as usize, c.m as usize, c.k as usize, c.n as usize);
    let depth = if c.dataflow == Dataflow::OutputStationary { 1 } else { c.depth as usize };
    let groups = k.div_ceil(depth);
    let mut out = Vec::new();
    let mut tile = 0;
    for i0 in (0..m).step_by(rows) {
        for j0 in (0..n).step_by(cols) {
            for r in 0..rows {
                for j in 0..cols {
                    let mut sum = 0;
                    for x in 0..k {
                        let beat = tile * groups + x / depth;
                        let a = inputs[0][(beat * rows + r) * depth + x % depth] - c.a_zero;
                        let b = inputs[1][(beat * cols + j) * depth + x % depth] - c.b_zero;
                        sum += a * b;
                    }
                    out.push(if i0 + r < m && j0 + j < n { sum } else { 0 });
                }
            }
            tile += 1;
        }
    }
    out
}

fn weight_stationary(c: &Config, inputs: &[Vec<i64>]) -> Vec<i64> {
    let (rows, cols, m, k, n) = (c.rows as usize, c.cols as usize, c.m as usize, c.k as usize, c.n as usize);
    let groups = k.div_ceil(rows);
    let mut out = Vec::new();
    for (t, j0) in (0..n).step_by(cols).enumerate() {
        for i in 0..m {
            for j in 0..cols {
                let mut sum = 0;
                for x in 0..k {
                    let tile = t * groups + x / rows;
                    let a = inputs[0][(tile * m + i) * rows + x % rows] - c.a_zero;
                    let b = inputs[1][(tile * rows + x % rows) * cols + j] - c.b_zero;
                    sum += a * b;
                }
                out.push(if j0 + j < n { sum } else { 0 });
            }
        }
    }
    out
}
