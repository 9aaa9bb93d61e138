//! Frames of rows: lengths on both sides of what the stages take, codes near each other and far apart.

use super::Rows;
use crate::num::Prng;

/// Columns and lanes: one lane and many; rows of one beat, and longer ones than the division.
pub fn sizes(rng: &mut Prng) -> (u32, u32) {
    let lanes = *rng.pick(&[1, 1, 2, 3, 4, 16]);
    let columns = lanes * *rng.pick(&[1, 2, 5, 12, 30]) + if lanes > 1 { rng.below(2) as u32 } else { 0 };
    (columns, lanes)
}

/// Whole beats; codes near each other, anywhere, rising, all the same or all but a few; seldom longer than the longest row. Where numbers may be absent some are, seldom
/// all of them.
pub fn frame(rows: &Rows, rng: &mut Prng) -> Vec<i64> {
    let most = u64::from(rows.beats());
    let beats = match rng.below(8) {
        0 => most,
        1 => 1,
        2 => most + 1 + rng.below(most.max(12)),
        _ => 1 + rng.below(most),
    };
    let (low, top) = rows.codes_range();
    let (n, centre, kind) = (beats as i64 * i64::from(rows.lanes), rng.range(low, top), rng.below(7));
    // No code of its bits: above and below of them, or for unsigned ones above only.
    let none =
        if rows.signed { [top + 1, 2 * top + 1, low - 1, 2 * low] } else { [top + 1, 2 * top + 1, top + 2, top + 1] };
    let spread = *rng.pick(&[2, 4, 9, 20, 60]);
    let gaps = *rng.pick(&[0, 10, 50, 100]);
    let code = |rng: &mut Prng, i: i64| {
        let code = match kind {
            0 => rng.range(low, top),
            1 => centre,
            2 => centre + spread * i / n.max(1) + rng.range(-1, 1),
            3 => centre - i.min(20) + rng.range(0, 2),
            6 => centre + if rng.below(n as u64) == 0 { *rng.pick(&[-spread, spread]) } else { 0 },
            4 => *rng.pick(&[low, (low + top) / 2, top, top]),
            _ => centre + rng.range(-spread, spread),
        };
        if rows.absent && rng.below(100) < gaps {
            *rng.pick(&none)
        } else {
            code.clamp(low, top)
        }
    };
    (0..n).map(|i| code(rng, i)).collect()
}

/// Lengths on both sides of the division and of the longest row; results at both ends (`zero` and `one`); absent numbers, and rows of nothing else.
pub fn bins(rows: &Rows, apart: u64, [zero, one]: [i64; 2], x: &[i64], y: &[i64]) -> Vec<(&'static str, bool)> {
    let beats = x.len() as u64 / u64::from(rows.lanes);
    let (low, top) = rows.codes_range();
    let absent = x.iter().filter(|x| !(low..=top).contains(*x)).count();
    let mut bins = vec![
        ("shorter than the division", beats < apart),
        ("cut", beats > rows.beats().into()),
        ("zero", y.iter().any(|y| *y <= zero)),
        ("one", y.iter().any(|y| *y >= one)),
    ];
    if rows.absent {
        bins.extend([("absent", absent > 0), ("none there", absent == x.len())]);
    }
    bins
}
