// Indices as in the defining formula.
#![allow(clippy::needless_range_loop)]

use super::{Checked, Config};

/// The defining sum, with the zero points where the definition has them.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (x, l) = (&inputs[0], c.derived());
    let mut out = Vec::new();
    let (rows, columns) = (c.outputs as usize, c.inputs as usize);
    for g in 0..c.groups as usize {
        for n in g * rows..(g + 1) * rows {
            let mut acc = l.given_bias[n];
            for k in 0..columns {
                acc += (l.given[n * columns + k] - c.w_zero) * (x[g * columns + k] - c.x_zero);
            }
            out.push(acc);
        }
    }
    vec![out]
}
