use super::load::Operand;
use super::{Checked, Config};
use crate::blocks::sparse::code::random::{damaged, tensor};
use crate::blocks::sparse::code::{bytes, Format};
use crate::num::Prng;

/// Small products of each form.
pub fn config(rng: &mut Prng) -> Config {
    // A wide one, now and then.
    if rng.chance(0.03) {
        let format = *rng.pick(&[Format::Hybrid, Format::Bitmap]);
        return Config { m: 2, k: 256, n: 2, cols: 2, block: 256, word: 256, format, ..Config::default() };
    }
    let block = *rng.pick(&[8, 8, 16, 32]);
    let cols = *rng.pick(&[1, 2, 2, 3]);
    let mut c = Config {
        m: *rng.pick(&[1, 2, 3, 5]),
        k: block * *rng.pick(&[1, 1, 2, 3]),
        n: cols * *rng.pick(&[1, 1, 2, 3]),
        cols,
        ahead: *rng.pick(&[1, 2, 5, 16, 32]),
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

fn code(o: &Operand, rng: &mut Prng) -> Vec<i64> {
    let all = o.most().0;
    // Nothing but the least number, or the largest pattern.
    if rng.chance(0.2) {
        let pattern = *rng.pick(&[1u64 << (o.bits - 1), (1 << o.bits) - 1]);
        return o.code().words(&vec![pattern; all as usize], o.word);
    }
    // Fewer or more lines than there are, now and then.
    let n = if rng.chance(0.1) { 1 + rng.below(2 * all) } else { all };
    let elements = tensor(&o.code(), n, rng);
    bytes(&damaged(&o.code(), o.word, &elements, rng))
}

/// Two codes, some of them damaged.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    vec![code(&c.a(), rng), code(&c.b(), rng)]
}

/// Sums and none; whole, damaged and short codes.
pub fn bins(c: &Checked<Config>, _: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    let (sums, a, b) = (&outputs[0], &outputs[1], &outputs[2]);
    let (rows, columns) = (c.a().most().0 as i64, c.b().most().0 as i64);
    vec![
        ("malformed", a[1] > 0 || b[1] > 0),
        ("whole", a[1] == 0 && b[1] == 0 && a[0] == rows && b[0] == columns),
        ("too few rows", a[0] < rows),
        ("too few columns", b[0] < columns),
        ("blocks beyond the last row", a[1] == rows / i64::from(c.block) + 1),
        ("a sum of nothing", sums.contains(&0)),
        ("a sum", sums.iter().any(|v| *v != 0)),
    ]
}
