use super::Config;
use crate::blocks::parts::row_codes::stimulus;
use crate::num::Prng;

/// Scales from those at which one code decides a row to those at which none does; results as frameworks have them, and odd ones.
pub fn config(rng: &mut Prng) -> Config {
    let (columns, lanes) = stimulus::sizes(rng);
    let (out_signed, out_bits) = (rng.chance(0.5), *rng.pick(&[8, 8, 4, 10]));
    let lowest = if out_signed { -1i64 << (out_bits - 1) } else { 0 };
    Config {
        columns,
        lanes,
        bits: *rng.pick(&[8, 8, 4, 10]),
        signed: rng.chance(0.5),
        absent: rng.chance(0.3),
        scale: *rng.pick(&[0.0625, 0.1, 0.013, 1.7]),
        out_bits,
        out_signed,
        out_scale: *rng.pick(&[1.0, 1.0, 1.3, 0.7]) / f64::from(1u32 << out_bits),
        out_zero: lowest + *rng.pick(&[0, 0, 3]),
        fraction: *rng.pick(&[17, 17, 12, 8]),
    }
}
