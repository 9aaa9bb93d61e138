use super::{Checked, Config, Mask};

/// Exponentials of fractions of an octave.
fn exponential(c: &Config, f: i64) -> i64 {
    let real = 2f64.powf(f64::from(c.precision) - 1.0 + f as f64 / 256.0);
    (real.round() as i64).min((1 << c.precision) - 1)
}

/// Query `i` of frame `frame` sees key `j`.
pub fn sees(c: &Config, frame: i64, i: i64, j: i64) -> bool {
    let last = i + i64::from(c.keys) - i64::from(c.queries);
    match c.mask {
        Mask::None => true,
        Mask::Causal => j <= last,
        Mask::Filled => j <= frame,
        Mask::Window => j <= last && (j > last - i64::from(c.window) || j < c.sinks.into()),
    }
}

/// Keys that a maximum looks ahead, itself counted, and octaves of one of its steps.
const AHEAD: usize = 4;
const STEP: i64 = 4;

/// One pass over the keys of each query of a frame.
pub fn run(c: &Checked<Config>, frame: i64, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let w = c.derived();
    let (depth, width, keys) = (c.depth as usize, c.width as usize, c.keys as usize);
    let mut out = Vec::new();
    for i in 0..c.queries as usize {
        let q = &inputs[0][i * depth..(i + 1) * depth];
        let mut scores = Vec::new();
        for j in 0..keys {
            let row = i * keys + j;
            let mut acc = 0;
            for (q, k) in q.iter().zip(&inputs[1][row * depth..(row + 1) * depth]) {
                acc += (q - c.q_zero) * (k - c.k_zero);
            }
            let t = ((i128::from(acc) * i128::from(w.multiplier)) >> w.shift) as i64;
            scores.push(sees(c, frame, i as i64, j as i64).then_some(t));
        }
        let (mut max, mut den, mut num): (Option<i64>, _, _) = (None, 0i64, vec![0i64; width]);
        for j in 0..keys {
            // Steps above which no exponential of the next keys lies, one more for each key that there is time.
            let ahead = scores[j..].iter().take(AHEAD).enumerate();
            let found = ahead.filter_map(|(d, t)| t.map(|t| t.div_euclid(256 * STEP) + 1 - d as i64)).max();
            let rise = match (max, found) {
                (_, None) => 0,
                (None, Some(_)) => i64::MAX,
                (Some(max), Some(found)) => (found - max).max(0),
            };
            if rise > 0 {
                max = found;
            }
            let down = |v: i64| match rise {
                0 => v,
                1 => v >> STEP,
                _ => 0,
            };
            let share = match (scores[j], max) {
                (Some(t), Some(max)) => {
                    exponential(c, t.rem_euclid(256)) >> (STEP * max - t.div_euclid(256) - 1).min(63)
                }
                _ => 0,
            };
            den = down(den) + share;
            for (n, v) in num.iter_mut().zip(&inputs[2][(i * keys + j) * width..]) {
                *n = down(*n) + share * (v - c.v_zero);
            }
        }
        out.extend(num.into_iter().map(|n| result(c, n, den)));
    }
    vec![out]
}

/// A numerator by the denominator, in steps of results.
fn result(c: &Checked<Config>, num: i64, den: i64) -> i64 {
    let w = c.derived();
    let (lo, hi) = match c.out_signed {
        true => (-(1i64 << (c.out_bits - 1)), (1i64 << (c.out_bits - 1)) - 1),
        false => (0, (1i64 << c.out_bits) - 1),
    };
    if den == 0 {
        return c.out_zero;
    }
    let quotient = i128::from(w.numerator) / i128::from(den);
    let y = (i128::from(num) * quotient + (1 << (w.point - 1))) >> w.point;
    (y as i64 + c.out_zero).clamp(lo, hi)
}
