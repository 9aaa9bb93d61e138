use super::{Checked, Config};

/// The defining equation.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let (inner, unit) = (1i64 << (c.bits - c.segment_bits), 1i64 << c.fraction);
    let lowest = if c.signed { -(1i64 << (c.bits - 1)) } else { 0 };
    let (lo, hi) = match c.out_signed {
        true => (-(1i64 << (c.out_bits - 1)), (1i64 << (c.out_bits - 1)) - 1),
        false => (0, (1i64 << c.out_bits) - 1),
    };
    let segments = c.derived();
    let mut out = Vec::new();
    for x in &inputs[0] {
        let n = x - lowest;
        let (s, d) = ((n / inner) as usize, n % inner);
        out.push((segments.bases[s] + segments.slopes[s] * d).div_euclid(unit).clamp(lo, hi));
    }
    vec![out]
}
