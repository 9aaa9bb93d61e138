// Indices as in the defining formula.
#![allow(clippy::needless_range_loop)]

use super::{Checked, Config};

/// The defining sum, with the zero points where the definition has them.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (x, l) = (&inputs[0], c.derived());
    let mut out = Vec::new();
    for n in 0..c.outputs as usize {
        let mut acc = l.given_bias[n];
        for k in 0..c.inputs as usize {
            acc += (l.given[n * c.inputs as usize + k] - c.w_zero) * (x[k] - c.x_zero);
        }
        out.push(acc);
    }
    vec![out]
}
