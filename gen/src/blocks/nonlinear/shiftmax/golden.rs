use super::{Checked, Config, Half, Numerator};

/// Row by row: a maximum, exponentials and their sum, a division, products.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let longest = c.columns.div_ceil(c.lanes) as usize * c.lanes as usize;
    let (low, high) = (-1i64 << (c.bits - 1), (1i64 << (c.bits - 1)) - 1);
    let top = match c.numerator {
        Numerator::Less => (1i64 << 31) - 1,
        Numerator::Whole => 1 << 31,
    };
    let mut out = Vec::new();
    for row in inputs[0].chunks(longest) {
        let mut max = low;
        for x in row {
            if (low..=high).contains(x) {
                max = max.max(*x);
            }
        }
        let mut exps = Vec::new();
        let mut sum = 0i64;
        for x in row {
            let e = if (low..=high).contains(x) { exp(c, x - max) } else { 0 };
            sum += e;
            exps.push(e);
        }
        let factor = if sum == 0 { 0 } else { top / sum.min((1 << 31) - 1) };
        for e in exps {
            out.push((e * factor) >> (32 - c.out_bits));
        }
    }
    vec![out]
}

/// I-ViT's exponential of a code that is not above zero.
pub fn exp(c: &Config, x: i64) -> i64 {
    let (n, x0) = (i64::from(c.octaves), -i64::from(c.inverse_scale));
    let p = (x + (x >> 1) - (x >> 4)).max(n * x0);
    let q = p / x0;
    let r = p - q * x0;
    match c.half {
        Half::Floor => ((r >> 1) - x0) << (n - q),
        Half::Keep => ((r - 2 * x0) << (n - q)) >> 1,
    }
}
