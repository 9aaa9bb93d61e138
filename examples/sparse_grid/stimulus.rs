//! Small grids; tables some of which are damaged, too short or too long.

use niello::gen::blocks::sparse::code::{bytes, Format};
use niello::gen::blocks::Checked;
use niello::gen::num::Prng;

use crate::grid::{Config, Memory, BANKS, WIDTH};

pub fn config(rng: &mut Prng) -> Config {
    Config {
        side: *rng.pick(&[4, 8, 16]),
        ranks: rng.range(1, 3) as u32,
        fraction: *rng.pick(&[1, 3, 4, 8]),
        memory: *rng.pick(&[Memory::Sparse, Memory::Dense]),
        block: *rng.pick(&[8, 16, 64]),
        format: *rng.pick(&[Format::Bitmap, Format::Hybrid, Format::Coordinates]),
        matrix_values: *rng.pick(&[40, 200, 1000]),
        vector_values: *rng.pick(&[20, 80, 400]),
    }
}

pub fn frame(c: &Checked<Config>, rng: &mut Prng) -> Vec<Vec<i64>> {
    let mut frame = Vec::new();
    let density = *rng.pick(&[0.05, 0.3, 1.0]);
    for bank in 0..BANKS {
        let size = u64::from(c.size(bank));
        // Whole tables, too short ones and too long ones; of a large grid's a part.
        let n = if rng.chance(0.8) { size } else { 1 + rng.below(2 * size) }.min(2000);
        let low = -(1i64 << (WIDTH - 1));
        let mut element = || match rng.chance(density) {
            true if rng.chance(0.3) => *rng.pick(&[low, -low - 1]),
            true => rng.range(low, -low - 1),
            false => 0,
        };
        let elements: Vec<i64> = (0..n).map(|_| element()).collect();
        frame.push(match c.memory {
            Memory::Dense => elements,
            Memory::Sparse => table(c, &elements, rng.chance(0.1).then(|| rng.next())),
        });
    }
    let most = i64::from((c.side - 1) << c.fraction);
    let all = (1i64 << c.point_bits()) - 1;
    let coordinate = |rng: &mut Prng| match rng.below(6) {
        0 => rng.range(most, all),
        1 => rng.range(0, 1),
        _ => rng.range(0, most),
    };
    let points = 1 + rng.below(40);
    frame.push((0..3 * points).map(|_| coordinate(rng)).collect());
    frame
}

/// Words of a table's code, a bit of which may be wrong.
pub fn table(c: &Config, elements: &[i64], damage: Option<u64>) -> Vec<i64> {
    let elements: Vec<u64> = elements.iter().map(|v| *v as u64 & ((1 << WIDTH) - 1)).collect();
    let mut bits = c.code().encode(&elements);
    if let Some(at) = damage {
        let at = at as usize % bits.len();
        bits[at] = !bits[at];
    }
    bits.resize(bits.len().next_multiple_of(64), false);
    bytes(&bits)
}
