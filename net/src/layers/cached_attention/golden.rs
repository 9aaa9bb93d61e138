//! Token by token: what is kept of keys and values, and attention over the slots that have a token.

use super::CachedAttention;
use crate::layers::attention::golden as attention;

/// The number of tokens, and slots of keys and of values, `[j][h][element]`.
pub fn empty(c: &CachedAttention) -> Vec<i64> {
    let a = &c.attention;
    vec![0; 1 + (a.keys * a.heads * (a.depth + a.width)) as usize]
}

/// A group as it is read again.
fn group(x: &[i64], bits: u32) -> Vec<i64> {
    let levels = (1i64 << bits) - 1;
    let lo = x.iter().copied().min().unwrap_or(0);
    let step = 16 * (x.iter().copied().max().unwrap_or(0) - lo) / levels;
    let code = |x: &i64| if step == 0 { 0 } else { ((16 * (x - lo) + step / 2) / step).min(levels) };
    x.iter().map(|x| lo + (code(x) * step + 8) / 16).collect()
}

/// A sample, and what is kept behind it.
pub fn next(c: &CachedAttention, [q, k, v]: [&[i64]; 3], kept: &mut [i64]) -> Vec<i64> {
    let a = &c.attention;
    let (heads, slots, sinks) = (a.heads as usize, a.keys as usize, c.sinks as usize);
    let (depth, width) = (a.depth as usize, a.width as usize);
    let tokens = kept[0] as usize;
    let slot = if tokens < slots { tokens } else { sinks + (tokens - sinks) % (slots - sinks) };
    kept[0] += 1;
    let (keys, values) = kept[1..].split_at_mut(slots * heads * depth);
    for (cache, x, row) in [(&mut *keys, k, heads * depth), (&mut *values, v, heads * width)] {
        let stored = x.chunks(c.group as usize).flat_map(|x| group(x, c.cache_bits));
        cache[slot * row..(slot + 1) * row].iter_mut().zip(stored).for_each(|(old, new)| *old = new);
    }
    let filled = (tokens + 1).min(slots);
    let mut out = Vec::with_capacity(heads * width);
    for h in 0..heads {
        let of = |cache: &[i64], n: usize| -> Vec<i64> {
            (0..filled).flat_map(|j| cache[(j * heads + h) * n..][..n].to_vec()).collect()
        };
        let (keys, values) = (of(keys, depth), of(values, width));
        out.extend(attention::one(a, &q[h * depth..(h + 1) * depth], &keys, &values));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::{Attention, Mask};
    use crate::DType;
    use niello_gen::num::Prng;

    /// The second formula: the softmax of real numbers over the tokens that there are, whose elements are the nearest of sixteen numbers between the
    /// ends of their group.
    #[test]
    fn cached_attention__is_near_the_real_one() {
        let attention = Attention {
            heads: 2,
            queries: 1,
            keys: 6,
            depth: 4,
            width: 4,
            rows_first: false,
            dtypes: [DType::I8, DType::I8],
            zeros: [0; 4],
            scale: 0.0005,
            out_scale: 1.0,
            precision: 16,
            mask: Mask::None,
            window: (1, 0),
        };
        let c = CachedAttention { attention, sinks: 2, group: 4, cache_bits: 4 };
        let nearest = |x: &[i64]| -> Vec<f64> {
            let (lo, hi) = (*x.iter().min().unwrap() as f64, *x.iter().max().unwrap() as f64);
            let step = (hi - lo) / 15.0;
            x.iter().map(|x| lo + if step > 0.0 { ((*x as f64 - lo) / step).round() * step } else { 0.0 }).collect()
        };
        let mut rng = Prng::new(3);
        let mut kept = empty(&c);
        let mut all: Vec<[Vec<f64>; 2]> = Vec::new();
        for t in 0..12 {
            let mut draw = || (0..8).map(|_| rng.range(-128, 127)).collect::<Vec<i64>>();
            let (q, k, v) = (draw(), draw(), draw());
            all.push([&k, &v].map(|x| x.chunks(4).flat_map(nearest).collect::<Vec<f64>>()));
            let y = next(&c, [&q, &k, &v], &mut kept);
            // The first two and the last four of them, or all.
            let seen: Vec<usize> = (0..=t).filter(|j| *j < 2 || t < 6 || *j + 4 > t).collect();
            for h in 0..2 {
                let score = |j: usize| (0..4).map(|d| q[4 * h + d] as f64 * all[j][0][4 * h + d]).sum::<f64>() * 0.0005;
                let total: f64 = seen.iter().map(|j| score(*j).exp()).sum();
                for e in 0..4 {
                    let real: f64 = seen.iter().map(|j| score(*j).exp() * all[*j][1][4 * h + e]).sum::<f64>() / total;
                    let got = y[4 * h + e] as f64;
                    assert!((got - real).abs() < 3.0, "token {t}: {got} for {real}");
                }
            }
        }
    }
}
