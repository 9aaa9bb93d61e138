use super::{Checked, Config, Neuron, Reset};
use crate::num::Prng;

/// Frames of a few beats, in which the next one's wait, and longer ones; states that are narrow for what comes in.
pub fn config(rng: &mut Prng) -> Config {
    let (most, fraction) = (*rng.pick(&[3, 20]), *rng.pick(&[1, 3, 8, 8, 12]));
    let (bits, more) = (*rng.pick(&[2, 3, 8, 8, 11]), *rng.pick(&[1, 2, 8, 13]));
    let state_bits = (bits + more).clamp(3, 24);
    let neuron = *rng.pick(&[Neuron::Leaky, Neuron::CuBa]);
    let part = |rng: &mut Prng| match rng.below(4) {
        0 => *rng.pick(&[0, 1 << fraction]),
        _ => rng.range(0, 1 << fraction) as u32,
    };
    let beta = part(rng);
    let alpha = if neuron == Neuron::CuBa { part(rng) } else { 0 };
    Config {
        channels: 1 + rng.below(most) as u32,
        lanes: *rng.pick(&[1, 1, 2, 3]),
        bits,
        state_bits,
        fraction,
        beta,
        alpha,
        threshold: rng.range(0, 3 << (bits - 1)).min((1 << (state_bits - 1)) - 2) as u32,
        neuron,
        reset: *rng.pick(&[Reset::Subtract, Reset::Zero]),
    }
}

/// More of what makes neurons fire than not; ends, often.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let half = 1i64 << (c.bits - 1);
    let up = rng.chance(0.6);
    let element = |rng: &mut Prng| match rng.below(4) {
        0 => *rng.pick(&[-half, half - 1, 0]),
        1 if up => rng.range(0, half - 1),
        2 if up => half - 1,
        _ => rng.range(-half, half - 1),
    };
    vec![(0..c.channels).map(|_| element(rng)).collect()]
}
