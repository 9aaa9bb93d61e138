use super::{Checked, Config, Mask};

/// Exponentials of fractions of an octave.
fn exponential(c: &Config, f: i64) -> i64 {
    let real = 2f64.powf(f64::from(c.precision) - 1.0 + f as f64 / 256.0);
    (real.round() as i64).min((1 << c.precision) - 1)
}

/// Query `i` sees key `j`.
pub fn sees(c: &Config, i: i64, j: i64) -> bool {
    let last = i + i64::from(c.keys) - i64::from(c.queries);
    match c.mask {
        Mask::None => true,
        Mask::Causal => j <= last,
        Mask::Window => j <= last && (j > last - i64::from(c.window) || j < c.sinks.into()),
    }
}

/// One pass over the keys of each query.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let w = c.derived();
    let (depth, width, keys) = (c.depth as usize, c.width as usize, c.keys as usize);
    let (lo, hi) = match c.out_signed {
        true => (-(1i64 << (c.out_bits - 1)), (1i64 << (c.out_bits - 1)) - 1),
        false => (0, (1i64 << c.out_bits) - 1),
    };
    let mut out = Vec::new();
    for i in 0..c.queries as usize {
        let q = &inputs[0][i * depth..(i + 1) * depth];
        let (mut max, mut den, mut num) = (None, 0i64, vec![0i64; width]);
        for j in 0..keys {
            if !sees(c, i as i64, j as i64) {
                continue;
            }
            let row = i * keys + j;
            let (k, v) = (&inputs[1][row * depth..(row + 1) * depth], &inputs[2][row * width..(row + 1) * width]);
            let mut acc = 0;
            for (q, k) in q.iter().zip(k) {
                acc += (q - c.q_zero) * (k - c.k_zero);
            }
            let t = ((i128::from(acc) * i128::from(w.multiplier)) >> w.shift) as i64;
            let octave = t.div_euclid(256) + 1;
            let highest = max.map_or(octave, |m: i64| m.max(octave));
            let by = max.map_or(0, |m| (highest - m).min(63));
            let p = exponential(c, t.rem_euclid(256)) >> (highest - octave).min(63);
            max = Some(highest);
            den = (den >> by) + p;
            for (n, v) in num.iter_mut().zip(v) {
                *n = (*n >> by) + p * (v - c.v_zero);
            }
        }
        for n in num {
            if den == 0 {
                out.push(c.out_zero);
                continue;
            }
            let quotient = i128::from(w.numerator) / i128::from(den);
            let y = (i128::from(n) * quotient + (1 << (w.point - 1))) >> w.point;
            out.push((y as i64 + c.out_zero).clamp(lo, hi));
        }
    }
    vec![out]
}
