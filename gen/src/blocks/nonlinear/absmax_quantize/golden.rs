use super::{Checked, Config};

/// Row by row: the largest magnitude, its inverse, products.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let longest = c.columns.div_ceil(c.lanes) as usize * c.lanes as usize;
    let fraction = c.bits + c.out_bits;
    let largest = (1i64 << (c.out_bits - 1)) - 1;
    let mut out = Vec::new();
    for row in inputs[0].chunks(longest) {
        let mut most = 1;
        for x in row {
            most = most.max(x.abs());
        }
        let inverse = (largest << fraction) / most;
        for x in row {
            out.push((x * inverse + (1 << (fraction - 1))) >> fraction);
        }
    }
    vec![out]
}
