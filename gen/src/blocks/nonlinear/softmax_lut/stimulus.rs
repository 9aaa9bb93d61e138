use super::{Checked, Config};
use crate::num::gemmlowp::quantize_multiplier;
use crate::num::Prng;

/// Few and many classes; scales from flat rows to one code a factor of a hundred.
pub fn config(rng: &mut Prng) -> Config {
    let classes = if rng.chance(0.04) { 511 } else { *rng.pick(&[1, 2, 3, 7, 10, 12, 33]) };
    loop {
        let scale = 2f64.powf(rng.range(-1200, 230) as f64 / 100.0);
        let real = (scale * f64::from(1 << 26)).min(f64::from(i32::MAX));
        if let Some((multiplier, shift @ 0..=31)) = quantize_multiplier(real) {
            return Config { classes, multiplier: multiplier.into(), shift: shift as u32 };
        }
    }
}

/// Codes near each other, anywhere, all the same, or one far above.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let (centre, kind) = (rng.range(-100, 100), rng.below(4));
    let mut row: Vec<i64> = (0..c.classes)
        .map(|_| match kind {
            0 => centre + rng.range(-8, 8),
            1 => centre,
            _ => rng.range(-128, 127),
        })
        .collect();
    if kind == 3 {
        let at = rng.below(c.classes.into()) as usize;
        row[at] = 127;
    }
    vec![row]
}

/// All rows, where there are 65,536 at most.
pub fn every_frame(c: &Checked<Config>) -> Option<Vec<Vec<Vec<i64>>>> {
    let code = |n: u32, i: u32| i64::from((n >> (8 * i)) as u8 as i8);
    let row = |n: u32| vec![(0..c.classes).map(|i| code(n, i)).collect()];
    (c.classes <= 2).then(|| (0..1 << (8 * c.classes)).map(row).collect())
}

/// The ends of the result's range, and equal codes.
pub fn bins(inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    vec![
        ("certain", outputs[0].contains(&127)),
        ("impossible", outputs[0].contains(&-128)),
        ("all equal", inputs[0].len() > 1 && inputs[0].iter().all(|x| *x == inputs[0][0])),
    ]
}
