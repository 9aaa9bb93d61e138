use super::{Checked, Config};
use crate::blocks::sparse::code::random::{damaged, tensor};
use crate::blocks::sparse::code::{bytes, Format};
use crate::num::Prng;

/// Small tables, with a place for everything or for some of it.
pub fn config(rng: &mut Prng) -> Config {
    let block = *rng.pick(&[8, 16, 16, 32, 64]);
    let format = *rng.pick(&[Format::Hybrid, Format::Hybrid, Format::Bitmap, Format::Coordinates]);
    let blocks = *rng.pick(&[2, 3, 4, 5, 8]);
    let mut c = Config {
        block,
        width: *rng.pick(&[8, 8, 1, 4, 13, 32]),
        signed: rng.chance(0.5),
        blocks,
        values: (block * blocks / *rng.pick(&[1, 2, 4])).max(2),
        pairs: if format == Format::Bitmap { 0 } else { *rng.pick(&[1, 2, 4, 8]) },
        queries: *rng.pick(&[1, 1, 2, 3]),
        word: 32,
        format,
    };
    while !c.rules().is_empty() && c.word < 512 {
        c.word *= 2;
    }
    c
}

/// A code, some of them damaged, and indices, some of them outside.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let block = u64::from(c.block);
    let n = if rng.chance(0.1) { c.most() as u64 + 1 + rng.below(2 * block) } else { 1 + rng.below(c.most().into()) };
    let elements = tensor(&c.code(), n, rng);
    let bits = damaged(&c.code(), c.word, &elements, rng);
    let beats = 1 + rng.below(24);
    let all = (1i64 << c.index_bits()) - 1;
    let index = |rng: &mut Prng| match rng.below(8) {
        0 => rng.range(0, all),
        1 => n.min(all as u64) as i64 - rng.below(2) as i64,
        _ => rng.range(0, (n as i64 - 1).min(all)),
    };
    let indices = (0..beats * u64::from(c.queries)).map(|_| index(rng)).collect();
    vec![bytes(&bits), indices]
}

/// What is asked for and what is served, whole and damaged tables.
pub fn bins(c: &Checked<Config>, inputs: &[Vec<i64>], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    let (y, outside, table) = (&outputs[0], &outputs[1], &outputs[2]);
    vec![
        ("malformed", table[1] > 0),
        ("whole", table[1] == 0),
        ("an index outside", outside.contains(&1)),
        ("none outside", !outside.contains(&1)),
        ("an element", y.iter().any(|v| *v != 0)),
        ("a zero", y.contains(&0)),
        ("one block", table[0] <= c.block.into()),
        ("more blocks", table[0] > c.block.into()),
        ("one beat", inputs[1].len() as u32 == c.queries),
    ]
}
