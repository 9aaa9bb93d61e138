use super::{Checked, Config};
use crate::num::{range_of, Prng, Range};

/// Small products of several structures.
pub fn config(rng: &mut Prng) -> Config {
    let of = *rng.pick(&[2, 4, 4, 8, 16]);
    let (depth, cols) = (*rng.pick(&[1, 1, 2, 3]), *rng.pick(&[1, 2, 3]));
    Config {
        m: *rng.pick(&[1, 2, 3, 5]),
        k: of * depth * *rng.pick(&[1, 1, 2, 5]),
        n: cols * *rng.pick(&[1, 1, 2, 3]),
        cols,
        depth,
        keep: rng.range(1, (i64::from(of) - 1).min(8)) as u32,
        of,
        a_bits: *rng.pick(&[8, 8, 1, 3, 13]),
        a_signed: rng.chance(0.6),
        b_bits: *rng.pick(&[8, 1, 4, 16]),
        b_signed: rng.chance(0.6),
    }
}

/// Any numbers, and their extremes; any weights.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let a = range_of(c.a_bits, c.a_signed).unwrap_or(Range::new(0, 0));
    let (low, high) = (a.lo as i64, a.hi as i64);
    let most = rng.chance(0.3);
    let beats = c.beats();
    // The largest sums there are.
    if rng.chance(0.1) {
        let value = if c.b_signed { 1i64 << (c.b_bits - 1) } else { (1 << c.b_bits) - 1 };
        let row = vec![if low < 0 { low } else { high }; (beats * u64::from(c.depth * c.of)) as usize];
        return vec![row, vec![value; (beats * u64::from(c.cols * c.products())) as usize]];
    }
    let activation = |rng: &mut Prng| if most { *rng.pick(&[low, high]) } else { rng.range(low, high) };
    let row = (0..beats * u64::from(c.depth * c.of)).map(|_| activation(rng)).collect();
    let (values, positions) = ((1i64 << c.b_bits) - 1, i64::from(c.of) - 1);
    let extremes = [0, values, 1 << (c.b_bits - 1), values >> 1];
    let weight = |rng: &mut Prng| {
        let value = if most { *rng.pick(&extremes) } else { rng.range(0, values) };
        rng.range(0, positions) << c.b_bits | value
    };
    let weights = (0..beats * u64::from(c.cols * c.products())).map(|_| weight(rng)).collect();
    vec![row, weights]
}

/// Weights of one position, values of zero, the largest sum.
pub fn bins(c: &Checked<Config>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    let groups = || inputs[1].chunks(c.keep as usize);
    let position = |b: &i64| b >> c.b_bits;
    let same = |g: &[i64]| (1..g.len()).any(|s| g[..s].iter().any(|b| position(b) == position(&g[s])));
    let largest = 1u128 << (c.a_bits + c.b_bits - u32::from(c.a_signed) - u32::from(c.b_signed));
    let largest = largest * u128::from(c.steps() * c.products());
    let near = |y: &i64| u128::from(y.unsigned_abs()) > largest / 8 * 7;
    vec![
        ("two of one position", groups().any(same) || c.keep == 1),
        ("a value of zero", inputs[1].iter().any(|b| b & ((1 << c.b_bits) - 1) == 0)),
        ("the largest sum", outputs[0].iter().any(near) || c.a_bits.min(c.b_bits) < 4),
    ]
}
