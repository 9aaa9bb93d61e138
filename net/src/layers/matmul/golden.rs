//! Products of two tensors: MatMul, QLinearMatMul, BATCH_MATMUL.

use super::MatMul;

/// Where an element of the second operand stands.
fn place(l: &MatMul, h: usize, k: usize, j: usize) -> usize {
    let (heads, depth, columns) = (l.heads as usize, l.depth as usize, l.columns as usize);
    let (outer, outers, inner, inners) =
        if l.lies.columns_last { (k, depth, j, columns) } else { (j, columns, k, depth) };
    if l.lies.heads_between {
        (outer * heads + h) * inners + inner
    } else {
        (h * outers + outer) * inners + inner
    }
}

pub fn run(l: &MatMul, a: &[i64], b: &[i64]) -> Vec<i64> {
    let requant = l.recode.requant(0);
    let (depth, columns) = (l.depth as usize, l.columns as usize);
    let mut out = Vec::new();
    for at in 0..(l.heads * l.rows) as usize {
        let (h, _) = l.row(at as u64);
        for j in 0..columns {
            let mut acc = 0;
            for k in 0..depth {
                acc += (a[at * depth + k] - l.zeros[0]) * (b[place(l, h as usize, k, j)] - l.zeros[1]);
            }
            out.push(requant.apply(acc));
        }
    }
    out
}

/// The products of one sum.
pub fn explain(l: &MatMul, a: &[i64], b: &[i64], element: usize) -> String {
    let (at, j, depth) = (element / l.columns as usize, element % l.columns as usize, l.depth as usize);
    let h = l.row(at as u64).0 as usize;
    let term = |k: usize| (a[at * depth + k] - l.zeros[0], b[place(l, h, k, j)] - l.zeros[1]);
    crate::layers::parts::weighted((0..depth).map(term).collect(), 0, Some(&l.recode), 0)
}

/// A sum hangs on a row of one operand and a column of the other.
pub fn behind(l: &MatMul, a: &[bool], b: &[bool], elements: usize) -> Vec<bool> {
    let (depth, columns) = (l.depth as usize, l.columns as usize);
    let rows: Vec<bool> = a.chunks(depth).map(|r| r.iter().any(|x| *x)).collect();
    let mut touched = vec![false; l.heads as usize * columns];
    for h in 0..l.heads as usize {
        for j in 0..columns {
            touched[h * columns + j] = (0..depth).any(|k| b[place(l, h, k, j)]);
        }
    }
    let of = |i: usize| {
        let (at, j) = (i / columns, i % columns);
        rows[at] || touched[l.row(at as u64).0 as usize * columns + j]
    };
    (0..elements).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Lies, MatMul};
    use super::*;
    use crate::Recode;
    use niello_gen::num::{Prng, Scale};

    /// The second formula: sums by outer products, over tensors with plain indices that are then put into the order of the streams.
    #[test]
    fn matmul__is_a_sum_of_outer_products_in_every_order() {
        let mut rng = Prng::new(9);
        for _ in 0..200 {
            let mut size = |n: u64| 1 + rng.below(n) as u32;
            let (heads, rows, depth, columns) = (size(3), size(4), size(5), size(4));
            let rows_first = rng.chance(0.5);
            let lies = Lies { columns_last: rng.chance(0.5), heads_between: rows_first || rng.chance(0.5) };
            let recode = Recode { scales: vec![Scale::Float32HalfEven(1.0)], zero_point: 0, min: -32768, max: 32767 };
            let l = MatMul { heads, rows, depth, columns, rows_first, lies, zeros: [3, -5], recode };
            let [hs, m, n, d] = [heads, rows, columns, depth].map(|n| n as usize);
            let mut draw = |n: usize| (0..n).map(|_| rng.range(-20, 20)).collect::<Vec<i64>>();
            // [h][i][k] and [h][k][j].
            let (a, b) = (draw(hs * m * d), draw(hs * d * n));
            let mut want = vec![0; hs * m * n];
            for h in 0..hs {
                for k in 0..d {
                    for i in 0..m {
                        for j in 0..n {
                            want[(h * m + i) * n + j] += (a[(h * m + i) * d + k] - 3) * (b[(h * d + k) * n + j] + 5);
                        }
                    }
                }
            }
            let ordered = |x: &[i64], dims: [usize; 3], order: [usize; 3]| {
                let mut y = Vec::new();
                let size = order.map(|o| dims[o]);
                for p in 0..size[0] {
                    for q in 0..size[1] {
                        for r in 0..size[2] {
                            let mut at = [0; 3];
                            (at[order[0]], at[order[1]], at[order[2]]) = (p, q, r);
                            y.push(x[(at[0] * dims[1] + at[1]) * dims[2] + at[2]]);
                        }
                    }
                }
                y
            };
            let first = if rows_first { [1, 0, 2] } else { [0, 1, 2] };
            let second = match (lies.columns_last, lies.heads_between) {
                (true, false) => [0, 1, 2],
                (true, true) => [1, 0, 2],
                (false, false) => [0, 2, 1],
                (false, true) => [2, 0, 1],
            };
            let got = run(&l, &ordered(&a, [hs, m, d], first), &ordered(&b, [hs, d, n], second));
            assert_eq!(got, ordered(&want, [hs, m, n], first), "{l:?}");
        }
    }
}
