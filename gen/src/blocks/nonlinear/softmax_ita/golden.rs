use super::{Checked, Config, ONE};

/// Row by row: a pass over the blocks, a division, a pass over the columns.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let lanes = c.lanes as usize;
    let longest = c.columns.div_ceil(c.lanes) as usize * lanes;
    let mut out = Vec::new();
    for row in inputs[0].chunks(longest) {
        let (mut max, mut denominator) = (-128i64, 0i64);
        for block in row.chunks(lanes) {
            let before = max;
            for x in block {
                max = max.max(*x);
            }
            denominator = right(denominator, max - before);
            for x in block {
                denominator += right(256, max - x);
            }
        }
        let inverse = ONE / denominator;
        for x in row {
            out.push(right(inverse, max - x));
        }
    }
    vec![out]
}

/// `v 2^-by`, rounded down.
pub fn right(v: i64, by: i64) -> i64 {
    if by > 62 {
        0
    } else {
        v >> by
    }
}
