use super::{Checked, Config};

/// Every receiver gets everything.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    (0..c.outputs).map(|_| inputs[0].clone()).collect()
}
