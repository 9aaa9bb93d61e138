use super::{Checked, Config};

/// The defining equation.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let n = c.dims.len();
    let mut y = Vec::new();
    let mut i = vec![0i64; n];
    loop {
        // Where the element with these coordinates of the result stands in the operand.
        let mut j = vec![0; n];
        for k in 0..n {
            j[c.order[k] as usize] = i[k];
        }
        let mut at = 0;
        for (dim, j) in c.dims.iter().zip(&j) {
            at = at * dim + j;
        }
        y.push(inputs[0][at as usize]);
        // The next coordinates, the last one first.
        let mut k = n;
        loop {
            if k == 0 {
                return vec![y];
            }
            k -= 1;
            i[k] += 1;
            if i[k] < c.dims[c.order[k] as usize] {
                break;
            }
            i[k] = 0;
        }
    }
}
