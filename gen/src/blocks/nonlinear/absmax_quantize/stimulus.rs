use super::Config;
use crate::blocks::parts::row_codes::stimulus::sizes;
use crate::num::Prng;

/// Factors that one multiplier takes, and wider ones.
pub fn config(rng: &mut Prng) -> Config {
    let (columns, lanes) = sizes(rng);
    Config { columns, lanes, bits: *rng.pick(&[16, 8, 2, 5, 11]), out_bits: *rng.pick(&[8, 4, 2, 5]) }
}
