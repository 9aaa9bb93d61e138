use super::{Checked, Config};
use crate::blocks::stimulus::{constants, elements};
use crate::num::{range_of, Prng, Range};

fn type_range(bits: u32, signed: bool) -> Range {
    range_of(bits, signed).unwrap_or(Range::new(0, 0))
}

/// Matrices of all densities, with rows of zeros, rows that are much longer than others, one entry alone.
pub fn config(rng: &mut Prng) -> Config {
    let (inputs, outputs) = (1 + rng.below(24) as u32, 1 + rng.below(14) as u32);
    let (x_bits, w_bits) = (*rng.pick(&[1, 2, 4, 7, 8, 8, 13, 16]), *rng.pick(&[1, 2, 3, 5, 8, 8, 16]));
    let (x_signed, w_signed) = (rng.chance(0.5), rng.chance(0.5));
    let zero = |rng: &mut Prng, r: Range| match rng.below(3) {
        0 => r.lo as i64,
        1 => rng.range(r.lo as i64, r.hi as i64),
        _ => 0,
    };
    let w_range = type_range(w_bits, w_signed);
    let (x_zero, w_zero) = (zero(rng, type_range(x_bits, x_signed)), zero(rng, w_range));
    let mut weights: Vec<i64> = constants(rng, u64::from(inputs) * u64::from(outputs), w_bits, w_signed);
    let densities = [0.0, 0.1, 0.5, 1.0];
    let (only, even) = (rng.chance(0.1), rng.chance(0.4).then(|| *rng.pick(&densities)));
    for row in weights.chunks_mut(inputs as usize) {
        let density = even.unwrap_or(*rng.pick(&densities));
        for w in row {
            if only || rng.chance(1.0 - density) {
                *w = w_zero;
            }
        }
    }
    // Something is there to multiply.
    let at = rng.below(weights.len() as u64) as usize;
    weights[at] = if w_zero == w_range.lo as i64 { w_range.hi as i64 } else { w_range.lo as i64 };
    let bias = match rng.below(3) {
        0 => Vec::new(),
        1 => vec![rng.range(-5000, 5000); outputs as usize],
        _ => (0..outputs).map(|_| rng.range(-200_000, 200_000)).collect(),
    };
    let (pe, simd) = (1 + rng.below(outputs.min(4).into()) as u32, 1 + rng.below(inputs.min(6).into()) as u32);
    let divisors: Vec<u32> = (1..=pe).filter(|d| pe.is_multiple_of(*d)).collect();
    let (lanes, out_lanes) = (1 + rng.below(simd.into()) as u32, *rng.pick(&divisors));
    Config {
        inputs,
        outputs,
        pe,
        simd,
        lanes,
        out_lanes,
        x_bits,
        x_signed,
        x_zero,
        w_bits,
        w_signed,
        w_zero,
        weights,
        bias,
    }
}

/// Random vectors; sometimes the one that drives a row's sum to its extreme.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    if rng.chance(0.7) {
        return vec![elements(rng, c.inputs.into(), c.x_bits, c.x_signed)];
    }
    let x = type_range(c.x_bits, c.x_signed);
    let row = rng.below(c.outputs.into()) as usize * c.inputs as usize;
    let (up, down) = if rng.chance(0.5) { (x.hi, x.lo) } else { (x.lo, x.hi) };
    let extreme = |w: &i64| if *w > c.w_zero { up as i64 } else { down as i64 };
    vec![c.derived().given[row..row + c.inputs as usize].iter().map(extreme).collect()]
}
