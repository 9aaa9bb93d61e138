use super::{Checked, Config};

/// I-BERT's iteration, which ends where it no longer falls.
pub fn run(_: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let mut out = Vec::new();
    for n in &inputs[0] {
        if *n == 0 {
            out.push(0);
            continue;
        }
        let bits = 64 - n.leading_zeros();
        let mut x = 1i64 << bits.div_ceil(2);
        loop {
            let next = (x + n / x) >> 1;
            if next >= x {
                break;
            }
            x = next;
        }
        out.push(x);
    }
    vec![out]
}
