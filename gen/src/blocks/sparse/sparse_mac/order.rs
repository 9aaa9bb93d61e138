//! Matrices, row by row, to the order of the array's streams; sums come row by row.

use super::{Checked, Config};

/// The code of `a` (`m x k`), as bytes of whole words.
pub fn pack_a(c: &Checked<Config>, a: &[i64]) -> Vec<i64> {
    let mask = (1u64 << c.a_bits) - 1;
    let pattern = |group: &[i64]| group.iter().rev().fold(0, |p, v| p << c.a_bits | (*v as u64 & mask));
    let groups: Vec<u64> = a.chunks(c.group as usize).map(pattern).collect();
    c.code().words(&groups, c.word)
}

/// `b` (`k x n`) in the order of `b_axis`.
pub fn pack_b(c: &Checked<Config>, b: &[i64]) -> Vec<i64> {
    let mut out = Vec::with_capacity(b.len());
    for tile in 0..c.tiles() {
        for g in 0..c.groups() {
            let column = |j: u32| (0..c.group).map(move |t| ((g * c.group + t) * c.n + tile * c.cols + j) as usize);
            out.extend((0..c.cols).flat_map(column).map(|at| b[at]));
        }
    }
    out
}
