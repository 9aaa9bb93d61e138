use super::{Checked, Config, Offset};
use crate::blocks::stimulus::elements;
use crate::num::Prng;

/// Few tokens and some, codes of one number and of many.
pub fn config(rng: &mut Prng) -> Config {
    let width = 1 + rng.below(12) as u32;
    let lanes: Vec<u32> = (1..=width).filter(|l| width.is_multiple_of(*l)).collect();
    Config {
        tokens: 1 + rng.below(8) as u32,
        codes: *rng.pick(&[1, 2, 5, 8, 16]),
        width,
        lanes: *rng.pick(&lanes),
        bits: *rng.pick(&[8, 8, 4, 2, 16]),
        fraction: *rng.pick(&[0, 0, 3, 8]),
        out_bits: *rng.pick(&[8, 8, 4, 16]),
        offset: *rng.pick(Offset::ALL),
    }
}

/// Codes of -1, 0 and 1, few of no number; keys like the queries and their opposites; values at their ends.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let (n, codes) = (c.tokens as usize, c.codes as usize);
    let keys: Vec<i64> = (0..n * codes).map(|_| *rng.pick(&[-1, -1, -1, 1, 1, 1, 0, -2])).collect();
    let queries: Vec<i64> = match rng.below(4) {
        0 => keys.clone(),
        // The largest and the smallest divisors.
        1 => keys.iter().enumerate().map(|(i, _)| if keys[i % codes] < 0 { 1 } else { -1 }).collect(),
        2 => keys.iter().enumerate().map(|(i, _)| keys[i % codes]).collect(),
        _ => (0..n * codes).map(|_| *rng.pick(&[-1, 0, 1, -2])).collect(),
    };
    let keys = if rng.chance(0.3) { keys.iter().enumerate().map(|(i, _)| keys[i % codes]).collect() } else { keys };
    let values = elements(rng, (c.tokens * c.width).into(), c.bits, true);
    match c.offset {
        Offset::Own => {
            let own =
                if rng.chance(0.7) { values.clone() } else { elements(rng, (c.tokens * c.width).into(), c.bits, true) };
            vec![keys, values, queries, own]
        }
        Offset::All => vec![keys, values, queries],
    }
}
