use super::{Checked, Config};
use crate::blocks::sparse::code::random::{damaged, tensor};
use crate::blocks::sparse::code::{bytes, Format};
use crate::num::{range_of, Prng, Range};

/// Small products of each form.
pub fn config(rng: &mut Prng) -> Config {
    // A wide one, now and then.
    if rng.chance(0.05) {
        let format = *rng.pick(&[Format::Hybrid, Format::Bitmap]);
        let (m, n, cols) = (*rng.pick(&[1, 2]), 12, *rng.pick(&[12, 6]));
        return Config { m, k: 256, n, cols, block: 256, word: 256, format, ..Config::default() };
    }
    let group = *rng.pick(&[1, 1, 1, 2, 4]);
    let block = *rng.pick(&[8, 8, 16, 32]);
    let cols = *rng.pick(&[1, 2, 3, 4]);
    let mut c = Config {
        m: *rng.pick(&[1, 2, 3, 4, 7]),
        k: group * block * *rng.pick(&[1, 1, 2, 3]),
        n: cols * *rng.pick(&[1, 1, 2, 3, 4]),
        cols,
        group,
        a_bits: *rng.pick(&[8, 8, 1, 3, 5]),
        a_signed: rng.chance(0.6),
        b_bits: *rng.pick(&[8, 1, 4, 13]),
        b_signed: rng.chance(0.6),
        format: *rng.pick(&[Format::Hybrid, Format::Hybrid, Format::Bitmap, Format::Coordinates]),
        block,
        word: *rng.pick(&[32, 32, 64, 128]),
    };
    while !c.rules().is_empty() && c.word < 512 {
        c.word *= 2;
    }
    c
}

/// A code of some rows, some of them damaged, and a matrix.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let all = u64::from(c.m) * u64::from(c.groups());
    // Fewer or more than there are, now and then.
    let n = if rng.chance(0.1) { 1 + rng.below(2 * all) } else { all };
    let b = range_of(c.b_bits, c.b_signed).unwrap_or(Range::new(0, 0));
    let (low, high) = (b.lo as i64, b.hi as i64);
    let size = u64::from(c.k) * u64::from(c.n);
    // The largest sums there are.
    if rng.chance(0.1) {
        let least = if c.a_signed { 1 << (c.a_bits - 1) } else { (1 << c.a_bits) - 1 };
        let pattern = (0..c.group).fold(0u64, |p, _| p << c.a_bits | least);
        let code = c.code().words(&vec![pattern; all as usize], c.word);
        return vec![code, vec![*rng.pick(&[low, high]); size as usize]];
    }
    let elements = tensor(&c.code(), n, rng);
    let bits = damaged(&c.code(), c.word, &elements, rng);
    let most = rng.chance(0.2);
    let number = |rng: &mut Prng| if most { *rng.pick(&[low, high]) } else { rng.range(low, high) };
    vec![bytes(&bits), (0..size).map(|_| number(rng)).collect()]
}

/// Rows with and without entries; whole, damaged and short codes.
pub fn bins(c: &Checked<Config>, _: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    let (sums, report) = (&outputs[0], &outputs[1]);
    let all = i64::from(c.m) * i64::from(c.groups());
    let row_of_zeros = |row: &[i64]| row.iter().all(|v| *v == 0);
    vec![
        ("malformed", report[1] > 0),
        ("whole", report[1] == 0 && report[0] == all),
        ("too short", report[0] < all),
        ("a row of zeros", sums.chunks(c.n as usize).any(row_of_zeros)),
        ("blocks beyond the last row", report[1] == all / i64::from(c.block) + 1),
        ("a sum", sums.iter().any(|v| *v != 0)),
    ]
}
