use super::{Config, Neuron, Reset};

/// What a neuron keeps: its potential and its synaptic current.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    u: i64,
    s: i64,
}

impl State {
    /// The potential.
    #[cfg(test)]
    pub fn potential(&self) -> i64 {
        self.u
    }
}

/// A step of time, and what is kept of it.
pub fn next(c: &Config, inputs: &[Vec<i64>], state: &mut [State]) -> Vec<Vec<i64>> {
    let (most, threshold) = ((1i64 << (c.state_bits - 1)) - 1, i64::from(c.threshold));
    let leak = |v: i64, part: u32| (i64::from(part) * v).div_euclid(1 << c.fraction);
    let saturated = |v: i64| v.clamp(-most - 1, most);
    let mut out = Vec::new();
    for (i, n) in inputs[0].iter().zip(state.iter_mut()) {
        let fired = n.u > threshold;
        let drive = match c.neuron {
            Neuron::Leaky => *i,
            Neuron::CuBa => {
                n.s = saturated(leak(n.s, c.alpha) + i);
                n.s
            }
        };
        let u = match (fired, c.reset, c.neuron) {
            (false, ..) => leak(n.u, c.beta) + drive,
            (true, Reset::Subtract, _) => leak(n.u, c.beta) + drive - threshold,
            (true, Reset::Zero, Neuron::Leaky) => drive,
            (true, Reset::Zero, Neuron::CuBa) => 0,
        };
        n.u = saturated(u);
        out.push(i64::from(n.u > threshold));
    }
    vec![out]
}
