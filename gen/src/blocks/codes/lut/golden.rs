use super::{Checked, Config};

/// `y = table[x - lowest]`.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let lowest = c.lowest();
    vec![inputs[0].iter().map(|x| c.derived()[(x - lowest) as usize]).collect()]
}
