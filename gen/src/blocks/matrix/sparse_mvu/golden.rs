// Indices as in the defining formula.
#![allow(clippy::needless_range_loop)]

use super::{Checked, Config};

/// The defining sum over all columns, with the zero points where the definition has them.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (x, l) = (&inputs[0], c.derived());
    let (rows, columns) = (c.outputs as usize, c.inputs as usize);
    let mut out = Vec::new();
    for n in 0..rows {
        let mut acc = l.given_bias[n];
        for k in 0..columns {
            acc += (l.given[n * columns + k] - c.w_zero) * (x[k] - c.x_zero);
        }
        out.push(acc);
    }
    vec![out]
}
