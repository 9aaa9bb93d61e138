use super::{Checked, Config, KEPT_BITS, SUM_BITS};

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
    let mut out = Vec::new();
    for row in inputs[0].chunks(longest) {
        let here = |x: &i64| (low..=high).contains(x);
        let max = row.iter().copied().filter(here).max().unwrap_or(low);
        let exp = |x: &i64| {
            if here(x) {
                (((x - max) as f64 * c.scale).exp() * 2f64.powi(SUM_BITS as i32)).round() as i64
            } else {
                0
            }
        };
        let mut sum = 0i64;
        for x in row {
            sum += exp(x);
        }
        let factor = if sum == 0 { 0 } else { c.numerator() as i64 / sum };
        for x in row {
            let half = 1i64 << (SUM_BITS - KEPT_BITS - 1);
            let kept = (exp(x) + half) >> (SUM_BITS - KEPT_BITS);
            let y = (((kept * factor) >> (c.down() - 1)) + 1) >> 1;
            out.push((y + c.out_zero).clamp(least, most));
        }
    }
    vec![out]
}
