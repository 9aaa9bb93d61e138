//! Query by query, key by key: what there is of a query is shifted where its maximum, which looks three keys ahead, moves.

use super::{Attention, Mask};

/// Bits of a fraction of an octave.
const FRACTION: u32 = 8;
/// Bits of a quotient beyond those of the largest denominator.
const GUARD: i32 = 12;

/// `m` and `s`: a score in 256ths of an octave.
fn octaves(scale: f64) -> (i64, u32) {
    let real = scale * std::f64::consts::LOG2_E * f64::from(1u32 << FRACTION);
    let shift = (15 - real.log2().floor() as i32).clamp(0, 48) as u32;
    (((real * 2f64.powi(shift as i32)).round() as i64).max(1), shift)
}

/// Query `i` of a head sees key `j`.
fn sees(a: &Attention, i: usize, j: usize) -> bool {
    let (i, j) = (i as i64, j as i64);
    let last = i + i64::from(a.keys) - i64::from(a.queries);
    match a.mask {
        // `Filled` is no mask of this layer: its engine says so.
        Mask::None | Mask::Filled => true,
        Mask::Causal => j <= last,
        Mask::Window => j <= last && (j > last - i64::from(a.window.0) || j < i64::from(a.window.1)),
    }
}

/// Where row `i` of head `h` stands among so many rows.
fn row(a: &Attention, h: usize, i: usize, rows: u32) -> usize {
    if a.rows_first {
        i * a.heads as usize + h
    } else {
        h * rows as usize + i
    }
}

/// Steps of four octaves, above each of which lies what the keys from `j` on let the maximum be: one less for each key in between.
fn ahead(t: &[Option<i64>], j: usize) -> Option<i64> {
    let mut found = None;
    for d in 0..4 {
        if let Some(Some(t)) = t.get(j + d) {
            found = found.max(Some(t.div_euclid(1024) + 1 - d as i64));
        }
    }
    found
}

/// One query's maximum, denominator and numerators, of scores in their keys' order and of values.
fn sums<'v>(a: &Attention, t: &[Option<i64>], value: impl Fn(usize) -> &'v [i64]) -> (i64, Vec<i64>) {
    let most = (1i64 << a.precision) - 1;
    let (mut top, mut den, mut num) = (None::<i64>, 0i64, vec![0i64; a.width as usize]);
    for j in 0..t.len() {
        let now = top.max(ahead(t, j));
        let factor = |x: i64| match (top, now) {
            (top, now) if top == now => x,
            (Some(top), Some(now)) if now == top + 1 => x.div_euclid(16),
            _ => 0,
        };
        let share = t[j].zip(now).map_or(0, |(t, now)| {
            let fraction = t.rem_euclid(256) as f64 / 256.0;
            let e = (2f64.powf(f64::from(a.precision) - 1.0 + fraction).round() as i64).min(most);
            let below = 4 * now - (t.div_euclid(256) + 1);
            if below > 62 {
                0
            } else {
                e >> below
            }
        });
        den = factor(den) + share;
        for (n, v) in num.iter_mut().zip(value(j)) {
            *n = factor(*n) + share * (v - a.zeros[2]);
        }
        top = now;
    }
    (den, num)
}

/// A score of a query and a key.
fn score(a: &Attention, q: &[i64], k: &[i64]) -> i64 {
    let (m, s) = octaves(a.scale);
    let acc: i64 = q.iter().zip(k).map(|(q, k)| (q - a.zeros[0]) * (k - a.zeros[1])).sum();
    (i128::from(acc) * i128::from(m)).div_euclid(1i128 << s) as i64
}

/// One query of a head.
fn query(a: &Attention, [q, k, v]: [&[i64]; 3], h: usize, i: usize) -> (i64, Vec<i64>) {
    let (depth, width) = (a.depth as usize, a.width as usize);
    let of = |x: &'_ [i64], at: usize| x[at * depth..(at + 1) * depth].to_vec();
    let own = of(q, row(a, h, i, a.queries));
    let t: Vec<Option<i64>> =
        (0..a.keys as usize).map(|j| sees(a, i, j).then(|| score(a, &own, &of(k, row(a, h, j, a.keys))))).collect();
    sums(a, &t, |j| &v[row(a, h, j, a.keys) * width..])
}

