//! What follows from a configuration: effective weights and biases, folding, proven widths, ROM words.

use super::{signed_bits, type_range, Config};
use crate::blocks::mac_array::{Cell, Mac};
use crate::num::{Bits, Range};

/// The matrix as the hardware holds it.
#[derive(Clone, Debug)]
pub struct Layout {
    /// `w - w_zero`, row by row.
    pub weights: Vec<i64>,
    /// `bias - x_zero * sum_k (w - w_zero)`.
    pub bias: Vec<i64>,
    /// The weights as given, for the golden model.
    pub given: Vec<i64>,
    /// The biases as given.
    pub given_bias: Vec<i64>,
    /// Beats of a vector.
    pub sf: u32,
    /// Passes over a vector.
    pub nf: u32,
    /// Bits of an effective weight.
    pub weight_bits: u32,
    /// Bits of an effective bias.
    pub bias_bits: u32,
    /// Range of every partial and final sum.
    pub acc: Range,
    /// Bits of the accumulator.
    pub acc_bits: u32,
    /// Range of the sum of one beat's products.
    pub beat: Range,
    /// Range of the results alone.
    pub result: Range,
    /// The element.
    pub cell: Cell,
}

impl Layout {
    /// Folds zero points away and proves the widths.
    pub fn new(c: &Config, given: Vec<i64>, given_bias: Vec<i64>) -> Layout {
        let weights: Vec<i64> = given.iter().map(|w| w - c.w_zero).collect();
        let rows = || weights.chunks(c.inputs as usize);
        let bias: Vec<i64> = rows().zip(&given_bias).map(|(row, b)| b - c.x_zero * row.iter().sum::<i64>()).collect();
        let x = type_range(c.x_bits, c.x_signed);
        let products = |ws: &[i64]| {
            let term = |w: &i64| Range::new(i128::from(*w) * x.lo, i128::from(*w) * x.hi);
            ws.iter().map(term).fold(Range::new(0, 0), |a, t| Range::new(a.lo + t.lo, a.hi + t.hi))
        };
        let mut acc = Range::new(0, 0);
        let mut beat = Range::new(0, 0);
        let mut result: Option<Range> = None;
        for (row, b) in rows().zip(&bias) {
            let mut sum = Range::new((*b).into(), (*b).into());
            acc = acc.union(sum);
            for group in row.chunks(c.simd as usize) {
                let p = products(group);
                beat = beat.union(p);
                sum = Range::new(sum.lo + p.lo, sum.hi + p.hi);
                acc = acc.union(sum);
            }
            result = Some(result.map_or(sum, |r| r.union(sum)));
        }
        // Weights of -1, 0 and 1 are added and subtracted.
        let mac = if weights.iter().all(|w| (-1..=1).contains(w)) { Mac::Ternary } else { Mac::Plain };
        let cell = |b: Range| Cell {
            mac,
            depth: c.simd,
            a: x,
            b,
            acc,
            pipeline: c.pipeline,
            format: None,
            float32: false,
            fixed: false,
        };
        let span = |v: &[i64]| v.iter().fold(Range::new(0, 0), |r, w| r.union(Range::new((*w).into(), (*w).into())));
        Layout {
            sf: c.inputs.div_ceil(c.simd),
            nf: c.outputs.div_ceil(c.pe),
            weight_bits: signed_bits(span(&weights)),
            bias_bits: signed_bits(span(&bias)),
            // Two at least, as `requant` takes them, also where every sum is zero.
            acc_bits: signed_bits(acc).max(2),
            acc,
            beat,
            result: result.unwrap_or(acc),
            cell: cell(span(&weights)),
            weights,
            bias,
            given,
            given_bias,
        }
    }

    /// ROM words of the weights, one for each group, pass and beat: `pe` rows of `simd` weights, row 0 and column 0
    /// lowest.
    pub fn weight_words(&self, c: &Config) -> Vec<Bits> {
        let mut words = Vec::with_capacity((c.groups * self.nf * self.sf) as usize);
        for (g, pass) in self.passes(c) {
            let first = g * c.outputs;
            for beat in 0..self.sf {
                let lanes = (0..c.pe).flat_map(|p| (0..c.simd).map(move |s| (pass * c.pe + p, beat * c.simd + s)));
                let value = |(n, k): (u32, u32)| {
                    if n < c.outputs && k < c.inputs {
                        self.weights[((first + n) * c.inputs + k) as usize]
                    } else {
                        0
                    }
                };
                words.push(Bits::pack(lanes.map(value), self.weight_bits));
            }
        }
        words
    }

    /// Groups, and the passes of each.
    fn passes(&self, c: &Config) -> impl Iterator<Item = (u32, u32)> {
        let nf = self.nf;
        (0..c.groups).flat_map(move |g| (0..nf).map(move |pass| (g, pass)))
    }

    /// ROM words of the biases, one for each group and pass.
    pub fn bias_words(&self, c: &Config) -> Vec<Bits> {
        let value = |g: u32, n: u32| if n < c.outputs { self.bias[(g * c.outputs + n) as usize] } else { 0 };
        let word = |(g, pass): (u32, u32)| Bits::pack((0..c.pe).map(|p| value(g, pass * c.pe + p)), self.bias_bits);
        self.passes(c).map(word).collect()
    }
}
