use super::{Config, Half, Numerator};
use crate::blocks::parts::row_codes::stimulus;
use crate::num::Prng;

/// Scales from those at which every code is an octave to those at which all codes lie in one.
pub fn config(rng: &mut Prng) -> Config {
    let (columns, lanes) = stimulus::sizes(rng);
    let octaves = *rng.pick(&[15, 15, 15, 16, 1, 4, 20]);
    let inverse_scale = match rng.below(4) {
        0 => 1 + rng.below(4) as u32,
        1 => 1 << rng.below(8),
        _ => 1 + rng.below(100) as u32,
    };
    Config {
        columns,
        lanes,
        bits: *rng.pick(&[8, 8, 8, 4, 10, 16]),
        absent: rng.chance(0.3),
        inverse_scale,
        octaves,
        numerator: *rng.pick(&[Numerator::Less, Numerator::Whole]),
        half: *rng.pick(&[Half::Floor, Half::Keep]),
        out_bits: *rng.pick(&[8, 8, 16, 4]),
    }
}
