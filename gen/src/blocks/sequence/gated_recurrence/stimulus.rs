use super::{Checked, Config};
use crate::num::Prng;

/// Frames of a few beats, in which the next one's wait, and longer ones.
pub fn config(rng: &mut Prng) -> Config {
    let most = *rng.pick(&[3, 20]);
    let (bits, gate_bits) = (*rng.pick(&[2, 3, 8, 8, 11]), *rng.pick(&[1, 3, 8, 8, 16]));
    Config {
        channels: 1 + rng.below(most) as u32,
        lanes: *rng.pick(&[1, 1, 2, 3]),
        gate_bits,
        bits,
        up: *rng.pick(&[0, 1, 8, 12]),
    }
}

/// Gates and candidates at their ends, often.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let (gate, half) = ((1i64 << c.gate_bits) - 1, 1i64 << (c.bits - 1));
    let gates = (0..c.channels).map(|_| if rng.chance(0.4) { *rng.pick(&[0, gate]) } else { rng.range(0, gate) });
    let gates = gates.collect();
    let candidate = |rng: &mut Prng| match rng.below(3) {
        0 => *rng.pick(&[-half, half - 1, 0]),
        _ => rng.range(-half, half - 1),
    };
    vec![gates, (0..c.channels).map(|_| candidate(rng)).collect()]
}
