//! What follows from a configuration: effective biases, proven widths, ROM words.

use super::Config;
use crate::blocks::mac_array::{Cell, Mac};
use crate::num::{bits_for_range, range_of, Bits, Range};

/// The kernels as the hardware holds them.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Channel by channel.
    pub weights: Vec<i64>,
    /// `bias - x_zero * sum_t w`.
    pub bias: Vec<i64>,
    /// The biases as given, for the golden model.
    pub given_bias: Vec<i64>,
    /// Beats of channels.
    pub groups: u32,
    /// Bits of an effective bias.
    pub bias_bits: u32,
    /// Range of every partial and final sum.
    pub acc: Range,
    /// Range of the results alone.
    pub result: Range,
    /// Bits of the accumulator.
    pub acc_bits: u32,
    /// The element.
    pub cell: Cell,
}

impl Layout {
    /// Folds the zero point away and proves the widths.
    pub fn new(c: &Config, weights: Vec<i64>, given_bias: Vec<i64>) -> Layout {
        let x = range_of(c.x_bits, c.x_signed).unwrap_or(Range::new(0, 0));
        let kernels = || weights.chunks(c.taps as usize);
        let bias: Vec<i64> = kernels().zip(&given_bias).map(|(k, b)| b - c.x_zero * k.iter().sum::<i64>()).collect();
        let (mut acc, mut result) = (Range::new(0, 0), None::<Range>);
        for (kernel, b) in kernels().zip(&bias) {
            let mut sum = Range::new((*b).into(), (*b).into());
            acc = acc.union(sum);
            for w in kernel {
                let (p, q) = (i128::from(*w) * x.lo, i128::from(*w) * x.hi);
                sum = Range::new(sum.lo + p.min(q), sum.hi + p.max(q));
                acc = acc.union(sum);
            }
            result = Some(result.map_or(sum, |r| r.union(sum)));
        }
        let span = |v: &[i64]| v.iter().fold(Range::new(0, 0), |r, w| r.union(Range::new((*w).into(), (*w).into())));
        let cell = Cell {
            mac: Mac::Plain,
            depth: 1,
            a: x,
            b: span(&weights),
            acc,
            pipeline: c.pipeline,
            format: None,
            float32: false,
            fixed: false,
        };
        Layout {
            groups: c.channels.div_ceil(c.lanes),
            bias_bits: bits_for_range(span(&bias), true),
            acc_bits: cell.acc_bits(),
            acc,
            result: result.unwrap_or(acc),
            cell,
            weights,
            bias,
            given_bias,
        }
    }

    /// ROM words of the weights: for each group and tap, those of its lanes.
    pub fn weight_words(&self, c: &Config) -> Vec<Bits> {
        let at = |channel: u32, t: u32| self.weights.get((channel * c.taps + t) as usize).copied().unwrap_or(0);
        let word = |g: u32, t: u32| Bits::pack((0..c.lanes).map(|l| at(g * c.lanes + l, t)), self.cell.b_bits());
        (0..self.groups).flat_map(|g| (0..c.taps).map(move |t| word(g, t))).collect()
    }

    /// ROM words of the biases, one for each group.
    pub fn bias_words(&self, c: &Config) -> Vec<Bits> {
        let at = |channel: u32| self.bias.get(channel as usize).copied().unwrap_or(0);
        (0..self.groups).map(|g| Bits::pack((0..c.lanes).map(|l| at(g * c.lanes + l)), self.bias_bits)).collect()
    }
}
