//! Cycles of a frame where every digit that is not zero takes one: plain counting, independent of the hardware's encoder.

use super::{Config, Shape};

/// Digits -1, 0, 1, 2 of a magnitude, the lowest first: what is left after each digit must stay divisible by 4.
fn digits(magnitude: i64, count: u32) -> Vec<i64> {
    let mut rest = magnitude;
    let mut out = Vec::new();
    for _ in 0..count {
        let d = match rest.rem_euclid(4) {
            3 => -1,
            d => d,
        };
        out.push(d);
        rest = (rest - d) / 4;
    }
    assert_eq!(rest, 0, "{magnitude} has more than {count} digits");
    out
}

/// For each tile, each weight and each group: as many cycles as its row with the most non-zero digits needs.
pub fn frame(c: &Config, s: &Shape, a: &[i64]) -> u64 {
    let (rows, depth, count) = (c.rows as usize, s.cell.depth as usize, s.cell.digits());
    let mut cycles = 0;
    for tile in 0..(s.m_tiles * s.n_tiles) as usize {
        for group in 0..s.k_tiles as usize {
            let beat = tile * s.k_tiles as usize + group;
            let mut most = vec![1u64; count as usize];
            for r in 0..rows {
                let mut nonzero = vec![0u64; count as usize];
                for d in 0..depth {
                    let row = tile / s.n_tiles as usize * rows + r;
                    let real = row < c.m as usize && group * depth + d < c.k as usize;
                    let x = if real { a[(beat * rows + r) * depth + d] - c.a_zero } else { 0 };
                    for (n, digit) in nonzero.iter_mut().zip(digits(x.abs(), count)) {
                        *n += u64::from(digit != 0);
                    }
                }
                most.iter_mut().zip(nonzero).for_each(|(m, n)| *m = n.max(*m));
            }
            cycles += most.iter().sum::<u64>();
        }
    }
    cycles
}
