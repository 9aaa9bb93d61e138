//! Matrices, row by row, to and from the order of the array's streams.

use super::{Checked, Config, Dataflow};

/// `a` (`m x k`) in the order of `a_axis`; padding is `a_zero`.
pub fn pack_a(c: &Checked<Config>, a: &[i64]) -> Vec<i64> {
    let at = |i: u32, x: u32| if i < c.m && x < c.k { a[(i * c.k + x) as usize] } else { c.a_zero };
    let s = c.derived();
    let mut out = Vec::with_capacity(s.a_elements(c));
    if c.dataflow == Dataflow::WeightStationary {
        for t in 0..s.n_tiles * s.k_tiles {
            let x0 = t % s.k_tiles * c.rows;
            (0..c.m).for_each(|i| out.extend((0..c.rows).map(|r| at(i, x0 + r))));
        }
        return out;
    }
    for t in 0..s.m_tiles * s.n_tiles {
        let i0 = t / s.n_tiles * c.rows;
        for g in 0..s.k_tiles {
            (0..c.rows).for_each(|r| out.extend((0..s.cell.depth).map(|d| at(i0 + r, g * s.cell.depth + d))));
        }
    }
    out
}

/// `b` (`k x n`) in the order of `b_axis`; padding is `b_zero`.
pub fn pack_b(c: &Checked<Config>, b: &[i64]) -> Vec<i64> {
    let at = |x: u32, j: u32| if x < c.k && j < c.n { b[(x * c.n + j) as usize] } else { c.b_zero };
    let s = c.derived();
    let mut out = Vec::with_capacity(s.b_elements(c));
    if c.dataflow == Dataflow::WeightStationary {
        for t in 0..s.n_tiles * s.k_tiles {
            let (x0, j0) = (t % s.k_tiles * c.rows, t / s.k_tiles * c.cols);
            (0..c.rows).for_each(|r| out.extend((0..c.cols).map(|j| at(x0 + r, j0 + j))));
        }
        return out;
    }
    for t in 0..s.m_tiles * s.n_tiles {
        let j0 = t % s.n_tiles * c.cols;
        for g in 0..s.k_tiles {
            (0..c.cols).for_each(|j| out.extend((0..s.cell.depth).map(|d| at(g * s.cell.depth + d, j0 + j))));
        }
    }
    out
}

/// The product (`m x n`), row by row, from the elements of `m_axis`.
pub fn unpack_c(c: &Checked<Config>, out: &[i64]) -> Vec<i64> {
    let s = c.derived();
    let rows = if c.dataflow == Dataflow::WeightStationary { c.m } else { c.rows };
    let mut result = vec![0; c.m as usize * c.n as usize];
    for (at, v) in out.iter().enumerate() {
        let at = at as u32;
        let (tile, r, j) = (at / (rows * c.cols), at / c.cols % rows, at % c.cols);
        let (i, j) = (tile / s.n_tiles * rows + r, tile % s.n_tiles * c.cols + j);
        if i < c.m && j < c.n {
            result[(i * c.n + j) as usize] = *v;
        }
    }
    result
}
