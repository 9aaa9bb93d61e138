use super::{Checked, Config};
use crate::blocks::sparse::code::Format;
use crate::num::Prng;

/// Narrow and wide elements; the least word that serves, and wider ones.
pub fn config(rng: &mut Prng) -> Config {
    let lanes = *rng.pick(&[1, 1, 2, 3, 4]);
    let c = Config {
        block: lanes * *rng.pick(&[8, 8, 9, 16, 21, 64]),
        width: *rng.pick(&[8, 8, 1, 4, 13, 32]),
        lanes,
        signed: rng.chance(0.5),
        word: 32,
        format: *rng.pick(&[Format::Hybrid, Format::Hybrid, Format::Bitmap, Format::Coordinates]),
    };
    let needs = (c.entries() * c.entry_bits()).next_power_of_two().max(32);
    Config { word: (needs << rng.below(2)).min(512), ..c }
}

/// Some blocks, the last one seldom full; zeros evenly, or in blocks of nothing else.
pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<i64> {
    let block = u64::from(c.beats());
    let beats = match rng.below(6) {
        0 => block,
        1 => 1,
        2 => 2 * block + 1 + rng.below(2 * block),
        _ => 1 + rng.below(2 * block),
    };
    let (low, high) =
        if c.signed { (-1i64 << (c.width - 1), (1i64 << (c.width - 1)) - 1) } else { (0, (1i64 << c.width) - 1) };
    let mut percent = *rng.pick(&[0, 5, 20, 50, 90, 100]);
    let mut frame = Vec::new();
    for beat in 0..beats {
        if beat % block == 0 && rng.chance(0.3) {
            percent = *rng.pick(&[0, 5, 50, 100]);
        }
        for _ in 0..c.lanes {
            let value = if rng.chance(0.2) { *rng.pick(&[low, high]) } else { rng.range(low, high) };
            frame.push(if rng.below(100) < percent { value } else { 0 });
        }
    }
    frame
}

/// Blocks full and cut short, of zeros and without any: where forms are chosen these take both.
pub fn bins(c: &Checked<Config>, x: &[i64], bits: &[i64]) -> Vec<(&'static str, bool)> {
    let block = c.block as usize;
    let of = |b: &[i64]| b.iter().filter(|e| **e != 0).count();
    vec![
        ("one block", x.len() <= block),
        ("cut short", !x.len().is_multiple_of(block)),
        ("whole", x.len().is_multiple_of(block)),
        ("a block of zeros", x.chunks(block).any(|b| of(b) == 0)),
        ("a block without zeros", x.chunks(block).any(|b| of(b) == b.len())),
        ("some zeros", x.chunks(block).any(|b| (1..b.len()).contains(&of(b)))),
        ("more than a word", bits[0] > c.word.into()),
    ]
}
