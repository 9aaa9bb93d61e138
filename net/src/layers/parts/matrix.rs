//! A matrix times vectors: its folding, and the stage that multiplies.

use niello_gen::blocks::mac_array::{Cell, Mac};
use niello_gen::blocks::{mvu, sparse_mvu};
use niello_gen::num::{bits_for_range, Range};

use super::most_lanes;
use super::skipped::Skipped;
use crate::layers::At;
use crate::plan::{fastest, fold, fold_dividing, Folding, Pipeline, Zeros};
use crate::Elements;

/// One matrix for each group, row by row.
pub struct Matrix<'a> {
    /// Groups: each has its own vectors.
    pub groups: u32,
    /// Zero point of the vectors.
    pub x_zero: i64,
    /// Of all groups.
    pub weights: &'a [i64],
    /// One for each row of all groups.
    pub bias: &'a [i64],
    /// Vectors of a frame and group.
    pub patches: u64,
}

pub(super) fn bits_of(values: &[i64]) -> u32 {
    let (lo, hi) = values.iter().fold((0, 0), |(lo, hi), v| (*v.min(&lo), *v.max(&hi)));
    bits_for_range(Range::new(lo.into(), hi.into()), true)
}

impl Matrix<'_> {
    /// Rows of a group.
    pub(super) fn rows(&self) -> u32 {
        self.bias.len() as u32 / self.groups.max(1)
    }

    pub(super) fn columns(&self) -> u32 {
        (self.weights.len() / self.bias.len().max(1)) as u32
    }

    /// Matrices of a frame.
    fn times(&self) -> u64 {
        self.patches * u64::from(self.groups)
    }

    /// Cycles with all that can be used in parallel. Groups have no padding lanes.
    pub fn fewest_cycles(&self) -> u64 {
        let (rows, columns) = (self.rows(), self.columns());
        let each = match self.groups {
            1 => fastest(rows, columns),
            _ => u64::from(rows / most_lanes(rows)) * u64::from(columns / most_lanes(columns)),
        };
        each * self.times()
    }

    /// Cycles with one multiplier.
    pub fn most_cycles(&self) -> u64 {
        u64::from(self.rows()) * u64::from(self.columns()) * self.times()
    }

    /// The folding that takes the target's cycles for all vectors.
    pub fn fold(&self, at: &At) -> Option<Folding> {
        let (rows, columns) = (self.rows(), self.columns());
        let each = at.target / self.times().max(1);
        let widths = (bits_of(self.weights), bits_of(self.bias));
        let block_rams = |f: &Folding| at.device.resources(&self.memories(f, widths, at).cost()).block_rams;
        match self.groups {
            1 => fold(rows, columns, each, block_rams),
            _ => fold_dividing(rows, columns, each, block_rams),
        }
    }

    /// What a dense unit's memories hang on.
    fn memories(&self, f: &Folding, (weight_bits, bias_bits): (u32, u32), at: &At) -> mvu::Memories {
        let (nf, sf) = (self.rows().div_ceil(f.pe), self.columns().div_ceil(f.simd));
        let (groups, pe, simd, x_bits) = (self.groups, f.pe, f.simd, at.x_bits);
        let m = mvu::Memories { groups, nf, sf, pe, simd, weight_bits, bias_bits, x_bits, split: 0 };
        let (words, bits) = m.weights();
        mvu::Memories { split: at.device.best_cut(words, bits), ..m }
    }

    /// The folding of a unit that skips zeros, where it pays: it takes fewer multipliers than the dense one and is worth fewer of the device's tables, or
    /// a fifth fewer multipliers and at most a quarter more tables. So many `channels` come together.
    pub fn skip(&self, channels: u32, at: &At, dense: Option<&Folding>) -> Option<sparse_mvu::Folding> {
        // Weights of -1, 0 and 1 take no multipliers.
        let ternary = self.weights.iter().all(|w| (-1..=1).contains(w));
        if at.zeros == Zeros::Multiply || self.groups > 1 || ternary {
            return None;
        }
        let multipliers = dense?.multipliers();
        let zeros = Skipped::new(self, channels, at);
        let (found, worth) = zeros.fold(at.target / self.times().max(1), multipliers)?;
        let widths = (bits_of(self.weights), bits_of(self.bias));
        let dense = at.device.worth(at.device.resources(&self.memories(dense?, widths, at).unit()));
        let saves = 5 * found.multipliers() <= 4 * multipliers;
        (worth < dense || saves && 4 * worth < 5 * dense).then_some(found)
    }

    /// `sparse_mvu` on every vector; gives the range of its sums.
    pub fn sparse_stage(&self, p: &mut Pipeline, f: sparse_mvu::Folding) -> Option<Range> {
        let outputs = self.rows();
        p.widen(f.lanes, "in");
        let config = sparse_mvu::Config {
            inputs: p.vector,
            outputs,
            pe: f.pe,
            simd: f.simd,
            lanes: f.lanes,
            out_lanes: f.out_lanes,
            x_bits: p.now.bits,
            x_signed: p.now.signed,
            x_zero: self.x_zero,
            w_bits: bits_of(self.weights),
            w_signed: true,
            w_zero: 0,
            weights: self.weights.to_vec(),
            bias: self.bias.to_vec(),
        };
        let c = p.check("sparse_mvu", config)?;
        let l = c.derived();
        let acc = Elements { count: outputs * self.patches as u32, bits: l.result_bits(), signed: true };
        let (result, products) = (l.result, l.products() * self.patches);
        p.stage("sparse_mvu", (acc, f.out_lanes), products, c);
        p.vector = outputs;
        Some(result)
    }

    /// `mvu` on every vector; gives the range of its sums.
    pub fn stage(&self, p: &mut Pipeline, f: Folding) -> Option<Range> {
        let outputs = self.bias.len() as u32;
        let rows = outputs / self.groups;
        p.widen(f.simd, "in");
        let w_bits = bits_of(self.weights);
        let products = self.weights.len() as u64 * self.patches;
        let words = u64::from(self.groups) * u64::from(rows.div_ceil(f.pe)) * u64::from(p.vector.div_ceil(f.simd));
        let split = p.device().best_cut(words, u64::from(f.pe * f.simd * w_bits)) as u32;
        let config = mvu::Config {
            split,
            inputs: p.vector,
            outputs: rows,
            groups: self.groups,
            pe: f.pe,
            simd: f.simd,
            // Measured: a register after every level is smaller and faster than one sum of many terms.
            pipeline: Cell::most_pipeline(Mac::Plain, f.simd),
            x_bits: p.now.bits,
            x_signed: p.now.signed,
            x_zero: self.x_zero,
            w_bits,
            w_signed: true,
            w_zero: 0,
            weights: self.weights.to_vec(),
            bias: self.bias.to_vec(),
        };
        let c = p.check("mvu", config)?;
        let l = c.derived();
        let acc = Elements { count: outputs * self.patches as u32, bits: l.acc_bits, signed: true };
        let result = l.result;
        // A frame of the block is a patch of all groups.
        p.vector *= self.groups;
        p.stage("mvu", (acc, f.pe), products, c);
        p.vector = outputs;
        Some(result)
    }
}