/// Numerators by their denominator.
fn results(a: &Attention, den: i64, num: Vec<i64>) -> Vec<i64> {
    let largest = u64::from(a.keys) * ((1 << a.precision) - 1);
    let point = (64 - largest.leading_zeros()) as i32 + GUARD - a.out_scale.log2().floor() as i32;
    let numerator = (a.out_scale * 2f64.powi(point)).round() as i128;
    let (lo, hi) = a.dtypes[1].range();
    let quotient = if den == 0 { 0 } else { numerator / i128::from(den) };
    let result = |n: i64| {
        let real = (2 * i128::from(n) * quotient + (1i128 << point)).div_euclid(1i128 << (point + 1));
        (real as i64 + a.zeros[3]).clamp(lo, hi)
    };
    num.into_iter().map(result).collect()
}

/// A query that sees all of some keys, in fixed point of as many as the layer has.
pub fn one(a: &Attention, q: &[i64], keys: &[i64], values: &[i64]) -> Vec<i64> {
    let t: Vec<Option<i64>> = keys.chunks(a.depth as usize).map(|k| Some(score(a, q, k))).collect();
    let (den, num) = sums(a, &t, |j| &values[j * a.width as usize..]);
    results(a, den, num)
}

/// All queries.
pub fn run(a: &Attention, operands: [&[i64]; 3]) -> Vec<i64> {
    let width = a.width as usize;
    let mut out = vec![0; (a.heads * a.queries * a.width) as usize];
    for h in 0..a.heads as usize {
        for i in 0..a.queries as usize {
            let (den, num) = query(a, operands, h, i);
            let at = row(a, h, i, a.queries) * width;
            out[at..at + width].copy_from_slice(&results(a, den, num));
        }
    }
    out
}

/// The query's denominator and the element's numerator.
pub fn explain(a: &Attention, operands: [&[i64]; 3], element: usize) -> String {
    let (at, column) = (element / a.width as usize, element % a.width as usize);
    let (heads, queries) = (a.heads as usize, a.queries as usize);
    let (h, i) = if a.rows_first { (at % heads, at / heads) } else { (at / queries, at % queries) };
    let (den, num) = query(a, operands, h, i);
    format!("head {h}, query {i}: numerator {} over denominator {den}", num[column])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DType;
    use niello_gen::num::Prng;

    /// The second formula: real numbers, every mask, heads around and between. A code differs by one at most, and seldom.
    #[test]
    fn attention__is_near_the_real_one() {
        let mut rng = Prng::new(5);
        let (mut other, mut all) = (0, 0);
        for round in 0..120 {
            let mask = [Mask::None, Mask::Causal, Mask::Window][round % 3];
            let a = Attention {
                heads: 1 + rng.below(3) as u32,
                queries: 5,
                keys: 5 + rng.below(9) as u32,
                depth: 6,
                width: 4,
                rows_first: rng.chance(0.5),
                dtypes: [DType::I8, DType::I8],
                zeros: [0, 3, -2, 1],
                scale: 0.0007,
                out_scale: 0.9,
                precision: 16,
                mask,
                window: (3, 1),
            };
            let [hs, n, m, d, w] = [a.heads, a.queries, a.keys, a.depth, a.width].map(|x| x as usize);
            let mut draw = |n: usize| (0..n).map(|_| rng.range(-128, 127)).collect::<Vec<i64>>();
            let (q, k, v) = (draw(hs * n * d), draw(hs * m * d), draw(hs * m * w));
            let y = run(&a, [&q, &k, &v]);
            let place = |h: usize, i: usize, rows: usize| if a.rows_first { i * hs + h } else { h * rows + i };
            for (h, i) in (0..hs).flat_map(|h| (0..n).map(move |i| (h, i))) {
                let score = |j: usize| -> f64 {
                    let (x, y) = (place(h, i, n) * d, place(h, j, m) * d);
                    (0..d).map(|e| (q[x + e] * (k[y + e] - 3)) as f64).sum::<f64>() * a.scale
                };
                let seen: Vec<usize> = (0..m)
                    .filter(|j| {
                        let last = i + m - n;
                        match mask {
                            Mask::None | Mask::Filled => true,
                            Mask::Causal => *j <= last,
                            Mask::Window => *j <= last && (j + 3 > last || *j < 1),
                        }
                    })
                    .collect();
                let total: f64 = seen.iter().map(|j| score(*j).exp()).sum();
                for c in 0..w {
                    let sum: f64 = seen.iter().map(|j| score(*j).exp() * (v[place(h, *j, m) * w + c] + 2) as f64).sum();
                    let real = (sum / total * 0.9 + 0.5).floor().clamp(-129.0, 126.0) as i64 + 1;
                    let got = y[place(h, i, n) * w + c];
                    assert!((got - real).abs() <= 1, "{a:?}: {got} for {real}");
                    (other, all) = (other + usize::from(got != real), all + 1);
                }
            }
        }
        assert!(other * 20 < all, "{other} of {all}");
    }
}
