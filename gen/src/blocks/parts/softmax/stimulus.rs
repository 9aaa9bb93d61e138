//! Rows for softmaxes: lengths on both sides of what the stages take, codes near each other and far apart.

use super::Rows;
use crate::num::Prng;

/// Columns and lanes: one lane and many; rows of one beat, and longer ones than the division.
pub fn sizes(rng: &mut Prng) -> (u32, u32) {
    let lanes = *rng.pick(&[1, 1, 2, 3, 4, 16]);
    let columns = lanes * *rng.pick(&[1, 2, 5, 12, 30]) + if lanes > 1 { rng.below(2) as u32 } else { 0 };
    (columns, lanes)
}

/// Whole beats; codes near each other, anywhere, rising, all the same; seldom longer than the longest row. Where numbers may be absent some are, seldom
/// all of them.
pub fn frame(rows: &Rows, rng: &mut Prng) -> Vec<i64> {
    let most = u64::from(rows.beats());
    let beats = match rng.below(8) {
        0 => most,
        1 => 1,
        2 => most + 1 + rng.below(most),
        _ => 1 + rng.below(most),
    };
    let top = (1i64 << (rows.bits - 1)) - 1;
    let (n, centre, kind) = (beats as i64 * i64::from(rows.lanes), rng.range(-top, top), rng.below(6));
    let spread = *rng.pick(&[2, 4, 9, 20, 60]);
    let gaps = *rng.pick(&[0, 10, 50, 100]);
    let code = |rng: &mut Prng, i: i64| {
        let code = match kind {
            0 => rng.range(-top - 1, top),
            1 => centre,
            2 => centre + spread * i / n.max(1) + rng.range(-1, 1),
            3 => centre - i.min(20) + rng.range(0, 2),
            4 => *rng.pick(&[-top - 1, -1, 0, top]),
            _ => centre + rng.range(-spread, spread),
        };
        if rows.absent && rng.below(100) < gaps {
            // No code of its bits: from the first one above to the last one below.
            *rng.pick(&[top + 1, 2 * top + 1, -top - 2, -2 * top - 2])
        } else {
            code.clamp(-top - 1, top)
        }
    };
    (0..n).map(|i| code(rng, i)).collect()
}

/// Lengths on both sides of the division and of the longest row; results at both ends; absent numbers, and rows of nothing else.
pub fn bins(rows: &Rows, apart: u64, one: i64, x: &[i64], y: &[i64]) -> Vec<(&'static str, bool)> {
    let beats = x.len() as u64 / u64::from(rows.lanes);
    let top = (1i64 << (rows.bits - 1)) - 1;
    let absent = x.iter().filter(|x| !(-top - 1..=top).contains(*x)).count();
    let mut bins = vec![
        ("shorter than the division", beats < apart),
        ("cut", beats > rows.beats().into()),
        ("zero", y.contains(&0)),
        ("one", y.iter().any(|y| *y >= one)),
    ];
    if rows.absent {
        bins.extend([("absent", absent > 0), ("none there", absent == x.len())]);
    }
    bins
}
