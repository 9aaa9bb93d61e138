use super::{Checked, Config};

/// The frame, several times.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let mut out = Vec::new();
    for _ in 0..c.times {
        for x in &inputs[0] {
            out.push(*x);
        }
    }
    vec![out]
}
