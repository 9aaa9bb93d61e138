use super::{Checked, Config};

/// Of a row: the largest magnitude, the sum of squares, its root, the quotient.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (mut most, mut squares) = (0i64, 0i64);
    for x in &inputs[0] {
        most = most.max(x.abs());
        squares += x * x;
    }
    let (mut low, mut high) = (0i64, 1 << 24);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if middle * middle <= squares {
            low = middle;
        } else {
            high = middle;
        }
    }
    vec![vec![(most << c.fraction) / low.max(1)]]
}
