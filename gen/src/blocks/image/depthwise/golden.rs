use super::{Checked, Config};

/// The defining sum, with the zero point where the definition has it.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (x, l) = (&inputs[0], c.derived());
    let (taps, lanes) = (c.taps as usize, c.lanes as usize);
    let mut out = Vec::new();
    for channel in 0..c.channels as usize {
        let mut acc = l.given_bias[channel];
        for t in 0..taps {
            let at = (channel / lanes * taps + t) * lanes + channel % lanes;
            acc += l.weights[channel * taps + t] * (x[at] - c.x_zero);
        }
        out.push(acc);
    }
    vec![out]
}
