use super::{type_range, Checked, Config};
use crate::blocks::mac_array::{Cell, Mac};
use crate::blocks::stimulus::{constants, elements};
use crate::num::Prng;

/// Any sign mix and widths, zero points, folding that does not divide, single rows and columns.
pub fn config(rng: &mut Prng) -> Config {
    let inputs = 1 + rng.below(20) as u32;
    let outputs = 1 + rng.below(12) as u32;
    let groups = *rng.pick(&[1, 1, 1, 2, 3]);
    let (x_bits, w_bits) = (*rng.pick(&[1, 2, 4, 7, 8, 8, 13, 16]), *rng.pick(&[1, 2, 3, 4, 5, 6, 7, 8, 8, 16]));
    let (x_signed, w_signed) = (rng.chance(0.5), rng.chance(0.5));
    let (x, w) = (type_range(x_bits, x_signed), type_range(w_bits, w_signed));
    let zero = |rng: &mut Prng, r: crate::num::Range| match rng.below(3) {
        0 => r.lo as i64,
        1 => rng.range(r.lo as i64, r.hi as i64),
        _ => 0,
    };
    let weights = match rng.below(3) {
        0 => Vec::new(),
        _ => constants(rng, u64::from(groups) * u64::from(inputs) * u64::from(outputs), w_bits, w_signed),
    };
    // Weights of -1, 0 and 1 have a circuit of their own; a zero point of 1 or -1 makes some of fewer values.
    let ternary = w_bits == 2 && w_signed && x_signed;
    let weights: Vec<i64> = weights.into_iter().map(|w: i64| if ternary { w.max(-1) } else { w }).collect();
    let bias = match rng.below(3) {
        0 => Vec::new(),
        1 => vec![rng.range(-5000, 5000); (outputs * groups) as usize],
        _ => (0..outputs * groups).map(|_| rng.range(-200_000, 200_000)).collect(),
    };
    let mut part = |size: u32, most: u32| {
        let any = 1 + rng.below(size.min(most).into()) as u32;
        (1..=any).rev().find(|d| groups == 1 || size.is_multiple_of(*d)).unwrap_or(1)
    };
    let (simd, pe) = (part(inputs, 7), part(outputs, 5));
    let words = u64::from(groups) * u64::from(inputs.div_ceil(simd)) * u64::from(outputs.div_ceil(pe));
    let fits =
        |split: &u64| *split > 1 && words > *split + 1 && split.is_multiple_of((words - split).next_power_of_two());
    let splits: Vec<u64> = (1..words).filter(fits).collect();
    let split = if !splits.is_empty() && rng.chance(0.4) { *rng.pick(&splits) as u32 } else { 0 };
    Config {
        inputs,
        outputs,
        groups,
        pe,
        simd,
        pipeline: rng.below(1 + u64::from(Cell::most_pipeline(Mac::Plain, simd))) as u32,
        x_bits,
        x_signed,
        x_zero: zero(rng, x),
        w_bits,
        w_signed,
        w_zero: if ternary { zero(rng, w) / 3 } else { zero(rng, w) },
        split,
        weights,
        bias,
    }
}

/// Random vectors; sometimes the one that drives a row's sum to its extreme.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let x = type_range(c.x_bits, c.x_signed);
    let vector = |g: u32, rng: &mut Prng| {
        if rng.chance(0.3) {
            let row = (g * c.outputs) as usize + rng.below(c.outputs.into()) as usize;
            let (up, down) = if rng.chance(0.5) { (x.hi, x.lo) } else { (x.lo, x.hi) };
            let extreme = |w: &i64| if *w > 0 { up as i64 } else { down as i64 };
            let row = row * c.inputs as usize;
            return c.derived().weights[row..row + c.inputs as usize].iter().map(extreme).collect();
        }
        elements(rng, c.inputs.into(), c.x_bits, c.x_signed)
    };
    vec![(0..c.groups).flat_map(|g| vector(g, rng)).collect()]
}
