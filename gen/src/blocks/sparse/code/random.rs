//! Tensors and codes for benches.

use super::Code;
use crate::num::Prng;

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
