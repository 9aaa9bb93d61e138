use super::{Checked, Config};
use crate::num::Prng;

/// Sets of all sizes, few and many thresholds, equal ones and such as are never or always reached.
pub fn config(rng: &mut Prng) -> Config {
    let channels = 1 + rng.below(9) as u32;
    let acc_bits = *rng.pick(&[2, 5, 12, 12, 20, 33, 62]);
    let (out_bits, out_signed) = (*rng.pick(&[1, 2, 2, 3, 4, 8]), rng.chance(0.5));
    let most = (1u32 << out_bits) - 1;
    let steps = if rng.chance(0.5) { most } else { 1 + rng.below(most.into()) as u32 };
    let floor = if out_signed { -(1i64 << (out_bits - 1)) } else { 0 };
    let lowest = floor + rng.below(u64::from(most - steps) + 1) as i64;
    let sets = match rng.below(3) {
        0 => 1,
        1 => channels as usize,
        _ => 1 + rng.below(3) as usize,
    };
    let which: Vec<i64> = match sets {
        1 => Vec::new(),
        n if n == channels as usize && rng.chance(0.7) => Vec::new(),
        n => (0..i64::from(channels)).map(|i| if i < n as i64 { i } else { rng.below(n as u64) as i64 }).collect(),
    };
    // As many sets as elements name.
    let sets = which.iter().max().map_or(sets, |w| *w as usize + 1);
    let top = 1i64 << (acc_bits - 1);
    let middle = rng.range(-top / 2, top / 2);
    let spread = (*rng.pick(&[1, 40, top])).min(top / 2);
    let thresholds = (0..sets)
        .flat_map(|_| {
            let mut set: Vec<i64> = (0..steps).map(|_| middle + rng.range(-spread, spread)).collect();
            if rng.chance(0.2) {
                set[0] = -top;
                set[steps as usize - 1] = top;
            }
            set.sort();
            set
        })
        .collect();
    let lanes = *rng.pick(&[1, 1, 2, 3]);
    Config { channels, lanes, acc_bits, out_bits, out_signed, lowest, steps, thresholds, which }
}

/// Mostly accumulators next to a threshold of their own.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let top = 1i64 << (c.acc_bits - 1);
    let element = |i: u32| match rng.below(8) {
        0 => -top,
        1 => top - 1,
        2 => rng.range(-top, top - 1),
        _ => (*rng.pick(c.set(i as usize)) + rng.range(-1, 1)).clamp(-top, top - 1),
    };
    vec![(0..c.channels).map(element).collect()]
}

/// Both ends, and accumulators at a threshold and one below it.
pub fn bins(c: &Checked<Config>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    let away = |by: i64| inputs[0].iter().enumerate().any(|(i, acc)| c.set(i).contains(&(acc + by)));
    vec![
        ("lowest code", outputs[0].contains(&c.lowest)),
        ("highest code", outputs[0].contains(&(c.lowest + i64::from(c.steps)))),
        ("at a threshold", away(0)),
        ("one below a threshold", away(1)),
    ]
}
