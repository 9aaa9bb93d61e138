use super::{Checked, Config};

/// The definition, on integers of any sign.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (n, q0) = (i64::from(c.octaves), -i64::from(c.q_ln2));
    let mut out = Vec::new();
    for x in &inputs[0] {
        let x = (*x).min(0).max(n * q0);
        let z = x / q0;
        let r = x - z * q0;
        let polynomial = (r + i64::from(c.q_b)) * r + c.q_c as i64;
        out.push((polynomial << (n - z)).max(0));
    }
    vec![out]
}
