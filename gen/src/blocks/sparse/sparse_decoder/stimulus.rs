use super::{Checked, Config};
use crate::blocks::sparse::code::random::{damaged, tensor};
use crate::blocks::sparse::code::{bytes, Format};
use crate::num::Prng;

/// Narrow and wide elements; the least word that serves, and wider ones.
pub fn config(rng: &mut Prng) -> Config {
    loop {
        let lanes = *rng.pick(&[1, 1, 2, 4]);
        let mut c = Config {
            block: lanes * *rng.pick(&[8, 9, 13, 16, 21, 64, 80]),
            width: *rng.pick(&[8, 8, 1, 4, 13, 32]),
            lanes,
            signed: rng.chance(0.5),
            word: 32,
            format: *rng.pick(&[Format::Hybrid, Format::Hybrid, Format::Bitmap, Format::Coordinates]),
            report_bits: *rng.pick(&[32, 32, 4, 7]),
        };
        for _ in 0..rng.below(2) {
            c.word *= 2;
        }
        while c.word < 512 && !c.rules().is_empty() {
            c.word *= 2;
        }
        if c.rules().is_empty() {
            return c;
        }
    }
}

/// A code as it is written, or with damage of each kind; or noise.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<i64> {
    let block = u64::from(c.block);
    let n = match rng.below(6) {
        0 => block,
        1 => 1 + rng.below(3),
        2 => 2 * block + 1 + rng.below(2 * block),
        _ => 1 + rng.below(2 * block),
    };
    let elements = tensor(&c.code(), n, rng);
    bytes(&damaged(&c.code(), c.word, &elements, rng))
}

/// Whole and damaged codes, in one word and in more.
pub fn bins(c: &Checked<Config>, code: &[i64], outputs: &[Vec<i64>]) -> Vec<(&'static str, bool)> {
    let (elements, report) = (&outputs[0], &outputs[1]);
    let block = c.block as usize;
    let of = |b: &[i64]| b.iter().filter(|e| **e != 0).count();
    vec![
        ("malformed from its first block on", report[1] == 1),
        ("malformed further on", report[1] > 1),
        ("whole", report[1] == 0),
        ("one word", code.len() * 8 == c.word as usize),
        ("more words", code.len() * 8 > c.word as usize),
        ("one block", elements.len() <= block),
        ("more blocks", elements.len() > block),
        ("cut short", !elements.len().is_multiple_of(block)),
        ("a block of zeros", elements.chunks(block).any(|b| of(b) == 0)),
        ("a block without zeros", elements.chunks(block).any(|b| of(b) == b.len())),
        ("some zeros", elements.chunks(block).any(|b| (1..b.len()).contains(&of(b)))),
    ]
}
