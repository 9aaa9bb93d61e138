//! Matrices, row by row, to the order of the array's streams; sums come row by row.

use super::{Checked, Config};

/// `a` (`m x k`) in the order of `a_axis`: each row once for each tile.
pub fn pack_a(c: &Checked<Config>, a: &[i64]) -> Vec<i64> {
    a.chunks(c.k as usize).flat_map(|row| row.repeat(c.tiles() as usize)).collect()
}

/// `b` (`k x n`) in the order of `b_axis`, once for each row; none where a group has more weights than are kept.
pub fn pack_b(c: &Checked<Config>, b: &[i64]) -> Option<Vec<i64>> {
    let mask = (1i64 << c.b_bits) - 1;
    let mut all = Vec::new();
    for tile in 0..c.tiles() {
        for step in 0..c.steps() {
            for j in tile * c.cols..(tile + 1) * c.cols {
                for g in step * c.depth..(step + 1) * c.depth {
                    let at = |p: u32| b[((g * c.of + p) * c.n + j) as usize];
                    let mut kept: Vec<i64> =
                        (0..c.of).filter(|p| at(*p) != 0).map(|p| i64::from(p) << c.b_bits | (at(p) & mask)).collect();
                    if kept.len() > c.keep as usize {
                        return None;
                    }
                    kept.resize(c.keep as usize, 0);
                    all.extend(kept);
                }
            }
        }
    }
    Some(all.repeat(c.m as usize))
}
