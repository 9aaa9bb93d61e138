// Indices as in the defining formula.
#![allow(clippy::needless_range_loop)]

use super::{Accumulator, Checked, Config, Dataflow, Mac};
use crate::num::minifloat::{float32_bits, l_mul, Decoded, MiniFloat};

/// The defining sums, on the streams' order of tiles.
pub fn run(c: &Checked<Config>, inputs: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let out = if c.dataflow == Dataflow::WeightStationary { weight_stationary(c, inputs) } else { tiled(c, inputs) };
    vec![out]
}

/// The sum of the products of these pairs; `depth` of them a step.
fn dot(c: &Config, pairs: &[(i64, i64)], depth: usize) -> i64 {
    if let Some(f) = c.format.minifloat() {
        return float_dot(c, f, pairs, depth).into();
    }
    let mut sum = 0;
    for (a, b) in pairs {
        sum += (a - c.a_zero) * (b - c.b_zero);
    }
    sum
}

/// Exact products of codes, their sum rounded once or after every step.
fn float_dot(c: &Config, f: MiniFloat, pairs: &[(i64, i64)], depth: usize) -> u32 {
    let mask = (1u32 << f.bits()) - 1;
    let unit = if c.mac == Mac::LMul { f.unit() } else { 2 * f.unit() };
    let (mut sum, mut nan, mut plus, mut minus) = (0i128, false, false, false);
    for step in pairs.chunks(depth) {
        for (a, b) in step {
            let (a, b) = (*a as u32 & mask, *b as u32 & mask);
            let (x, y) =
                if c.mac == Mac::LMul { (f.decode(l_mul(f, a, b)), None) } else { (f.decode(a), Some(f.decode(b))) };
            match (x, y) {
                (Decoded::Nan, _) | (_, Some(Decoded::Nan)) => nan = true,
                (Decoded::Infinity(n), None) => {
                    if n {
                        minus = true
                    } else {
                        plus = true
                    }
                }
                (Decoded::Infinity(_), Some(Decoded::Finite { significand: 0, .. }))
                | (Decoded::Finite { significand: 0, .. }, Some(Decoded::Infinity(_))) => nan = true,
                (Decoded::Infinity(_), _) | (_, Some(Decoded::Infinity(_))) => {
                    if (a ^ b) >> (f.bits() - 1) == 1 {
                        minus = true
                    } else {
                        plus = true
                    }
                }
                (Decoded::Finite { negative, significand, shift }, y) => {
                    let mut v = i128::from(significand) << shift;
                    let mut sign = negative;
                    if let Some(Decoded::Finite { negative, significand, shift }) = y {
                        v *= i128::from(significand) << shift;
                        sign ^= negative;
                    }
                    sum += if sign { -v } else { v };
                }
            }
        }
        if c.accumulator == Accumulator::Float32 {
            // What float32 holds, in units again: exact, because it is a multiple of the unit.
            let held = f64::from(f32::from_bits(float32_bits(sum, unit)));
            sum = (held * 2f64.powi(-unit)) as i128;
        }
    }
    match (nan || (plus && minus), plus, minus) {
        (true, ..) => 0x7fc0_0000,
        (_, true, _) => 0x7f80_0000,
        (.., true) => 0xff80_0000,
        _ => float32_bits(sum, unit),
    }
}

fn tiled(c: &Config, inputs: &[Vec<i64>]) -> Vec<i64> {
    let (rows, cols, m, k, n) = (c.rows as usize, c.cols as usize, c.m as usize, c.k as usize, c.n as usize);
    let depth = if c.dataflow == Dataflow::OutputStationary { 1 } else { c.depth as usize };
    let groups = k.div_ceil(depth);
    let mut out = Vec::new();
    let mut tile = 0;
    for i0 in (0..m).step_by(rows) {
        for j0 in (0..n).step_by(cols) {
            for r in 0..rows {
                for j in 0..cols {
                    let pair = |x: usize| {
                        let beat = tile * groups + x / depth;
                        let a = inputs[0][(beat * rows + r) * depth + x % depth];
                        let b = inputs[1][(beat * cols + j) * depth + x % depth];
                        (if i0 + r < m { a } else { c.a_zero }, if j0 + j < n { b } else { c.b_zero })
                    };
                    let pairs: Vec<(i64, i64)> = (0..k).map(pair).collect();
                    out.push(dot(c, &pairs, depth));
                }
            }
            tile += 1;
        }
    }
    out
}

fn weight_stationary(c: &Config, inputs: &[Vec<i64>]) -> Vec<i64> {
    let (rows, cols, m, k, n) = (c.rows as usize, c.cols as usize, c.m as usize, c.k as usize, c.n as usize);
    let groups = k.div_ceil(rows);
    let mut out = Vec::new();
    for (t, j0) in (0..n).step_by(cols).enumerate() {
        for i in 0..m {
            for j in 0..cols {
                let pair = |x: usize| {
                    let tile = t * groups + x / rows;
                    let a = inputs[0][(tile * m + i) * rows + x % rows];
                    let b = inputs[1][(tile * rows + x % rows) * cols + j];
                    (a, if j0 + j < n { b } else { c.b_zero })
                };
                let pairs: Vec<(i64, i64)> = (0..k).map(pair).collect();
                out.push(dot(c, &pairs, k));
            }
        }
    }
    out
}
