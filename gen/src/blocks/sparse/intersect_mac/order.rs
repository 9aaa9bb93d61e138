//! Matrices, row by row, as codes; sums come row by row.

use super::load::Operand;
use super::{Checked, Config};

fn pack(o: &Operand, elements: impl Iterator<Item = i64>) -> Vec<i64> {
    let mask = (1u64 << o.bits) - 1;
    let patterns: Vec<u64> = elements.map(|v| v as u64 & mask).collect();
    o.code().words(&patterns, o.word)
}

/// The code of `a` (`m x k`).
pub fn pack_a(c: &Checked<Config>, a: &[i64]) -> Vec<i64> {
    pack(&c.a(), a.iter().copied())
}

/// The code of the columns of `b` (`k x n`).
pub fn pack_b(c: &Checked<Config>, b: &[i64]) -> Vec<i64> {
    let column = |j: u32| (0..c.k).map(move |k| (k * c.n + j) as usize);
    pack(&c.b(), (0..c.n).flat_map(column).map(|at| b[at]))
}
