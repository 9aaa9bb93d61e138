use super::{Checked, Config, Offset};

/// A number of a code.
fn code(x: i64) -> i64 {
    match x {
        1 => 1,
        -1 => -1,
        _ => 0,
    }
}

/// Token by token, over all tokens: the square of them, as the definition has it.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (n, codes, width) = (c.tokens as usize, c.codes as usize, c.width as usize);
    let weight = i64::from(c.codes) + 1;
    let (lo, hi) = (-(1i64 << (c.out_bits - 1)), (1i64 << (c.out_bits - 1)) - 1);
    let mut out = Vec::new();
    for i in 0..n {
        let mut den = weight * n as i64;
        let mut num = vec![0i64; width];
        for m in 0..n {
            let mut dot = 0;
            for b in 0..codes {
                dot += code(inputs[2][i * codes + b]) * code(inputs[0][m * codes + b]);
            }
            den += dot;
            for e in 0..width {
                num[e] += dot * inputs[1][m * width + e];
                if c.offset == Offset::All {
                    num[e] += weight * inputs[1][m * width + e];
                }
            }
        }
        for e in 0..width {
            if c.offset == Offset::Own {
                num[e] += weight * inputs[3][i * width + e];
            }
            let twice = 2 * (num[e] << c.fraction);
            let rounded = if twice >= 0 { (twice + den) / (2 * den) } else { -((den - twice) / (2 * den)) };
            out.push(rounded.clamp(lo, hi));
        }
    }
    vec![out]
}
