use super::{Checked, Config};
use crate::blocks::sparse::code::{Code, Format};
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

/// Elements, zeros evenly among them or in blocks of nothing else.
pub fn tensor(c: &Code, n: u64, rng: &mut Prng) -> Vec<u64> {
    let most = ((1u64 << c.width) - 1) as i64;
    let mut percent = *rng.pick(&[0, 5, 20, 50, 90, 100]);
    let mut elements = Vec::new();
    for i in 0..n {
        if i % u64::from(c.block) == 0 && rng.chance(0.3) {
            percent = *rng.pick(&[0, 5, 50, 100]);
        }
        elements.push(if rng.below(100) < percent { rng.range(1, most) as u64 } else { 0 });
    }
    elements
}

/// Bytes of bits, the first one lowest.
pub fn bytes(bits: &[bool]) -> Vec<i64> {
    let byte = |b: &[bool]| b.iter().zip(0..).map(|(bit, i)| i64::from(*bit) << i).sum();
    bits.chunks(8).map(byte).collect()
}

/// A code in whole words, often with damage; or noise.
pub fn damaged(c: &Code, word: u32, elements: &[u64], rng: &mut Prng) -> Vec<bool> {
    // Blocks in either form, the longer one too.
    let any = rng.chance(0.3);
    let mut bits = c.encode_as(elements, |shorter| if any { rng.chance(0.6) } else { shorter });
    let (word, length) = (u64::from(word), bits.len() as u64);
    let padded = |bits: &mut Vec<bool>| bits.resize(bits.len().next_multiple_of(word as usize), false);
    match rng.below(12) {
        // Flipped, most of them where headers are.
        0 | 1 => {
            for _ in 0..1 + rng.below(3) {
                let among = *rng.pick(&[8, 24, length]);
                bits[rng.below(among.min(length)) as usize] ^= true;
            }
        }
        // Cut short, also within its first word.
        2 | 3 => {
            padded(&mut bits);
            let words = bits.len() as u64 / word;
            bits.truncate(((1 + rng.below(words)) * word) as usize);
        }
        // Something behind it: a bit of its last word, a word, some.
        4 => {
            padded(&mut bits);
            let behind = bits.len() as u64 - length;
            bits[(length + rng.below(behind.max(1))) as usize - usize::from(behind == 0)] ^= true;
        }
        5 => {
            padded(&mut bits);
            let more = 1 + rng.below(3) * rng.below(2);
            bits.extend((0..more * word).map(|i| i == 0 && more == 1));
        }
        // Noise.
        6 => bits = (0..(1 + rng.below(4)) * word).map(|_| rng.chance(0.5)).collect(),
        _ => {}
    }
    padded(&mut bits);
    bits
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
