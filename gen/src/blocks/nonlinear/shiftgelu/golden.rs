use super::{Checked, Config};
use crate::blocks::shiftmax::{Half, Numerator};

const MOST: i64 = (1 << 31) - 1;

/// Row by row: a maximum, and for each code two exponentials and a division.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let longest = c.columns.div_ceil(c.lanes) as usize * c.lanes as usize;
    let (low, high) = (-1i64 << (c.bits - 1), (1i64 << (c.bits - 1)) - 1);
    let top = match c.numerator {
        Numerator::Less => MOST,
        Numerator::Whole => 1 << 31,
    };
    let mut out = Vec::new();
    for row in inputs[0].chunks(longest) {
        let here = |x: &i64| (low..=high).contains(x);
        let max = row.iter().copied().filter(here).max().unwrap_or(low);
        for x in row {
            if !here(x) {
                out.push(0);
                continue;
            }
            let e = exp(c, x - max);
            let factor = top / (e + exp(c, -max)).min(MOST);
            out.push(x * ((e * factor) >> (32 - c.sigmoid_bits)));
        }
    }
    vec![out]
}

/// I-ViT's exponential, which is as large as counts at most.
pub fn exp(c: &Config, x: i64) -> i64 {
    let (n, x0) = (i64::from(c.octaves), -i64::from(c.inverse_scale));
    let p = (x + (x >> 1) - (x >> 4)).max(n * x0);
    let q = (-p).div_euclid(-x0);
    let r = p - q * x0;
    let shift = n - q;
    if shift > 40 {
        return MOST;
    }
    let e = match c.half {
        Half::Floor => i128::from((r >> 1) - x0) << shift,
        Half::Keep => (i128::from(r - 2 * x0) << shift) >> 1,
    };
    e.min(MOST.into()) as i64
}
