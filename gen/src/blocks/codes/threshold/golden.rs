use super::{Checked, Config};

/// The defining equation. Sets lie one behind the other: the named one, each channel's own, or the only one.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (steps, channels) = (c.steps as usize, c.channels as usize);
    let mut y = Vec::new();
    for (i, acc) in inputs[0].iter().enumerate() {
        let channel = i % channels;
        let set = if !c.which.is_empty() {
            c.which[channel] as usize
        } else if c.thresholds.len() > steps {
            channel
        } else {
            0
        };
        let mut code = c.lowest;
        for k in 0..steps {
            code += i64::from(*acc >= c.thresholds[set * steps + k]);
        }
        y.push(code);
    }
    vec![y]
}
