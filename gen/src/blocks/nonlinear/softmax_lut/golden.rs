use super::{Checked, Config};
use crate::num::gemmlowp::{exp_on_negative_values, one_over_one_plus};
use crate::num::gemmlowp::{rdbpot, srdhm};

/// The kernel, step by step.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let row = &inputs[0];
    let least = -(31.0 * f64::from(1 << 26) / 2f64.powi(c.shift as i32)).floor() as i64;
    let max = row.iter().copied().max().unwrap_or(0);
    let exp = |x: i64| {
        let shifted = ((x - max) << c.shift).clamp(i32::MIN.into(), i32::MAX.into()) as i32;
        exp_on_negative_values(srdhm(shifted, c.multiplier as i32))
    };
    let mut sum = 0i32;
    for x in row.iter().filter(|x| **x - max >= least) {
        sum += rdbpot(exp(*x), 12);
    }
    let headroom = sum.leading_zeros();
    let fraction = ((i64::from(sum) << headroom) - (1 << 31)) as i32;
    let inverse = one_over_one_plus(fraction);
    let mut out = Vec::new();
    for x in row {
        let y = if *x - max < least { 0 } else { rdbpot(srdhm(inverse, exp(*x)), 12 - headroom + 31 - 8) };
        out.push((i64::from(y) - 128).clamp(-128, 127));
    }
    vec![out]
}
