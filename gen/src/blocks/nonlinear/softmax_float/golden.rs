use super::{Checked, Config};

/// Row by row: a maximum, exponentials and their sum, a division, products.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let longest = c.columns.div_ceil(c.lanes) as usize * c.lanes as usize;
    let (low, high) =
        if c.signed { (-1i64 << (c.bits - 1), (1i64 << (c.bits - 1)) - 1) } else { (0, (1 << c.bits) - 1) };
    let (least, most) = if c.out_signed {
        (-1i64 << (c.out_bits - 1), (1i64 << (c.out_bits - 1)) - 1)
    } else {
        (0, (1 << c.out_bits) - 1)
    };
    let (point, numerator) = numerator(c.fraction, c.out_scale);
    let mut out = Vec::new();
    for row in inputs[0].chunks(longest) {
        let here = |x: &i64| (low..=high).contains(x);
        let max = row.iter().copied().filter(here).max().unwrap_or(low);
        let exp = |x: &i64| if here(x) { exp(c, x - max) } else { 0 };
        let mut sum = 0i64;
        for x in row {
            sum += exp(x);
        }
        let factor = if sum == 0 { 0 } else { numerator / sum };
        for x in row {
            let kept = (exp(x) + 64) / 128;
            let y = (((kept * factor) >> (point - 7 - 1)) + 1) >> 1;
            out.push((y + c.out_zero).clamp(least, most));
        }
    }
    vec![out]
}

/// Of a code that is not above zero, 1.0 with `fraction + 7` bits behind the point.
pub fn exp(c: &Config, x: i64) -> i64 {
    ((x as f64 * c.scale).exp() * 2f64.powi(c.fraction as i32 + 7)).round() as i64
}

/// `k` and `K`: the largest power of two whose quotient by the sum of a row of one code, 1.0 with `fraction + 7` bits behind the point, has
/// `fraction + 1` bits.
fn numerator(fraction: u32, out_scale: f64) -> (u32, i64) {
    let most = ((2i64 << fraction) - 1) as f64 * (128i64 << fraction) as f64;
    let mut k = 0;
    while ((1i64 << (k + 1)) as f64) / out_scale <= most {
        k += 1;
    }
    (k, ((1i64 << k) as f64 / out_scale).round() as i64)
}
