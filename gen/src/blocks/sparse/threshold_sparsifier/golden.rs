use super::{Checked, Config};

/// What is kept, and what is not.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (mut kept, mut rest) = (Vec::new(), Vec::new());
    for (i, x) in inputs[0].iter().enumerate() {
        let channel = i % c.columns as usize;
        let t = if c.thresholds.len() == 1 { c.thresholds[0] } else { c.thresholds[channel] };
        let d = x - c.zero;
        let is_above = d > t || -d > t;
        kept.push(if is_above { d } else { 0 });
        rest.push(if is_above { 0 } else { d });
    }
    if c.rest {
        vec![kept, rest]
    } else {
        vec![kept]
    }
}
